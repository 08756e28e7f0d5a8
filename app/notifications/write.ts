import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { notifications, type NotificationKind } from "#db/schema/notifications.ts";
import type { Receiver, ToldPost } from "./audience.ts";

// Each of these may run again after a crash, and twice is once. They answer whose inboxes changed.

type Subject = { kind: NotificationKind; groupKey: string; topicId: number; postId: number | null; actorId: number };

/** One line for each receiver about just this post. Who has one about it, read or not, gets no second. */
export async function writePostLines(on: Executor, post: ToldPost, receivers: Receiver[]): Promise<number[]> {
  return idsOf(await on.execute<{ id: string }>(sql`
    insert into notifications (member_id, kind, group_key, topic_id, post_id, actor_id, actor_ids)
    select told.id, told.kind::notification_kind, ${`post:${post.postId}`}, ${post.topicId}::bigint, ${post.postId}::bigint, ${post.authorId}::bigint, array[${post.authorId}::bigint]
    from unnest(${sql.param(receivers.map(({ memberId }) => memberId))}::bigint[], ${sql.param(receivers.map(({ kind }) => kind))}::text[]) as told(id, kind)
    where not exists (
      select from notifications old where old.post_id = ${post.postId} and old.member_id = told.id and old.group_key = ${`post:${post.postId}`}
    )
    on conflict do nothing
    returning member_id as id`));
}

/**
 * One line for all unread posts of a topic that somebody watches. It leads to the first of them. A line already read that
 * is as young as the post has told of it.
 */
export async function writeWatchedLines(on: Executor, post: ToldPost, memberIds: number[]): Promise<number[]> {
  const groupKey = `posts:${post.topicId}`;
  return idsOf(await on.execute<{ id: string }>(sql`
    insert into notifications as line (member_id, kind, group_key, topic_id, post_id, actor_id, actor_ids, updated_at)
    select told.id, 'post', ${groupKey}, ${post.topicId}::bigint, ${post.postId}::bigint, ${post.authorId}::bigint, array[${post.authorId}::bigint], posts.created_at
    from unnest(${sql.param(memberIds)}::bigint[]) as told(id), posts
    where posts.id = ${post.postId} and not exists (
      select from notifications old
      where old.topic_id = ${post.topicId} and old.member_id = told.id and old.group_key = ${groupKey}
        and old.read_at is not null and old.updated_at >= posts.created_at
    )
    on conflict (member_id, group_key) where read_at is null do update set
      actor_id = excluded.actor_id,
      ${joinActors(post.authorId)},
      updated_at = greatest(line.updated_at, excluded.updated_at)
    returning member_id as id`));
}

/** One unread line for all who did the same to the same. Who did it before is not news again. */
export async function writeGroupedLine(on: Executor, memberIds: number[], subject: Subject): Promise<number[]> {
  const { kind, groupKey, topicId, postId, actorId } = subject;
  return idsOf(await on.execute<{ id: string }>(sql`
    insert into notifications as line (member_id, kind, group_key, topic_id, post_id, actor_id, actor_ids)
    select told.id, ${kind}::notification_kind, ${groupKey}, ${topicId}::bigint, ${postId}::bigint, ${actorId}::bigint, array[${actorId}::bigint]
    from unnest(${sql.param(memberIds)}::bigint[]) as told(id)
    where not exists (
      select from notifications old
      where old.topic_id = ${topicId} and old.member_id = told.id and old.group_key = ${groupKey} and ${actorId}::bigint = any(old.actor_ids)
    )
    on conflict (member_id, group_key) where read_at is null do update set
      actor_id = excluded.actor_id,
      ${joinActors(actorId)},
      updated_at = now()
    returning member_id as id`));
}

/** Takes someone out of an unread line again; the last one takes the line along. */
export async function withdrawActor(on: Executor, { groupKey, topicId, actorId }: Pick<Subject, "groupKey" | "topicId" | "actorId">): Promise<number[]> {
  const changed = await on.execute<{ id: string }>(sql`
    update notifications set
      actor_ids = array_remove(actor_ids, ${actorId}::bigint),
      actor_count = actor_count - 1,
      actor_id = (array_remove(actor_ids, ${actorId}::bigint))[cardinality(actor_ids) - 1]
    where topic_id = ${topicId} and group_key = ${groupKey} and read_at is null and ${actorId}::bigint = any(actor_ids)
    returning member_id as id`);
  await on.delete(notifications).where(and(eq(notifications.topicId, topicId), eq(notifications.groupKey, groupKey), isNull(notifications.readAt), eq(notifications.actorCount, 0)));
  return idsOf(changed);
}

/** Whoever joins an unread line is counted once. Beyond a hundred faces, only the number grows. */
function joinActors(actorId: number) {
  return sql`
    actor_count = line.actor_count + case when ${actorId}::bigint = any(line.actor_ids) then 0 else 1 end,
    actor_ids = case when ${actorId}::bigint = any(line.actor_ids) or cardinality(line.actor_ids) >= 100 then line.actor_ids else line.actor_ids || ${actorId}::bigint end`;
}

function idsOf(rows: { id: string }[]): number[] {
  return rows.map(({ id }) => Number(id));
}
