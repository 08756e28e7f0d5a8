import { createHash } from "node:crypto";
import { and, eq, gt, ne, sql } from "drizzle-orm";
import { ConflictError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { withKnownMentions } from "#app/core/known-mentions.ts";
import { enforce } from "#app/core/policy.ts";
import { holdQuotes, withTrueQuotes } from "#app/core/quotes.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { quotedPostsIn } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { postRevisions, posts, reactions, type Post } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { discardDraft } from "#app/core/drafts.ts";
import { changeTopic, lockPost, ofPost, type PostRef } from "./lock-topic.ts";
import { canEditPost } from "./policy.ts";
import { writePostLinks } from "./post-links.ts";
import { EXCERPT_LENGTH } from "./posts.ts";

/** How long a slip of the pen can be mended without a trace. */
const GRACE_MINUTES = 5;

type EditInput = {
  body: RichText;
  /** Why, for those who read the history. */
  reason: string;
  /** The `stampOf` the text the editor began with. */
  stamp: string;
  /** They were told that what they quote is read by more people here. */
  knowsReaders?: boolean;
  /** The draft it was kept in while it was written: forgotten with the change. */
  draftId?: number;
};

/**
 * Changes what a post says. What it said before is kept as a revision, unless its author mends it within five minutes
 * of writing it and nobody has answered or reacted since: then nobody has read anything into it that could be lost.
 *
 * @throws ConflictError when it was changed by someone else after the editor began
 * @throws InvalidInputError at `knowsReaders` when it newly quotes what fewer people may read
 */
export function editPost(actor: Member, ref: PostRef, { body: written, reason, stamp, draftId, knowsReaders = false }: EditInput) {
  return db.transaction(async (tx) => {
    if (quotedPostsIn(written).length > 0) await holdQuotes(tx);
    const { topic, post } = await lockPost(tx, actor, ref);
    enforce(canEditPost(actor, topic, post));
    if (stamp !== stampOf(post)) throw new ConflictError("forums.editedMeanwhile");
    if (draftId) await discardDraft(tx, actor, `edit:${post.id}`, draftId);
    const quoting = await withTrueQuotes(tx, actor, written, { categoryId: topic.categoryId, knowsReaders, before: post.body });
    const body = await withKnownMentions(tx, quoting);
    const rendered = renderedBody(body);
    if (rendered.bodyHtml === post.bodyHtml) return topic;

    const mended = await isWithinGrace(tx, actor, post);
    if (!mended) await keepRevision(tx, actor, post, { title: post.number === 1 ? topic.title : null, reason });
    await tx
      .update(posts)
      .set(mended ? rendered : { ...rendered, revision: post.revision + 1, editedAt: sql`now()` })
      .where(eq(posts.id, post.id));
    await writePostLinks(tx, actor.id, post.id, body, post.body);
    await changeTopic(tx, topic.id, post.number === 1 ? { excerpt: rendered.bodyText.slice(0, EXCERPT_LENGTH) } : {});

    await record(tx, { type: "post.edited", ...ofPost(topic, post), editorId: actor.id });
    return topic;
  });
}

/** Names one state of a post's text: a form carries it, so that nobody writes over what they have not seen. */
export function stampOf(post: Pick<Post, "revision" | "bodyHtml">): string {
  return `${post.revision}.${createHash("sha256").update(post.bodyHtml).digest("hex").slice(0, 16)}`;
}

/** Puts away what a post says now, with who ends it and why, for a command about to change it. */
export async function keepRevision(tx: Tx, actor: Member, post: Post, { title, reason }: { title: string | null; reason: string }): Promise<void> {
  const { id: postId, revision, body, bodyText } = post;
  await tx.insert(postRevisions).values({ postId, revision, title, body, bodyText, editorId: actor.id, reason });
}

/** Written a moment ago and never changed: its author may mend it without a trace, unless somebody answered or reacted. */
export function isFresh({ revision, createdAt }: Pick<Post, "revision" | "createdAt">): boolean {
  return revision === 1 && Date.now() - createdAt.getTime() < GRACE_MINUTES * 60_000;
}

async function isWithinGrace(tx: Tx, actor: Member, post: Post): Promise<boolean> {
  if (!isFresh(post) || actor.id !== post.authorId) return false;
  const after = and(eq(posts.topicId, post.topicId), gt(posts.number, post.number), ne(posts.authorId, post.authorId));
  const [answered] = await tx.select({ id: posts.id }).from(posts).where(after).limit(1);
  if (answered) return false;
  const [reacted] = await tx.select({ id: reactions.memberId }).from(reactions).where(eq(reactions.postId, post.id)).limit(1);
  return !reacted;
}
