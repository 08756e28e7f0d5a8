import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared, preparedFor, preparedSql } from "#db/prepared.ts";
import { posts, topicReads, topics } from "#db/schema/forums.ts";
import { shapeOf, topicCandidates, valuesOf, type ListShape, type TopicFilter } from "./topic-candidates.ts";
import { accessTopic } from "./topics.ts";

/** The most topics that one "mark all read" takes. */
const MARK_LIMIT = 5000;

/**
 * Notes how far a member has read: never back, never beyond the last post. With 0 it notes only that they opened it.
 *
 * @throws NotFoundError when they may not see the topic
 */
export async function markRead(member: Member, topicId: number, lastReadNumber: number): Promise<{ lastReadNumber: number }> {
  const topic = await accessTopic(db, member, topicId);
  const reached = Math.min(Math.max(lastReadNumber, 0), topic.lastPostNumber);
  // The last posts may have been removed: whoever has read what is left has read all.
  const [beyond] = await db
    .select({ number: posts.number })
    .from(posts)
    .where(and(eq(posts.topicId, topicId), gt(posts.number, reached), isNull(posts.removedAt)))
    .limit(1);
  const number = beyond || reached === 0 ? reached : topic.lastPostNumber;
  const [row] = await db
    .insert(topicReads)
    .values({ memberId: member.id, topicId, lastReadNumber: number })
    .onConflictDoUpdate({
      target: [topicReads.memberId, topicReads.topicId],
      set: { lastReadNumber: sql`greatest(${topicReads.lastReadNumber}, ${number})`, lastVisitedAt: sql`now()` },
    })
    .returning({ lastReadNumber: topicReads.lastReadNumber });
  return row!;
}

/**
 * The number of the first post a viewer has not read, to open the topic at; null when they have read all of it, or
 * never opened it, and should begin where the address says.
 */
export async function firstUnread(on: Executor, viewer: Viewer, topicId: number): Promise<number | null> {
  if (viewer.kind === "guest") return null;
  const [row] = await unreadIn(on, { viewerId: viewer.id, topicId });
  return row?.number ?? null;
}

/** The first of them only: whoever left a topic of a hundred thousand posts at its third has them all before them. */
const unreadIn = prepared(() =>
  db
    .select({ number: sql<number | null>`(select unread.number from posts unread where unread.topic_id = topic_reads.topic_id and unread.number > topic_reads.last_read_number
      and unread.removed_at is null and unread.author_id <> topic_reads.member_id order by unread.number limit 1)` })
    .from(topicReads)
    .where(and(eq(topicReads.memberId, sql.placeholder("viewerId")), eq(topicReads.topicId, sql.placeholder("topicId")), gt(topicReads.lastReadNumber, 0))),
);

/** How far a member has read a topic: null when they never opened it. */
export async function readingOf(on: Executor, viewer: Viewer, topicId: number) {
  if (viewer.kind === "guest") return null;
  const [row] = await on
    .select({ lastReadNumber: topicReads.lastReadNumber, level: topicReads.level })
    .from(topicReads)
    .where(and(eq(topicReads.memberId, viewer.id), eq(topicReads.topicId, topicId)));
  return row ?? null;
}

/** Marks everything in a list of new or unread topics as read to its end, as it stands at this moment. */
export async function markAllRead(member: Member, filter: TopicFilter & { sort: "new" | "unread" }): Promise<void> {
  await allRead(shapeOf(filter, { cursor: null, limit: MARK_LIMIT }))(db, valuesOf(member, filter, null));
}

const allRead = preparedFor((shape: ListShape) =>
  preparedSql(() => sql`
    insert into topic_reads (member_id, topic_id, last_read_number)
    select ${sql.placeholder("seerId")}::bigint, ${topics.id}, ${topics.lastPostNumber} from (${topicCandidates(shape)}) found join topics on topics.id = found.id
    on conflict (member_id, topic_id) do update
      set last_read_number = greatest(topic_reads.last_read_number, excluded.last_read_number), last_visited_at = now()`),
);
