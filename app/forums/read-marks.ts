import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { preparedSql } from "#db/prepared.ts";

/** Whoever posts has read up to there, unless posts lie between that were never on their screen. They follow it, too. */
export async function noteOwnPost(tx: Tx, memberId: number, topicId: number, number: number): Promise<void> {
  await ownPost(tx, { memberId, topicId, number, level: number === 1 ? "watching" : "tracking" });
}

const ownPost = preparedSql(() => sql`
  insert into topic_reads as mine (member_id, topic_id, last_read_number, level)
  values (${sql.placeholder("memberId")}::bigint, ${sql.placeholder("topicId")}::bigint, ${sql.placeholder("number")}::int, ${sql.placeholder("level")}::follow_level)
  on conflict (member_id, topic_id) do update set
    last_read_number = case when mine.last_read_number >= excluded.last_read_number - 1 then excluded.last_read_number else mine.last_read_number end,
    level = case when mine.level = 'normal' then 'tracking' else mine.level end,
    last_visited_at = now()`);
