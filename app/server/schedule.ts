/** What runs by the clock (UTC): minute, hour, day of the month, month, day of the week, job. */
export const schedule = `
20 3 * * * core.sweep-files {}
`;
