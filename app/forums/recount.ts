import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { topScoreOfRow } from "./top-score.ts";

/** How much of the opening post lists show, in characters. */
const EXCERPT_LENGTH = 240;

/**
 * Works out every counter of topics, posts, members and categories from the rows they count, for whatever writes rows in
 * bulk. Only what differs is written. Who writes to a topic meanwhile waits until the transaction ends.
 */
export async function recount(tx: Tx): Promise<void> {
  await tx.execute(sql`lock table topics in share row exclusive mode`);
  await countReactions(tx);
  await countAnswers(tx);
  await countTopics(tx);
  await countMembers(tx);
  await countCategories(tx);
}

async function countReactions(tx: Tx): Promise<void> {
  await tx.execute(sql`
    with counted as (
      select post_id, jsonb_object_agg(kind, count) as counts
      from (select post_id, kind, count(*) from reactions group by post_id, kind) kinds group by post_id
    )
    update posts set reaction_counts = coalesce(wanted.counts, '{}') from (
      select posts.id, counted.counts from posts left join counted on counted.post_id = posts.id
    ) wanted
    where wanted.id = posts.id and posts.reaction_counts <> coalesce(wanted.counts, '{}')`);
}

async function countAnswers(tx: Tx): Promise<void> {
  await tx.execute(sql`
    with counted as (
      select topic_id, reply_to_number, count(*) as replies from posts
      where reply_to_number is not null and removed_at is null group by topic_id, reply_to_number
    )
    update posts set reply_count = wanted.replies from (
      select posts.id, coalesce(counted.replies, 0) as replies from posts
      left join counted on counted.topic_id = posts.topic_id and counted.reply_to_number = posts.number
    ) wanted
    where wanted.id = posts.id and posts.reply_count <> wanted.replies`);
}

async function countTopics(tx: Tx): Promise<void> {
  await tx.execute(sql`
    with standing as (
      select topic_id, count(*) as post_count, sum(imported_score) as score,
        sum((select coalesce(sum(value::int), 0) from jsonb_each_text(reaction_counts))) as reaction_count
      from posts where removed_at is null group by topic_id
    ), numbers as (
      select topic_id, max(number) as last_number from posts group by topic_id
    ), latest as (
      select distinct on (topic_id) topic_id, author_id, created_at from posts
      where removed_at is null order by topic_id, number desc
    ), openings as (
      select topic_id, left(body_text, ${EXCERPT_LENGTH}::int) as excerpt from posts where number = 1
    ), votes as (
      select topic_id, count(*) as votes from topic_votes group by topic_id
    ), voices as (
      -- The author stands first; of the others, those who spoke last.
      select topic_id, (array_agg(author_id order by last_number desc))[1:5] as ids
      from (
        select posts.topic_id, posts.author_id, max(posts.number) as last_number from posts
        join topics on topics.id = posts.topic_id and topics.author_id <> posts.author_id
        where posts.removed_at is null group by posts.topic_id, posts.author_id
      ) others group by topic_id
    ), wanted as (
      select topics.id,
        coalesce(numbers.last_number, 0) as last_post_number,
        coalesce(standing.post_count, 0) as post_count,
        coalesce(latest.created_at, topics.created_at) as last_post_at,
        coalesce(latest.author_id, topics.author_id) as last_post_author_id,
        (array[topics.author_id] || coalesce(voices.ids, '{}'))[1:5] as participant_ids,
        coalesce(openings.excerpt, '') as excerpt,
        coalesce(votes.votes, 0) + topics.imported_votes as vote_count,
        coalesce(standing.reaction_count, 0) as reaction_count
      from topics
      left join standing on standing.topic_id = topics.id
      left join numbers on numbers.topic_id = topics.id
      left join latest on latest.topic_id = topics.id
      left join openings on openings.topic_id = topics.id
      left join votes on votes.topic_id = topics.id
      left join voices on voices.topic_id = topics.id
    )
    update topics set
      last_post_number = greatest(topics.last_post_number, wanted.last_post_number), post_count = wanted.post_count,
      last_post_at = wanted.last_post_at, last_post_author_id = wanted.last_post_author_id,
      participant_ids = wanted.participant_ids, excerpt = wanted.excerpt,
      vote_count = wanted.vote_count, reaction_count = wanted.reaction_count
    from wanted
    where wanted.id = topics.id and (
      topics.last_post_number, topics.post_count, topics.last_post_at, topics.last_post_author_id,
      topics.participant_ids, topics.excerpt, topics.vote_count, topics.reaction_count
    ) is distinct from (
      greatest(topics.last_post_number, wanted.last_post_number), wanted.post_count, wanted.last_post_at, wanted.last_post_author_id,
      wanted.participant_ids, wanted.excerpt, wanted.vote_count, wanted.reaction_count
    )`);
  await tx.update(topics).set({ topScore: topScoreOfRow }).where(sql`${topics.topScore} is distinct from ${topScoreOfRow}`);
}

async function countMembers(tx: Tx): Promise<void> {
  await tx.execute(sql`
    with opened as (
      select author_id, count(*) as topics from topics where removed_at is null group by author_id
    ), said as (
      select author_id, count(*) as posts from posts where removed_at is null group by author_id
    ), solved as (
      select posts.author_id, count(*) as solutions from topics join posts on posts.id = topics.accepted_post_id
      where topics.removed_at is null and posts.removed_at is null group by posts.author_id
    ), wanted as (
      select members.id, coalesce(topics, 0) as topics, coalesce(posts, 0) as posts, coalesce(solutions, 0) as solutions
      from members left join opened on opened.author_id = members.id left join said on said.author_id = members.id
      left join solved on solved.author_id = members.id
    )
    update members set topic_count = wanted.topics, post_count = wanted.posts, solution_count = wanted.solutions
    from wanted where wanted.id = members.id
      and (members.topic_count, members.post_count, members.solution_count) is distinct from (wanted.topics, wanted.posts, wanted.solutions)`);
}

async function countCategories(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update categories set topic_count = wanted.count from (
      select categories.id, count(topics.id) as count from categories
      left join topics on topics.category_id = categories.id and topics.removed_at is null group by categories.id
    ) wanted where wanted.id = categories.id and categories.topic_count <> wanted.count`);
}
