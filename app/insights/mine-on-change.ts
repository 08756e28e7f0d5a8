import { and, asc, eq, gt, sql, type SQL } from "drizzle-orm";
import { db } from "#db/client.ts";
import { posts, type ReactionKind } from "#db/schema/forums.ts";
import { shippedModel } from "./active-model.ts";
import { mineEverything } from "./mine-everything.ts";
import { mineLater } from "./mine-due.ts";
import { minePosts } from "./mine-posts.ts";
import { recountVoices } from "./recount-voices.ts";
import { lockMining } from "./theme-keeper.ts";

// What follows for the evidence from what happens. Each reads what is true now, so that doing it twice is doing it once.

const AT_ONCE = 200;

/** Written, edited, removed or brought back: its statements follow in some seconds, with those of others. */
export function minePost({ postId }: { postId: number }): Promise<void> {
  return mineLater(db, postId);
}

/** Its title, its place or its being there has changed, and with it what all its posts are. */
export async function mineTopic({ topicId }: { topicId: number }): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await db.select({ id: posts.id }).from(posts).where(and(eq(posts.topicId, topicId), gt(posts.id, after))).orderBy(asc(posts.id)).limit(AT_ONCE);
    await minePosts(rows.map(({ id }) => id));
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.id;
  }
}

export async function mineTitle({ topicId, change }: { topicId: number; change: string }): Promise<void> {
  if (change === "title" || change === "kind") await mineTopic({ topicId });
}

/** A vote for a topic is a voice for the theme that its title states. */
export function countVote({ topicId }: { topicId: number }): Promise<void> {
  return countVoices(sql`topic_id = ${topicId} and part = 'title'`);
}

/** "Same here" is a voice for the point of the post: see voices.ts. */
export async function countSameHere({ postId, kind }: { postId: number; kind: ReactionKind }): Promise<void> {
  if (kind === "same_here") await countVoices(sql`post_id = ${postId}`);
}

function countVoices(those: SQL): Promise<void> {
  return db.transaction(async (tx) => {
    await lockMining(tx);
    await recountVoices(tx, those);
  });
}

/** Whether what someone says is the company's own voice may have changed. */
export async function mineMember({ memberId }: { memberId: number }): Promise<void> {
  const rows = await db.execute<{ id: string }>(sql`select distinct post_id as id from statements where author_id = ${memberId} order by 1`);
  for (let at = 0; at < rows.length; at += AT_ONCE) await minePosts(rows.slice(at, at + AT_ONCE).map(({ id }) => Number(id)));
}

export async function mineMemberOfAccess({ of, id }: { of: string; id: number }): Promise<void> {
  if (of === "member") await mineMember({ memberId: id });
}

/** Categories that are no longer read lose their statements at once; those newly read are read by a run. */
export async function minePlaces(): Promise<void> {
  for (;;) {
    const rows = await db.execute<{ id: string }>(sql`
      select m.post_id as id from mined_posts m join posts p on p.id = m.post_id join topics t on t.id = p.topic_id join categories c on c.id = t.category_id
      where not c.read_for_feedback limit ${AT_ONCE}`);
    if (rows.length === 0) break;
    await minePosts(rows.map(({ id }) => Number(id)));
    // Without a model nothing is read, and nothing may stay that was read before.
    if (!shippedModel()) return;
  }
  await mineEverything(db, "places");
}
