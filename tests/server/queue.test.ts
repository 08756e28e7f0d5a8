import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { record } from "#app/core/events.ts";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { tidyQueue } from "#app/core/tidy-queue.ts";
import { reactions } from "#app/server/reactions.ts";
import { eventTask, tasks } from "#app/server/tasks.ts";
import { db } from "#db/client.ts";
import { finishWork, waitingWork } from "#tests/support/work.ts";

const job = defineJob({ name: "test.count", input: z.object({ n: z.number() }), maxAttempts: 3, run: async () => {} });
tasks["test.count"] = () => {};

test("a change that is rolled back leaves no event and no job", async () => {
  const change = db.transaction(async (tx) => {
    await record(tx, { type: "member.created", memberId: 1 });
    await enqueue(tx, job, { n: 1 });
    expect(await tx.execute("select from graphile_worker.jobs")).toHaveLength(2);
    throw new Error("changed our mind");
  });
  await expect(change).rejects.toThrow("changed our mind");
  expect(await waitingWork()).toEqual([]);
});

test("a reaction that fails is tried again alone, and the others are not held up", async () => {
  const ran: string[] = [];
  const { fine, ...before } = { fine: async () => void ran.push("fine"), ...reactions["member.verified"] };
  let isDown = true;
  const flaky = async () => {
    ran.push("flaky");
    if (isDown) throw new Error("the other side is down");
  };
  const task = eventTask("member.verified", { flaky, fine, ...before });
  tasks["member.verified"] = task;
  tasks["member.verified > flaky"] = flaky;

  await db.transaction((tx) => record(tx, { type: "member.verified", memberId: 1 }));
  await expect(finishWork()).rejects.toThrow("the other side is down");
  isDown = false;

  expect(await finishWork({ afterMinutes: 1 })).toEqual(["member.verified > flaky"]);
  expect(ran).toEqual(["flaky", "fine", "flaky", "flaky"]);
});

test("a waiting job with the same key is replaced", async () => {
  for (const n of [1, 2, 3]) await enqueue(db, job, { n }, { key: 7, delaySeconds: 60 });
  await enqueue(db, job, { n: 4 }, { key: 8, delaySeconds: 60 });
  expect((await waitingWork()).map(({ key, payload }) => [key, payload])).toEqual([
    ["test.count:7", { n: 3 }],
    ["test.count:8", { n: 4 }],
  ]);
});

test("a job asked for again while it runs, runs again", async () => {
  let runs = 0;
  tasks["test.count"] = async () => {
    if (++runs === 1) await enqueue(db, job, { n: 2 }, { key: 7 });
  };
  await enqueue(db, job, { n: 1 }, { key: 7 });
  await finishWork();
  expect(runs).toBe(2);
});

test("what is never run again goes out of the queue: what was asked for anew after a day, what failed after two weeks; nothing else does", async () => {
  const rows: [number, string][] = [
    [1, "attempts = max_attempts, updated_at = now() - interval '2 days'"],
    [2, "attempts = max_attempts, last_error = 'no', updated_at = now() - interval '15 days'"],
    [3, "attempts = max_attempts, updated_at = now() - interval '1 hour'"],
    [4, "attempts = max_attempts, last_error = 'no', updated_at = now() - interval '2 days'"],
    [5, "attempts = max_attempts, locked_at = now(), locked_by = 'x', updated_at = now() - interval '30 days'"],
    [6, "last_error = 'no', updated_at = now() - interval '30 days'"],
  ];
  for (const [n, state] of rows) {
    await enqueue(db, job, { n });
    await db.execute(`update graphile_worker._private_jobs set ${state} where payload->>'n' = '${n}'`);
  }
  await enqueue(db, job, { n: 7 }, { key: "waits" });
  await db.execute("update graphile_worker._private_jobs set updated_at = now() - interval '30 days' where payload->>'n' = '7'");
  for (let time = 0; time < 2; time++) await tidyQueue.run({});
  expect((await db.execute<{ n: number }>(sql`select (payload->>'n')::int as n from graphile_worker._private_jobs order by 1`)).map(({ n }) => n)).toEqual([3, 4, 5, 6, 7]);
});
