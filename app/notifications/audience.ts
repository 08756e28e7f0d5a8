import { sql } from "drizzle-orm";
import { quotedPostsIn } from "#app/core/rich-text.ts";
import { listWhoSee } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import type { NotificationKind } from "#db/schema/notifications.ts";
import type { RichText } from "#db/schema/rich-text.ts";

type Place = { topicId: number; categoryId: number };
/** A post as it is when its news are told, which may be later than when it was written. */
export type ToldPost = Place & { postId: number; number: number; authorId: number; replyToNumber: number | null; body: RichText; /** `anyReason`, as of that time. */ hasReason: boolean };

export type Receiver = { memberId: number; kind: NotificationKind };

/**
 * Whom a post is news to, each once and for the strongest reason: mentioned, replied to, quoted, watching. Never its
 * author, nobody who muted the place or may not see it, and nobody who has read the post already.
 */
export async function listReceivers(on: Executor, post: ToldPost, { evenIfRead }: { evenIfRead?: true } = {}): Promise<Receiver[]> {
  // Most replies are news to no one, and finding out who hears takes long to plan.
  if (post.number > 1 && !post.hasReason && quotedPostsIn(post.body).length === 0) return [];
  const rows = await on.execute<{ memberId: string; kind: NotificationKind }>(sql`
    with recursive ${chainOf(post)}, reasons as (
      select member_id, 'mention' as kind, 1 as rank from post_mentions where post_id = ${post.postId}
      union all
      select author_id, 'reply', 2 from posts where topic_id = ${post.topicId} and number = ${post.replyToNumber}::int and removed_at is null
      union all
      select author_id, 'quote', 3 from posts where id = any(${sql.param(quotedPostsIn(post.body))}::bigint[]) and removed_at is null
      union all
      select member_id, 'post', 4 from topic_reads where topic_id = ${post.topicId} and level = 'watching' and ${post.number}::int > 1
      union all
      select follows.member_id, 'topic', ${BY_TAG}::int from tag_follows follows join topic_tags tagged on tagged.tag_id = follows.tag_id
      where tagged.topic_id = ${post.topicId} and follows.level = 'watching' and ${post.number}::int = 1
      union all
      select follows.member_id, 'topic', ${BY_TAG + 1}::int from category_follows follows join chain on chain.id = follows.category_id
      where follows.level = 'watching' and ${post.number}::int = 1
    ), strongest as (
      select distinct on (member_id) member_id, kind, rank from reasons order by member_id, rank
    )
    select strongest.member_id as "memberId", strongest.kind
    from strongest
    left join topic_reads reads on reads.member_id = strongest.member_id and reads.topic_id = ${post.topicId}
    where strongest.member_id <> ${post.authorId}
      and (${evenIfRead ?? false}::boolean or coalesce(reads.last_read_number, 0) < ${post.number})
      and ${hearsOf(post, "strongest")}
      -- A category nearer by that is not watched outdoes a watched one above it; a watched tag is watched everywhere.
      and (strongest.kind <> 'topic' or strongest.rank = ${BY_TAG}::int or ${categoryLevel("strongest")} = 'watching')`);
  return onlyWhoSee(on, post.categoryId, rows.map(({ memberId, kind }) => ({ memberId: Number(memberId), kind })));
}

/** The rank of a watched tag among the reasons to be told: before a watched category, so that a topic is told of once. */
const BY_TAG = 5;

/** Whether a reply, a row of `posts`, may be news to anybody for any reason but the quotes in it. */
export const anyReason = sql<boolean>`(
  exists (select from post_mentions where post_id = posts.id)
  or exists (select from posts above where above.topic_id = posts.topic_id and above.number = posts.reply_to_number and above.author_id <> posts.author_id)
  or exists (select from topic_reads where topic_id = posts.topic_id and level = 'watching' and member_id <> posts.author_id))`;

/** Those of some members who want to hear of a topic at all, and may. */
export async function listListeners(on: Executor, place: Place, memberIds: number[]): Promise<number[]> {
  const rows = await on.execute<{ id: string }>(sql`
    with recursive ${chainOf(place)}
    select asked.id from unnest(${sql.param(memberIds)}::bigint[]) as asked(id)
    left join topic_reads reads on reads.member_id = asked.id and reads.topic_id = ${place.topicId}
    where ${hearsOf(place, "asked", "id")}`);
  const listeners = rows.map(({ id }) => ({ memberId: Number(id) }));
  return (await onlyWhoSee(on, place.categoryId, listeners)).map(({ memberId }) => memberId);
}

/** Whose lists count a new topic as unread: who tracks or watches a tag of it, or its category, and mutes neither. */
export async function listTrackers(on: Executor, place: Place): Promise<number[]> {
  const rows = await on.execute<{ id: string }>(sql`
    with recursive ${chainOf(place)}, asked as (
      select follows.member_id as id, true as "byTag" from tag_follows follows join topic_tags tagged on tagged.tag_id = follows.tag_id
      where tagged.topic_id = ${place.topicId} and follows.level in ('tracking', 'watching')
      union
      select follows.member_id, false from category_follows follows join chain on chain.id = follows.category_id
      where follows.level in ('tracking', 'watching')
    )
    select distinct asked.id from asked
    left join topic_reads reads on reads.member_id = asked.id and reads.topic_id = ${place.topicId}
    where ${hearsOf(place, "asked", "id")} and (asked."byTag" or ${categoryLevel("asked", "id")} in ('tracking', 'watching'))
    order by asked.id`);
  return (await onlyWhoSee(on, place.categoryId, rows.map(({ id }) => ({ memberId: Number(id) })))).map(({ memberId }) => memberId);
}

async function onlyWhoSee<Who extends { memberId: number }>(on: Executor, categoryId: number, who: Who[]): Promise<Who[]> {
  const seeing = await listWhoSee(on, categoryId, who.map(({ memberId }) => memberId));
  return who.filter(({ memberId }) => seeing.has(memberId));
}

/** The category and those above it, the nearest first. */
function chainOf({ categoryId }: Place) {
  return sql`chain as (
    select id, parent_id, 0 as distance from categories where id = ${categoryId}
    union all select above.id, above.parent_id, chain.distance + 1 from categories above join chain on above.id = chain.parent_id
  )`;
}

/** Their level in the nearest category for which they chose one. */
function categoryLevel(who: string, column = "member_id") {
  return sql`coalesce((
    select follows.level::text from category_follows follows join chain on chain.id = follows.category_id
    where follows.member_id = ${sql.identifier(who)}.${sql.identifier(column)} order by chain.distance limit 1
  ), 'normal')`;
}

/** A muted topic is silent; a muted category or tag is, whatever else is watched, but for topics that they follow on purpose. */
function hearsOf({ topicId }: Place, who: string, column = "member_id") {
  return sql`(case coalesce(reads.level::text, 'normal')
    when 'muted' then false
    when 'normal' then ${categoryLevel(who, column)} <> 'muted' and not exists (
      select from tag_follows muted join topic_tags tagged on tagged.tag_id = muted.tag_id
      where muted.member_id = ${sql.identifier(who)}.${sql.identifier(column)} and muted.level = 'muted' and tagged.topic_id = ${topicId})
    else true end)`;
}
