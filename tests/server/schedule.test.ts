import type { JobHelpers } from "graphile-worker";
import { expect, test } from "vitest";
import { schedule } from "#app/server/schedule.ts";
import { tasks } from "#app/server/tasks.ts";
import { startWorker } from "#app/server/worker.ts";

test("what runs by the clock is work the worker knows", () => {
  expect(schedule.filter(({ task }) => !(task in tasks))).toEqual([]);
});

test.each(schedule.map(({ task }) => task))("%s takes what the clock sends with it", async (task) => {
  await tasks[task]!({ _cron: { ts: new Date().toISOString(), backfilled: false } }, {} as JobHelpers);
});

test("the worker starts with its schedule", async () => {
  const stop = await startWorker();
  await stop();
});
