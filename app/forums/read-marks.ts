import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { topicReads } from "#db/schema/forums.ts";

/** Whoever posts has read up to there, unless posts lie between that were never on their screen. They follow it, too. */
export async function noteOwnPost(tx: Tx, memberId: number, topicId: number, number: number): Promise<void> {
  await tx
    .insert(topicReads)
    .values({ memberId, topicId, lastReadNumber: number, level: number === 1 ? "watching" : "tracking" })
    .onConflictDoUpdate({
      target: [topicReads.memberId, topicReads.topicId],
      set: {
        lastReadNumber: sql`case when ${topicReads.lastReadNumber} >= ${number - 1}::int then ${number}::int else ${topicReads.lastReadNumber} end`,
        level: sql`case when ${topicReads.level} = 'normal' then 'tracking' else ${topicReads.level} end`,
        lastVisitedAt: sql`now()`,
      },
    });
}
