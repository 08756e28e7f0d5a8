import { eq, sql, type SQL } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";

/**
 * What orders "top", out of a topic's own row:
 *
 *     2·log2(1 + votes + reactions) + log2(1 + replies) + min(reactions per post, 3) + 1 if solved
 *
 * It is Discourse's formula for its top lists (app/models/top_topic.rb: twice the logarithm of views, the likes per
 * post capped at 3, the logarithm of posts) with votes and reactions in the place of views, which we do not count. By
 * the logarithm a quarrel of a thousand posts does not bury a wish that a hundred people share. Age is not in it:
 * readers choose the period.
 */
export const topScoreOfRow = topScoreWith(sql`${topics.postCount}`);

/** The same with another number of posts than the row has, for the statement that changes it. */
export function topScoreWith(postCount: SQL) {
  return sql<number>`
  2 * log(2::numeric, 1 + greatest(${topics.voteCount} + ${topics.reactionCount}, 0))::float8
  + log(2::numeric, greatest(${postCount}, 1))::float8
  + least(greatest(${topics.reactionCount}, 0)::float8 / greatest(${postCount}, 1), 3)
  + case when ${topics.acceptedPostId} is null then 0 else 1 end`;
}

/** Called by every command that changes votes, reactions, posts or the accepted answer of a topic, in its transaction. */
export async function refreshTopScore(tx: Tx, topicId: number): Promise<void> {
  await tx.update(topics).set({ topScore: topScoreOfRow }).where(eq(topics.id, topicId));
}
