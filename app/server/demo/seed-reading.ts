import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { drafts, topicReads } from "#db/schema/forums.ts";
import { documentOf } from "./document.ts";
import { insertAll } from "./insert.ts";
import type { Members } from "./seed-people.ts";
import type { SeededTopic } from "./seed-talk.ts";

const DAY = 86_400_000;

/** How long ago each demo member was last here: what came since is unread for them. */
const LAST_HERE = { ada: 0.2 * DAY, max: 0.4 * DAY, pia: 1.5 * DAY, cleo: 2.5 * DAY };

/** What the demo members have read, follow, and began to write, so that their first look finds something new. */
export async function seedReading(tx: Tx, topics: SeededTopic[], members: Members, now: Date): Promise<void> {
  for (const [username, agoMs] of Object.entries(LAST_HERE)) {
    const member = members.get(username)!;
    const lastHere = new Date(now.getTime() - agoMs);
    await insertAll(tx, topicReads, topics.filter(({ topic }) => topic.createdAt < lastHere).flatMap((one) => readRow(one, member.id, lastHere)));
  }
  const kept = [
    draft(members, "cleo", "topic", "Hot water first, battery second?", "When the sun comes out at noon my Warm 9 and my Store both want it. I would like to tell them who goes first, because", now),
    draft(members, "pia", "topic", "What we heard about exports, and what we will do", "**Not ready, ask Ines about the quarter-hour values first.**\n\nMany of you asked for", now),
  ];
  await tx.insert(drafts).values(kept);
}

function readRow({ topic, posts }: SeededTopic, memberId: number, lastHere: Date) {
  const seen = posts.filter((post) => post.createdAt < lastHere);
  const spoke = seen.some((post) => post.authorId === memberId);
  // Nobody reads everything: of what they took no part in, some were never opened.
  if (!spoke && (topic.id + memberId) % 4 === 0) return [];
  return [{
    topicId: topic.id, memberId, lastReadNumber: seen.at(-1)!.number,
    level: topic.authorId === memberId ? ("watching" as const) : spoke ? ("tracking" as const) : ("normal" as const),
    lastVisitedAt: seen.at(-1)!.createdAt,
  }];
}

function draft(members: Members, username: string, key: string, title: string, markdown: string, now: Date) {
  return { memberId: members.get(username)!.id, key, title, body: documentOf(markdown), updatedAt: new Date(now.getTime() - 2 * DAY) };
}

/** The news that waits in the inboxes of cleo and pia: mentions, replies and reactions of the last weeks, the latest unread. */
export async function seedInboxes(tx: Tx, members: Members, now: Date): Promise<void> {
  for (const username of ["cleo", "pia"] as const) {
    const id = members.get(username)!.id;
    const since = new Date(now.getTime() - 45 * DAY).toISOString();
    const lastHere = new Date(now.getTime() - LAST_HERE[username]).toISOString();
    await tx.execute(sql`
      insert into notifications (member_id, kind, group_key, topic_id, post_id, actor_id, actor_ids, created_at, updated_at, read_at)
      select ${id}, (case when post_mentions.post_id is null then 'reply' else 'mention' end)::notification_kind, 'post:' || posts.id, posts.topic_id, posts.id,
        posts.author_id, array[posts.author_id], posts.created_at, posts.created_at, case when posts.created_at < ${lastHere}::timestamptz then posts.created_at + interval '1 hour' end
      from posts left join post_mentions on post_mentions.post_id = posts.id and post_mentions.member_id = ${id}
      left join posts parent on parent.topic_id = posts.topic_id and parent.number = posts.reply_to_number
      where posts.author_id <> ${id} and posts.removed_at is null and posts.created_at > ${since}::timestamptz and (post_mentions.post_id is not null or parent.author_id = ${id})`);
    await tx.execute(sql`
      insert into notifications (member_id, kind, group_key, topic_id, post_id, actor_id, actor_ids, actor_count, created_at, updated_at)
      select ${id}, 'reaction', 'reaction:' || posts.id, posts.topic_id, posts.id, max(reactions.member_id), array_agg(distinct reactions.member_id), count(distinct reactions.member_id), max(reactions.created_at), ${lastHere}::timestamptz + interval '3 hours'
      from posts join reactions on reactions.post_id = posts.id
      where posts.author_id = ${id} and posts.created_at > ${since}::timestamptz group by posts.id order by posts.id desc limit 3`);
  }
}
