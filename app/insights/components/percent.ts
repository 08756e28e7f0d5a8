/** A share as people say it: 0.254 is 25 of a hundred. */
export const percent = (share: number) => Math.round(share * 100);
