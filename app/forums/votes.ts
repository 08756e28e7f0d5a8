import { and, eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { topics, topicVotes } from "#db/schema/forums.ts";
import { changeTopic, lockTopic, ofTopic } from "./lock-topic.ts";
import { canAddVote, canVote } from "./policy.ts";
import { refreshTopScore } from "./top-score.ts";

/** Votes for an idea or a question, or takes the vote back. Each member has one vote for a topic, however often they press. */
export function vote(actor: Member, topicId: number, { on }: { on: boolean }) {
  return db.transaction(async (tx) => {
    const topic = await lockTopic(tx, actor, topicId);
    enforce((on ? canAddVote : canVote)(actor, topic));

    const changed = on
      ? await tx.insert(topicVotes).values({ topicId, memberId: actor.id }).onConflictDoNothing().returning()
      : await tx.delete(topicVotes).where(and(eq(topicVotes.topicId, topicId), eq(topicVotes.memberId, actor.id))).returning();
    if (changed.length === 0) return topic;
    await changeTopic(tx, topicId, { voteCount: sql`${topics.voteCount} + ${on ? 1 : -1}::int` });
    await refreshTopScore(tx, topicId);

    await record(tx, { type: "topic.voted", ...ofTopic(topic), memberId: actor.id, on });
    return topic;
  });
}
