import { and, eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { withKnownMentions } from "#app/core/known-mentions.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import type { Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts, topics, type Post, type Topic } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { writePostLinks } from "./post-links.ts";
import { noteOwnPost } from "./read-marks.ts";
import { topScoreWith } from "./top-score.ts";

/** How much of the opening post lists show, in characters. */
export const EXCERPT_LENGTH = 240;

/** Writes a post at the end of a topic, for the commands that have checked that they may. */
export async function addPost(
  tx: Tx,
  author: Pick<Member, "id">,
  topic: Pick<Topic, "id" | "categoryId">,
  { body: written, replyToNumber = null, isStaffNote = false }: { body: RichText; replyToNumber?: number | null; /** A notice about the topic, which nobody is told of as a reply. */ isStaffNote?: boolean },
): Promise<Post> {
  const body = await withKnownMentions(tx, written);
  const rendered = renderedBody(body);
  // Taking the number locks the topic's row, so that posts made at once get numbers in turn.
  const [taken] = await tx
    .update(topics)
    .set({
      lastPostNumber: sql`${topics.lastPostNumber} + 1`,
      postCount: sql`${topics.postCount} + 1`,
      version: sql`${topics.version} + 1`,
      lastPostAt: sql`now()`,
      lastPostAuthorId: author.id,
      participantIds: participantsWith(author.id),
      topScore: topScoreWith(sql`(${topics.postCount} + 1)`),
      excerpt: sql`case when ${topics.lastPostNumber} = 0 then ${rendered.bodyText.slice(0, EXCERPT_LENGTH)}::text else ${topics.excerpt} end`,
    })
    .where(eq(topics.id, topic.id))
    .returning({ number: topics.lastPostNumber });
  const number = taken!.number;
  const [post] = await tx
    .insert(posts)
    .values({ topicId: topic.id, number, authorId: author.id, replyToNumber, isStaffNote, ...rendered })
    .returning();
  await writePostLinks(tx, author.id, post!.id, body);
  if (replyToNumber) {
    await tx
      .update(posts)
      .set({ replyCount: sql`${posts.replyCount} + 1` })
      .where(and(eq(posts.topicId, topic.id), eq(posts.number, replyToNumber)));
  }
  await tx.update(members).set({ postCount: sql`${members.postCount} + 1` }).where(eq(members.id, author.id));
  await noteOwnPost(tx, author.id, topic.id, number);

  await record(tx, { type: "post.created", topicId: topic.id, categoryId: topic.categoryId, postId: post!.id, postNumber: number, authorId: author.id });
  return post!;
}

/** The topic's author first, then this one, then the others as they were: at most five, nobody twice. */
function participantsWith(memberId: number) {
  return sql`(array[author_id] || array_remove(array[${memberId}::bigint], author_id)
    || array_remove(array_remove(participant_ids, author_id), ${memberId}::bigint))[1:5]`;
}
