import { and, eq, gt, isNull } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { once } from "#app/core/idempotency.ts";
import { enforce } from "#app/core/policy.ts";
import { withTrueQuotes } from "#app/core/quotes.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { articles } from "#db/schema/blogs.ts";
import { categories } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { accessCategory } from "./categories.ts";
import { discardDraft } from "#app/core/drafts.ts";
import type { CreateReplyInput } from "./inputs.ts";
import { canReply } from "./policy.ts";
import { addPost } from "./posts.ts";
import { accessTopic, openTopic, type AccessedTopic } from "./topics.ts";

/** What people talk about: the comments of an article, the talk of a page. */
export type TalkAbout = { articleId: number } | { pageId: number };

/** What the topic needs to know of it. `opening` becomes its first post: what this is the talk about, in the name of who wrote that. */
export type TalkSubject = { categoryId: number; authorId: number; title: string; opening: RichText; /** Since when its author takes no comments. */ closedAt?: Date | null };

/**
 * The topic in which people talk about it, or null while nobody has. Its posts from number 2 on are the comments. Who
 * may see the article or page may see it: they lie in the same category.
 */
export async function findTalk(on: Executor, viewer: Viewer, about: TalkAbout): Promise<AccessedTopic | null> {
  const id = await talkId(on, about);
  return id === null ? null : accessTopic(on, viewer, id);
}

/** The key of drafts of comments: the same before and after there is a topic. */
export function talkDraftKey(about: TalkAbout): string {
  return "articleId" in about ? `article-talk:${about.articleId}` : `page-talk:${about.pageId}`;
}

/**
 * What keeps this viewer from commenting, as `canReply` says for the topic, also while there is none. What its author
 * has closed to comments is closed as a topic is.
 */
export async function canCommentOn(on: Executor, viewer: Viewer, talk: AccessedTopic | null, { categoryId, closedAt = null }: Pick<TalkSubject, "categoryId" | "closedAt">) {
  if (talk) return canReply(viewer, { ...talk, lockedAt: talk.lockedAt ?? closedAt });
  const { level, divisionId } = await accessCategory(on, viewer, categoryId);
  return canReply(viewer, { level, divisionId, lockedAt: closedAt, archivedAt: null });
}

/**
 * Adds a comment, opening the topic with the first. Two first comments at once make one topic.
 *
 * @throws NotFoundError when the author may not see the category, or what it is about is out of sight
 * @throws ForbiddenError when they may see it but not reply, with the reason
 */
export function createComment(author: Member, about: TalkAbout, subject: TalkSubject, { key, draftId, knowsReaders = false, ...input }: CreateReplyInput): Promise<{ topicId: number; id: number; number: number }> {
  return db.transaction((tx) =>
    once(tx, author.id, key, { ...about, ...input }, async () => {
      await accessCategory(tx, author, subject.categoryId);
      const body = await withTrueQuotes(tx, author, input.body, { categoryId: subject.categoryId, knowsReaders });
      await holdSubject(tx, about);
      enforce(await canCommentOn(tx, author, await findTalk(tx, author, about), subject));
      const topicId = (await talkId(tx, about)) ?? (await openTalk(tx, about, subject));
      const topic = await accessTopic(tx, author, topicId);
      // Between the two looks someone may have closed it.
      enforce(canReply(author, topic));
      const { id, number } = await addPost(tx, author, topic, { ...input, body });
      if (draftId) await discardDraft(tx, author, talkDraftKey(about), draftId);
      return { topicId, id, number };
    }),
  );
}

/** What is taken out of sight waits until the comment is there, and takes it along; what already is takes none. */
async function holdSubject(tx: Tx, about: TalkAbout): Promise<void> {
  const [shown] = "articleId" in about
    ? await tx.select({ id: articles.id }).from(articles).where(and(eq(articles.id, about.articleId), eq(articles.state, "published"), isNull(articles.removedAt))).for("share")
    : await tx.select({ id: pages.id }).from(pages).where(and(eq(pages.id, about.pageId), gt(pages.publishedRevision, 0), isNull(pages.removedAt))).for("share");
  if (!shown) throw new NotFoundError("subject");
}

async function talkId(on: Executor, about: TalkAbout): Promise<number | null> {
  const [row] = await on.select({ id: topics.id }).from(topics).where("articleId" in about ? eq(topics.articleId, about.articleId) : eq(topics.pageId, about.pageId));
  return row?.id ?? null;
}

async function openTalk(tx: Tx, about: TalkAbout, { categoryId, authorId, title, opening }: TalkSubject): Promise<number> {
  // Who comes second waits here and finds the topic of the first.
  await tx.select({ id: categories.id }).from(categories).where(eq(categories.id, categoryId)).for("no key update");
  const present = await talkId(tx, about);
  if (present !== null) return present;
  const topic = await openTopic(tx, { id: authorId }, { ...about, categoryId, title, kind: "discussion", body: opening });
  return topic.id;
}
