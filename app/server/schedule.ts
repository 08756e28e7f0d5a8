import { parseCronItems } from "graphile-worker";

/** What runs by the clock (UTC): minute, hour, day of the month, month, day of the week. */
export const schedule = parseCronItems([
  { task: "core.sweep-files", match: "20 3 * * *" },
  { task: "core.tidy-queue", match: "35 3 * * *" },
  { task: "insights.mine-due", match: "* * * * *" },
  { task: "blogs.publish-overdue", match: "* * * * *" },
  { task: "insights.score-themes", match: "10 0 * * *" },
  { task: "insights.summarise-themes", match: "25 * * * *" },
  { task: "insights.learn", match: "30 2 * * *" },
  { task: "insights.draw-sample", match: "20 0 * * 1" },
  { task: "insights.send-briefs", match: "0 6 * * 1" },
  { task: "notifications.tell-overdue", match: "30 2 * * *" },
  { task: "discovery.keep-search", match: "40 * * * *" },
  { task: "discovery.compare-search", match: "50 3 * * *" },
]);
