import { and, eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { posts, reactions, topics, type ReactionKind } from "#db/schema/forums.ts";
import { changeTopic, lockPost, ofPost, type PostRef } from "./lock-topic.ts";
import { canReact } from "./policy.ts";
import { refreshTopScore } from "./top-score.ts";

/** Either names the reaction to set or the one to take back. */
export type ReactInput = { on: ReactionKind; off?: undefined } | { on?: undefined; off: ReactionKind };

/** Sets or takes back one reaction. The form says which, so that fifty clicks at once end as one would. */
export function react(actor: Member, ref: PostRef, input: ReactInput) {
  return db.transaction(async (tx) => {
    const { topic, post } = await lockPost(tx, actor, ref);
    enforce(canReact(actor, topic, post));

    const kind = input.on ?? input.off;
    const row = { postId: post.id, memberId: actor.id, kind };
    const changed = input.on
      ? await tx.insert(reactions).values(row).onConflictDoNothing().returning()
      : await tx.delete(reactions).where(and(eq(reactions.postId, post.id), eq(reactions.memberId, actor.id), eq(reactions.kind, kind))).returning();
    if (changed.length === 0) return topic;
    const step = input.on ? 1 : -1;
    await tx
      .update(posts)
      .set({ reactionCounts: sql`jsonb_set(${posts.reactionCounts}, array[${kind}::text], to_jsonb(coalesce((${posts.reactionCounts} ->> ${kind}::text)::int, 0) + ${step}::int))` })
      .where(eq(posts.id, post.id));
    await changeTopic(tx, topic.id, { reactionCount: sql`${topics.reactionCount} + ${step}::int` });
    await refreshTopScore(tx, topic.id);

    await record(tx, { type: "post.reacted", ...ofPost(topic, post), memberId: actor.id, kind, on: input.on !== undefined });
    return topic;
  });
}
