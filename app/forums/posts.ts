import { sql } from "drizzle-orm";
import { ConflictError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { withKnownMentions } from "#app/core/known-mentions.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { quotedPostsIn } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import type { Tx } from "#db/client.ts";
import { preparedSql } from "#db/prepared.ts";
import { topics, type Post, type Topic } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { writePostLinks } from "./post-links.ts";
import { noteOwnPost } from "./read-marks.ts";
import { topScoreWith } from "./top-score.ts";

/** How much of the opening post lists show, in characters. */
export const EXCERPT_LENGTH = 240;

/**
 * Writes a post at the end of a topic, for the commands that have checked that they may. `along` is what else they write
 * then, on the same way.
 *
 * @throws ConflictError when it quotes, and the topic was moved since they checked
 */
export async function addPost(
  tx: Tx,
  author: Pick<Member, "id">,
  topic: Pick<Topic, "id" | "categoryId">,
  { body: written, replyToNumber = null, isStaffNote = false }: { body: RichText; replyToNumber?: number | null; /** A notice about the topic, which nobody is told of as a reply. */ isStaffNote?: boolean },
  along?: (post: Pick<Post, "id" | "number">) => Promise<void>,
): Promise<Pick<Post, "id" | "number">> {
  const body = await withKnownMentions(tx, written);
  const rendered = renderedBody(body);
  const [post] = await atTheEnd(tx, {
    topicId: topic.id, authorId: author.id, replyToNumber, isStaffNote, excerpt: rendered.bodyText.slice(0, EXCERPT_LENGTH),
    body: JSON.stringify(rendered.body), bodyHtml: rendered.bodyHtml, bodyText: rendered.bodyText, renderVersion: rendered.renderVersion,
  });
  const [id, number, categoryId] = [Number(post!.id), post!.number, Number(post!.categoryId)];
  // It was asked of the place from before whether its words may be quoted there.
  if (categoryId !== topic.categoryId && quotedPostsIn(body).length > 0) throw new ConflictError("forums.movedMeanwhile");
  // Sent together, on one way to the database.
  await Promise.all([
    writePostLinks(tx, author.id, id, body),
    replyToNumber ? countReply(tx, { topicId: topic.id, replyToNumber }) : null,
    countPost(tx, { authorId: author.id }),
    noteOwnPost(tx, author.id, topic.id, number),
    along?.({ id, number }),
    record(tx, { type: "post.created", topicId: topic.id, categoryId, postId: id, postNumber: number, authorId: author.id }),
  ]);
  return { id, number };
}

/** Taking the number locks the topic's row, so that posts made at once get numbers in turn. */
const atTheEnd = preparedSql<{ id: string; number: number; categoryId: string }>(() => sql`
  with taken as (
    update topics set
      last_post_number = last_post_number + 1, post_count = post_count + 1, version = version + 1, last_post_at = now(),
      last_post_author_id = ${sql.placeholder("authorId")}::bigint,
      participant_ids = ${participantsWith},
      top_score = ${topScoreWith(sql`(${topics.postCount} + 1)`)},
      excerpt = case when last_post_number = 0 then ${sql.placeholder("excerpt")}::text else excerpt end
    where id = ${sql.placeholder("topicId")}::bigint
    returning id, last_post_number, category_id
  )
  insert into posts (topic_id, number, author_id, reply_to_number, is_staff_note, body, body_html, body_text, render_version)
  select id, last_post_number, ${sql.placeholder("authorId")}::bigint, ${sql.placeholder("replyToNumber")}::int, ${sql.placeholder("isStaffNote")}::boolean,
    ${sql.placeholder("body")}::jsonb, ${sql.placeholder("bodyHtml")}::text, ${sql.placeholder("bodyText")}::text, ${sql.placeholder("renderVersion")}::int
  from taken
  returning id, number, (select category_id from taken) as "categoryId"`);

const countReply = preparedSql(() => sql`
  update posts set reply_count = reply_count + 1 where topic_id = ${sql.placeholder("topicId")}::bigint and number = ${sql.placeholder("replyToNumber")}::int`);

const countPost = preparedSql(() => sql`update members set post_count = post_count + 1 where id = ${sql.placeholder("authorId")}::bigint`);

/** The topic's author first, then this one, then the others as they were: at most five, nobody twice. */
const participantsWith = sql`(array[author_id] || array_remove(array[${sql.placeholder("authorId")}::bigint], author_id)
  || array_remove(array_remove(participant_ids, author_id), ${sql.placeholder("authorId")}::bigint))[1:5]`;
