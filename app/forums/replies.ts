import { once } from "#app/core/idempotency.ts";
import { enforce } from "#app/core/policy.ts";
import { withTrueQuotes } from "#app/core/quotes.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import type { CreateReplyInput } from "./inputs.ts";
import { discardDraft } from "#app/core/drafts.ts";
import { canReply } from "./policy.ts";
import { addPost } from "./posts.ts";
import { accessTopic } from "./topics.ts";

/**
 * Replies to a topic, which makes a post.
 *
 * @throws NotFoundError when the author may not see the topic
 * @throws ForbiddenError when they may see it but not reply, with the reason
 * @throws InvalidInputError at `knowsReaders` when it quotes what fewer people may read
 */
export function createReply(author: Member, topicId: number, { key, draftId, knowsReaders = false, ...input }: CreateReplyInput): Promise<{ id: number; number: number }> {
  return db.transaction((tx) =>
    once(
      tx,
      author.id,
      key,
      { topicId, ...input },
      async (topic, keep) => {
        enforce(canReply(author, topic));
        const body = await withTrueQuotes(tx, author, input.body, { categoryId: topic.categoryId, knowsReaders });
        return addPost(tx, author, topic, { ...input, body }, async (post) => {
          await Promise.all([keep(post), draftId && discardDraft(tx, author, `reply:${topicId}`, draftId)]);
        });
      },
      () => accessTopic(tx, author, topicId),
    ),
  );
}
