// A process that reads all posts as the worker does, and says after each stretch how far it is and what memory it holds:
// to be killed.
import { db } from "#db/client.ts";
import { mineEverything, mineNextBatch, readRun } from "#app/insights/mine-everything.ts";
import { miningRuns } from "#db/schema/insights.ts";

const run = (await readRun(db)) ?? { id: (await mineEverything(db, "bench"))! };
for (let isDone = false; !isDone; ) {
  isDone = await mineNextBatch(run.id);
  const [now] = await db.select().from(miningRuns);
  process.stdout.write(`${JSON.stringify({ posts: now!.postCount, megabytes: Math.round(process.memoryUsage.rss() / 1e6) })}\n`);
}
process.exit();
