import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { record } from "#app/core/events.ts";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { db, type Tx } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { ofTopic } from "./lock-topic.ts";

/** Closes a topic whose hour has come. The row itself says whether it has, so that two workers close it once. */
export const closeOnTime = defineJob({
  name: "forums.close-on-time",
  input: z.object({ topicId: z.number(), actorId: z.number() }),
  maxAttempts: 10,
  async run({ topicId, actorId }) {
    await db.transaction(async (tx) => {
      const [closed] = await tx
        .update(topics)
        .set({ lockedAt: sql`now()`, autoCloseAt: null, version: sql`${topics.version} + 1` })
        .where(and(eq(topics.id, topicId), lte(topics.autoCloseAt, sql`now()`), isNull(topics.lockedAt)))
        .returning({ id: topics.id, categoryId: topics.categoryId });
      if (closed) await record(tx, { type: "topic.changed", ...ofTopic(closed), actorId, change: "closed" });
    });
  },
});

/** Asks for it. Set anew, the earlier wish is forgotten; taken back, the job finds nothing to do. */
export function closeTopicAt(tx: Tx, topicId: number, actorId: number, at: Date): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil((at.getTime() - Date.now()) / 1000)) + 1;
  return enqueue(tx, closeOnTime, { topicId, actorId }, { key: topicId, delaySeconds });
}
