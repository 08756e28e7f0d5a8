import { and, eq, isNull, sql } from "drizzle-orm";
import type { EventOf } from "#app/core/events.ts";
import { db } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { posts, reactions, topics, topicVotes } from "#db/schema/forums.ts";
import { notifications } from "#db/schema/notifications.ts";
import { anyReason, listListeners, listReceivers, type ToldPost } from "./audience.ts";
import { announceInboxes } from "./realtime.ts";
import { withdrawActor, writeGroupedLine, writePostLines, writeWatchedLines } from "./write.ts";

// What follows for inboxes from what happens. Each reads what is true now, not what was when the event was recorded.

/** Tells those mentioned, replied to, quoted or watching. */
export async function notifyOfPost({ postId }: { postId: number }): Promise<void> {
  const post = await readToldPost(postId);
  // Whoever leaves a notice by staff tells those it concerns.
  if (!post || post.isStaffNote) return;
  const receivers = await listReceivers(db, post);
  const watching = receivers.filter(({ kind }) => kind === "post").map(({ memberId }) => memberId);
  const others = receivers.filter(({ kind }) => kind !== "post");
  const changed = [
    ...(others.length > 0 ? await writePostLines(db, post, others) : []),
    ...(watching.length > 0 ? await writeWatchedLines(db, post, watching) : []),
  ];
  announceInboxes(changed);
}

/** Tells those whom an edit mentions for the first time. */
export async function notifyOfEdit({ postId }: EventOf<"post.edited">): Promise<void> {
  const post = await readToldPost(postId);
  if (!post) return;
  // However far they have read: the mention was not there when they did.
  const mentioned = (await listReceivers(db, post, { evenIfRead: true })).filter(({ kind }) => kind === "mention");
  if (mentioned.length > 0) announceInboxes(await writePostLines(db, post, mentioned));
}

/** Tells a post's author, one line for all who react. */
export async function notifyOfReaction({ postId, memberId, topicId }: EventOf<"post.reacted">): Promise<void> {
  const subject = { kind: "reaction" as const, groupKey: `reaction:${postId}`, topicId, postId, actorId: memberId };
  const stands = (await db.$count(reactions, and(eq(reactions.postId, postId), eq(reactions.memberId, memberId)))) > 0;
  if (!stands) return announceInboxes(await withdrawActor(db, subject));
  const post = await readToldPost(postId);
  if (post) await tell([post.authorId], post.categoryId, subject);
}

/** Tells an idea's author, one line for all who vote. */
export async function notifyOfVote({ topicId, memberId }: EventOf<"topic.voted">): Promise<void> {
  const subject = { kind: "vote" as const, groupKey: `vote:${topicId}`, topicId, postId: null, actorId: memberId };
  const stands = (await db.$count(topicVotes, and(eq(topicVotes.topicId, topicId), eq(topicVotes.memberId, memberId)))) > 0;
  if (!stands) return announceInboxes(await withdrawActor(db, subject));
  const topic = await readTopic(topicId);
  if (topic) await tell([topic.authorId], topic.categoryId, subject);
}

/** Tells the author of the answer. */
export async function notifyOfAnswer({ postId, topicId, actorId }: EventOf<"answer.accepted">): Promise<void> {
  const [topic, post] = [await readTopic(topicId), await readToldPost(postId)];
  if (!topic || !post || topic.acceptedPostId !== postId) return;
  await tell([post.authorId], post.categoryId, { kind: "accepted", groupKey: `accepted:${postId}`, topicId, postId, actorId });
}

/** The answer is none any more: whoever has not read that it was need not. */
export async function withdrawAnswer({ postId, topicId }: EventOf<"answer.unaccepted">): Promise<void> {
  if ((await readTopic(topicId))?.acceptedPostId === postId) return;
  const gone = await db
    .delete(notifications)
    .where(and(eq(notifications.topicId, topicId), eq(notifications.groupKey, `accepted:${postId}`), isNull(notifications.readAt)))
    .returning({ id: notifications.memberId });
  announceInboxes(gone.map(({ id }) => id));
}

/** Tells the author what became of their topic, and of an idea all who voted for it. */
export async function notifyOfCare({ topicId, actorId, change }: Pick<EventOf<"topic.changed">, "topicId" | "actorId"> & { change: string }): Promise<void> {
  if (!["closed", "reopened", "status", "moved"].includes(change)) return;
  const topic = await readTopic(topicId);
  if (!topic) return;
  const voters = change === "status" ? await db.select({ id: topicVotes.memberId }).from(topicVotes).where(eq(topicVotes.topicId, topicId)) : [];
  await tell([topic.authorId, ...voters.map(({ id }) => id)], topic.categoryId, { kind: "staff", groupKey: `staff:${change}:${topicId}`, topicId, postId: null, actorId });
}

export function notifyOfMove(event: EventOf<"topic.moved">): Promise<void> {
  return notifyOfCare({ ...event, change: "moved" });
}

async function tell(memberIds: number[], categoryId: number, subject: Parameters<typeof writeGroupedLine>[2]): Promise<void> {
  const others = [...new Set(memberIds)].filter((id) => id !== subject.actorId);
  const listeners = others.length > 0 ? await listListeners(db, { topicId: subject.topicId, categoryId }, others) : [];
  if (listeners.length > 0) announceInboxes(await writeGroupedLine(db, listeners, subject));
}

async function readToldPost(postId: number): Promise<(ToldPost & { isStaffNote: boolean }) | undefined> {
  const [post] = await toldPost(db, { postId });
  return post;
}

const toldPost = prepared(() =>
  db
    .select({
      postId: posts.id, topicId: posts.topicId, categoryId: topics.categoryId, number: posts.number, authorId: posts.authorId,
      replyToNumber: posts.replyToNumber, body: posts.body, isStaffNote: posts.isStaffNote, hasReason: anyReason.as("has_reason"),
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(and(eq(posts.id, sql.placeholder("postId")), isNull(posts.removedAt), isNull(topics.removedAt))),
);

async function readTopic(topicId: number) {
  const [topic] = await db.select({ authorId: topics.authorId, categoryId: topics.categoryId, acceptedPostId: topics.acceptedPostId }).from(topics).where(and(eq(topics.id, topicId), isNull(topics.removedAt)));
  return topic;
}

/**
 * A post is hidden, and with it its lines. One that told of several posts moves on to the next that is there; the bells
 * of all concerned are counted anew.
 */
export async function reviseLines({ postId, topicId }: { postId: number; topicId: number }): Promise<void> {
  await db.execute(sql`
    update notifications line set post_id = next.id
    from posts gone cross join lateral (
      select posts.id, posts.author_id from posts
      where posts.topic_id = gone.topic_id and posts.number > gone.number and posts.removed_at is null
      order by posts.number limit 1
    ) next
    where gone.id = ${postId} and gone.removed_at is not null and line.post_id = ${postId}
      and line.group_key = ${`posts:${topicId}`} and line.actor_count > 1 and next.author_id <> line.member_id`);
  await recountInboxes({ topicId });
}

/** What may be shown of a topic changed: the bells of those with unread lines about it are counted anew. */
export async function recountInboxes({ topicId }: { topicId: number }): Promise<void> {
  const concerned = await db.selectDistinct({ id: notifications.memberId }).from(notifications).where(and(eq(notifications.topicId, topicId), isNull(notifications.readAt)));
  announceInboxes(concerned.map(({ id }) => id));
}
