import { parseCronItems } from "graphile-worker";

/** What runs by the clock (UTC): minute, hour, day of the month, month, day of the week. */
export const schedule = parseCronItems([
  { task: "core.sweep-files", match: "20 3 * * *" },
  { task: "discovery.keep-search", match: "40 * * * *" },
]);
