import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts, topics, type Post } from "#db/schema/forums.ts";
import { clearAccepted } from "./answers.ts";
import { changeTopic, lockPost, ofPost, type PostRef } from "./lock-topic.ts";
import { canRemovePost, canRestorePost } from "./policy.ts";
import { removeTopicHeld, restoreTopicHeld } from "./remove-topic.ts";
import { refreshTopScore } from "./top-score.ts";

/** Hides a post from all but moderators. Its number, and the answers to it, stay. The opening post takes its topic along. */
export function removePost(actor: Member, ref: PostRef, { reason }: { reason: string }) {
  return db.transaction(async (tx) => {
    const { topic, post } = await lockPost(tx, actor, ref);
    if (post.number === 1) return removeTopicHeld(tx, actor, topic, reason);
    enforce(canRemovePost(actor, topic, post));
    if (post.removedAt) return topic;

    await tx.update(posts).set({ removedAt: sql`now()`, removedById: actor.id, removedReason: reason }).where(eq(posts.id, post.id));
    if (topic.acceptedPostId === post.id) await clearAccepted(tx, actor, topic);
    await countPost(tx, post, -1);

    await record(tx, { type: "post.removed", ...ofPost(topic, post), actorId: actor.id });
    return topic;
  });
}

export function restorePost(actor: Member, ref: PostRef) {
  return db.transaction(async (tx) => {
    const { topic, post } = await lockPost(tx, actor, ref);
    if (post.number === 1) return restoreTopicHeld(tx, actor, topic);
    enforce(canRestorePost(actor, topic, post));
    if (!post.removedAt) return topic;

    await tx.update(posts).set({ removedAt: null, removedById: null, removedReason: "" }).where(eq(posts.id, post.id));
    await countPost(tx, post, 1);

    await record(tx, { type: "post.restored", ...ofPost(topic, post), actorId: actor.id });
    return topic;
  });
}

/** For commands that hold the topic's lock and have written the post. A removed one counts nowhere: not in its topic, not for its author, not as an answer, nor do its reactions. */
export async function countPost(tx: Tx, post: Post, step: 1 | -1): Promise<void> {
  const reactionCount = step * Object.values(post.reactionCounts).reduce((sum, count) => sum + count, 0);
  const [last] = await tx
    .select({ at: posts.createdAt, authorId: posts.authorId })
    .from(posts)
    .where(and(eq(posts.topicId, post.topicId), isNull(posts.removedAt)))
    .orderBy(desc(posts.number))
    .limit(1);
  await changeTopic(tx, post.topicId, {
    postCount: sql`${topics.postCount} + ${step}::int`,
    reactionCount: sql`${topics.reactionCount} + ${reactionCount}::int`,
    ...(last && { lastPostAt: last.at, lastPostAuthorId: last.authorId }),
    participantIds: await participantsOf(tx, post.topicId),
  });
  await refreshTopScore(tx, post.topicId);
  if (post.replyToNumber) {
    await tx
      .update(posts)
      .set({ replyCount: sql`${posts.replyCount} + ${step}::int` })
      .where(and(eq(posts.topicId, post.topicId), eq(posts.number, post.replyToNumber)));
  }
  await tx.update(members).set({ postCount: sql`${members.postCount} + ${step}::int` }).where(eq(members.id, post.authorId));
}

/** Its author, then up to four others out of its last thousand numbers, the most recent first. */
async function participantsOf(tx: Tx, topicId: number): Promise<number[]> {
  const [row] = await tx.execute<{ ids: number[] }>(sql`
    select array[topic.author_id] || coalesce((
      select array_agg(author_id order by latest desc) from (
        select author_id, max(number) as latest from posts
        where topic_id = topic.id and number > topic.last_post_number - 1000 and removed_at is null and author_id <> topic.author_id
        group by author_id order by latest desc limit 4
      ) others), '{}') as ids
    from topics topic where id = ${topicId}`);
  return row!.ids.map(Number);
}
