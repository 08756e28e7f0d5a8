import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { db, type Executor } from "#db/client.ts";
import { preparedSql } from "#db/prepared.ts";
import { postsToMine } from "#db/schema/insights.ts";
import { activeModel, shippedModel } from "./active-model.ts";
import { minePostsHeld } from "./mine-posts.ts";
import { lockMining } from "./theme-keeper.ts";

/** For how long posts gather before they are read. What was removed counts no longer within the minute that is promised. */
const GATHER_SECONDS = 2;
/** In one transaction. */
const BATCH = 200;

/**
 * Reads the posts that wait for it, a stretch at a time. A post stops waiting in the transaction that reads it, so that
 * none is forgotten when a process dies or a reading fails. Runs each minute, too, in case nobody asked.
 */
export const mineDue = defineJob({
  name: "insights.mine-due",
  input: z.object({}),
  maxAttempts: 25,
  async run() {
    while (await mineNextDue());
  },
});

/** Puts a post among those that wait. */
export async function mineLater(on: Executor, postId: number): Promise<void> {
  if (!shippedModel()) return;
  const [asked] = await gathered(on, { postId, key: `${mineDue.name}:due` });
  if (!asked!.isAsked) await enqueue(on, mineDue, {}, { key: "due", delaySeconds: GATHER_SECONDS, keepsTime: true });
}

/** With whether a job waits for these already: one that has begun may have passed this post by. */
const gathered = preparedSql<{ isAsked: boolean }>(() => sql`
  with added as (insert into posts_to_mine (post_id) select id from posts where id = ${sql.placeholder("postId")}::bigint on conflict do nothing)
  select exists (select from graphile_worker.jobs where key = ${sql.placeholder("key")}::text and locked_at is null and attempts < max_attempts) as "isAsked"`);

/** Answers whether there may be more. */
function mineNextDue(): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockMining(tx);
    const model = await activeModel(tx);
    const rows = await tx.execute<{ id: string }>(sql`
      delete from ${postsToMine} where post_id in (select post_id from ${postsToMine} order by post_id limit ${BATCH}) returning post_id as id`);
    if (model && rows.length > 0) await minePostsHeld(tx, model, rows.map(({ id }) => Number(id)));
    return rows.length === BATCH;
  });
}
