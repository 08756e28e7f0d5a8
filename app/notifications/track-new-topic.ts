import { eq, sql } from "drizzle-orm";
import { db } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { listTrackers } from "./audience.ts";

/**
 * A new topic counts as unread for those who track or watch one of its tags or its category, as if they had opened it
 * before its first post: as a row of what they read, so that their lists cost nothing more. Not for who may not see it, or
 * muted its place.
 */
export async function trackNewTopic({ topicId }: { topicId: number }): Promise<void> {
  const [topic] = await db.select({ categoryId: topics.categoryId, authorId: topics.authorId }).from(topics).where(eq(topics.id, topicId));
  if (!topic) return;
  const trackers = (await listTrackers(db, { topicId, categoryId: topic.categoryId })).filter((id) => id !== topic.authorId);
  if (trackers.length === 0) return;
  await db.execute(sql`
    insert into topic_reads (member_id, topic_id) select id, ${topicId}::bigint from unnest(${sql.param(trackers)}::bigint[]) as told(id) on conflict do nothing`);
}
