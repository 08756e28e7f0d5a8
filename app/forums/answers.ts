import { eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts, type Post } from "#db/schema/forums.ts";
import { changeTopic, lockPost, ofPost, type PostRef } from "./lock-topic.ts";
import { canAccept } from "./policy.ts";
import { refreshTopScore } from "./top-score.ts";
import type { AccessedTopic } from "./topics.ts";

/** Marks the post that answers its question, in place of the one marked before. */
export function acceptAnswer(actor: Member, ref: PostRef) {
  return db.transaction(async (tx) => {
    const { topic, post } = await lockPost(tx, actor, ref);
    enforce(canAccept(actor, topic, post));
    if (topic.acceptedPostId === post.id) return topic;

    await clearAccepted(tx, actor, topic);
    await changeTopic(tx, topic.id, { acceptedPostId: post.id, acceptedById: actor.id, acceptedAt: sql`now()` });
    await countSolution(tx, post.authorId, 1);
    await refreshTopScore(tx, topic.id);

    await record(tx, { type: "answer.accepted", ...ofPost(topic, post), actorId: actor.id });
    return topic;
  });
}

/** Takes the mark back, and with it what its author was credited. */
export function unacceptAnswer(actor: Member, ref: PostRef) {
  return db.transaction(async (tx) => {
    const { topic, post } = await lockPost(tx, actor, ref);
    enforce(canAccept(actor, topic, post));
    if (topic.acceptedPostId !== post.id) return topic;

    await clearAccepted(tx, actor, topic);
    await refreshTopScore(tx, topic.id);
    return topic;
  });
}

/** For commands that hold the topic's lock and end what was accepted in it. */
export async function clearAccepted(tx: Tx, actor: Member, topic: AccessedTopic): Promise<void> {
  if (topic.acceptedPostId === null) return;
  const [post] = await tx.select({ id: posts.id, number: posts.number, authorId: posts.authorId }).from(posts).where(eq(posts.id, topic.acceptedPostId));
  await changeTopic(tx, topic.id, { acceptedPostId: null, acceptedById: null, acceptedAt: null });
  await countSolution(tx, post!.authorId, -1);
  await record(tx, { type: "answer.unaccepted", ...ofPost(topic, post!), actorId: actor.id });
}

async function countSolution(tx: Tx, memberId: Post["authorId"], step: 1 | -1): Promise<void> {
  await tx.update(members).set({ solutionCount: sql`${members.solutionCount} + ${step}::int` }).where(eq(members.id, memberId));
}
