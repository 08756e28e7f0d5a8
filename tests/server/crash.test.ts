import { spawn } from "node:child_process";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { record } from "#app/core/events.ts";
import { startWorker } from "#app/server/worker.ts";
import { db } from "#db/client.ts";
import { posts } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { finishWork, recordedEvents, waitingWork } from "#tests/support/work.ts";

function doomed(...args: (string | number)[]) {
  return spawn(process.execPath, ["--import", "tsx", "tests/support/doomed.ts", ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("a process killed right after its commit loses nothing of what follows", { timeout: 20_000 }, async () => {
  const [author, topic] = [await make.member(), await make.topic()];

  const [, signal] = await once(doomed("reply-then-die", author.id, topic.id), "exit");

  expect(signal).toBe("SIGKILL");
  expect(await db.$count(posts)).toBe(1);
  expect(await recordedEvents()).toMatchObject([{ type: "post.created", topicId: topic.id }]);
  expect(await finishWork()).toContain("post.created");
});

test("work that a killed process had taken is given back, and work of a living one is not", { timeout: 40_000 }, async () => {
  await db.transaction((tx) => record(tx, { type: "member.created", memberId: 1 }));
  const process = doomed("take-work-and-hang");
  await once(process.stdout!, "data");
  // However long it has been at it.
  await db.execute(sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour' where locked_at is not null`);

  await (await startWorker())();
  // Were it given away, the living one would have begun it a second time.
  expect(await takenWork()).toMatchObject([{ lockedBy: expect.any(String), attempts: 1 }]);

  // Dying is not failing: not even work that may be tried only once is left for it.
  await db.execute(sql`update graphile_worker._private_jobs set max_attempts = 1 where locked_at is not null`);
  process.kill("SIGKILL");
  await once(process, "exit");
  const stop = await startWorker();
  await expect.poll(takenWork, { timeout: 15_000 }).toEqual([]);
  await stop();
});

/** Jobs that a worker asks for when it starts may stand beside it: asked for again while one runs, that one is not repeated. */
async function takenWork() {
  return (await waitingWork()).filter(({ task }) => task === "member.created");
}
