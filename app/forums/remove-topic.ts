import { eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories } from "#db/schema/community.ts";
import { posts } from "#db/schema/forums.ts";
import { changeTopic, lockTopic, ofTopic } from "./lock-topic.ts";
import { canRemoveTopic, canRestoreTopic } from "./policy.ts";
import type { AccessedTopic } from "./topics.ts";

/** Hides a topic with all its posts. Nothing is erased: a moderator can bring it back as it was. */
export function removeTopic(actor: Member, topicId: number, { reason }: { reason: string }) {
  return db.transaction(async (tx) => removeTopicHeld(tx, actor, await lockTopic(tx, actor, topicId), reason));
}

export function restoreTopic(actor: Member, topicId: number) {
  return db.transaction(async (tx) => restoreTopicHeld(tx, actor, await lockTopic(tx, actor, topicId)));
}

/** For commands that hold the topic's lock. */
export async function removeTopicHeld(tx: Tx, actor: Member, topic: AccessedTopic, reason: string): Promise<AccessedTopic> {
  // Sent again by who has just done it, because the answer was lost: it is answered as before.
  if (topic.removedAt && topic.removedById === actor.id) return topic;
  enforce(canRemoveTopic(actor, topic));
  if (topic.removedAt) return topic;
  await changeTopic(tx, topic.id, { removedAt: sql`now()`, removedById: actor.id, removedReason: reason });
  await countTopic(tx, topic, -1);
  await record(tx, { type: "topic.removed", ...ofTopic(topic), actorId: actor.id });
  return topic;
}

/** For commands that hold the topic's lock. */
export async function restoreTopicHeld(tx: Tx, actor: Member, topic: AccessedTopic): Promise<AccessedTopic> {
  enforce(canRestoreTopic(actor, topic));
  if (!topic.removedAt) return topic;
  await changeTopic(tx, topic.id, { removedAt: null, removedById: null, removedReason: "" });
  await countTopic(tx, topic, 1);
  await record(tx, { type: "topic.restored", ...ofTopic(topic), actorId: actor.id });
  return topic;
}

/** A removed topic counts neither for its author nor its category, and its answer for nobody. */
async function countTopic(tx: Tx, topic: AccessedTopic, step: 1 | -1): Promise<void> {
  const solver = topic.acceptedPostId === null ? [] : await tx.select({ id: posts.authorId }).from(posts).where(eq(posts.id, topic.acceptedPostId));
  const credited = [{ id: topic.authorId, column: "topicCount" as const }, ...solver.map(({ id }) => ({ id, column: "solutionCount" as const }))];
  // In the order of their ids, so that two such acts never wait for each other in a circle.
  for (const { id, column } of credited.toSorted((a, b) => a.id - b.id)) {
    await tx.update(members).set({ [column]: sql`${members[column]} + ${step}::int` }).where(eq(members.id, id));
  }
  await tx.update(categories).set({ topicCount: sql`${categories.topicCount} + ${step}::int` }).where(eq(categories.id, topic.categoryId));
}
