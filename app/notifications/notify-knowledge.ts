import { and, eq, gt, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { EventOf } from "#app/core/events.ts";
import { defineJob } from "#app/core/jobs.ts";
import { listWhoSee } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { articles, blogFollows } from "#db/schema/blogs.ts";
import { posts } from "#db/schema/forums.ts";
import { notifications } from "#db/schema/notifications.ts";
import { pageRevisions, pages, pageSources } from "#db/schema/wikis.ts";
import { listPageWatchers, listReviewers, writeLineOnce, writePageLines } from "./page-lines.ts";
import { announceInboxes } from "./realtime.ts";

// What follows for inboxes from what happens to articles and pages. Each reads what is true now.

/** Tells those who follow the blog, once in an article's life. Back in sight, it only counts again where it was unread. */
export async function notifyOfArticle({ articleId, isAgain }: EventOf<"article.published">): Promise<void> {
  if (isAgain) return recountArticle({ articleId });
  const [article] = await db
    .select({ authorId: articles.authorId, categoryId: articles.categoryId, blogId: articles.blogId })
    .from(articles)
    .where(and(eq(articles.id, articleId), eq(articles.state, "published"), isNull(articles.removedAt)));
  if (!article) return;
  const followers = await db.select({ id: blogFollows.memberId }).from(blogFollows).where(eq(blogFollows.blogId, article.blogId));
  const others = followers.map(({ id }) => id).filter((id) => id !== article.authorId);
  const told = [...(await listWhoSee(db, article.categoryId, others))];
  if (told.length > 0) announceInboxes(await writeLineOnce(db, told, { kind: "article", groupKey: `article:${articleId}`, articleId, actorId: article.authorId }));
}

/** Tells its author that an article did not come out when it should have. */
export async function notifyOfHeld({ articleId }: EventOf<"article.held">): Promise<void> {
  const [article] = await db.select({ authorId: articles.authorId, categoryId: articles.categoryId, updatedAt: articles.updatedAt }).from(articles).where(and(eq(articles.id, articleId), isNull(articles.removedAt), inArray(articles.state, ["draft", "unpublished"])));
  if (!article || (await listWhoSee(db, article.categoryId, [article.authorId])).size === 0) return;
  announceInboxes(await writeLineOnce(db, [article.authorId], { kind: "staff", groupKey: `staff:held:${articleId}`, articleId, actorId: null, since: article.updatedAt }));
}

/** Whether it is shown changed: the bells of those with unread lines about it are counted anew. */
export async function recountArticle({ articleId }: { articleId: number }): Promise<void> {
  const concerned = await db.selectDistinct({ id: notifications.memberId }).from(notifications).where(and(eq(notifications.articleId, articleId), isNull(notifications.readAt)));
  announceInboxes(concerned.map(({ id }) => id));
}

/** The same of a page. */
export async function recountPage({ pageId }: { pageId: number }): Promise<void> {
  const concerned = await db.selectDistinct({ id: notifications.memberId }).from(notifications).where(and(eq(notifications.pageId, pageId), isNull(notifications.readAt)));
  announceInboxes(concerned.map(({ id }) => id));
}

/** Tells those who watch the page or one above it, but not of a minor edit, and nobody of their own. */
export async function notifyOfPage({ pageId, revision, isMinor, actorId }: EventOf<"page.published">): Promise<void> {
  await withdrawReview({ pageId });
  if (isMinor) return;
  const [page] = await db
    .select({ id: pages.id, categoryId: pages.categoryId, at: pages.editedAt, editorId: pageRevisions.editorId, base: pageRevisions.baseRevision })
    .from(pages)
    .innerJoin(pageRevisions, and(eq(pageRevisions.pageId, pages.id), eq(pageRevisions.revision, revision)))
    .where(and(eq(pages.id, pageId), isNull(pages.removedAt), gt(pages.publishedRevision, 0), eq(pages.isTemplate, false)));
  if (!page) return;
  const watchers = (await listPageWatchers(db, page)).filter((id) => id !== actorId && id !== page.editorId);
  const base = page.base > 0 ? page.base : Math.max(0, revision - 1);
  if (watchers.length > 0) announceInboxes(await writePageLines(watchers, { pageId, editorId: page.editorId, base, at: page.at }));
}

/** Tells those whose words became a page that it did, once, when it can be read by them; not whoever made it. */
export async function notifyOfCredit({ pageId }: EventOf<"page.published">): Promise<void> {
  const rows = await db
    .selectDistinct({ authorId: posts.authorId, promotedById: pageSources.promotedById, categoryId: pages.categoryId })
    .from(pageSources)
    .innerJoin(pages, eq(pages.id, pageSources.pageId))
    .innerJoin(posts, and(eq(posts.topicId, pageSources.topicId), or(eq(posts.id, pageSources.postId), and(isNull(pageSources.postId), eq(posts.number, 1)))))
    .where(and(eq(pageSources.pageId, pageId), isNull(posts.removedAt), isNull(pages.removedAt), gt(pages.publishedRevision, 0), eq(pages.isTemplate, false)));
  const [first] = rows;
  if (!first) return;
  const { promotedById, categoryId } = first;
  const told = [...(await listWhoSee(db, categoryId, rows.map(({ authorId }) => authorId).filter((id) => id !== promotedById)))];
  if (told.length > 0) announceInboxes(await writeLineOnce(db, told, { kind: "credit", groupKey: `credit:${pageId}`, pageId, actorId: promotedById }));
}

/** Tells those who may let the draft through, but not whoever asked. */
export async function notifyOfReview({ pageId, actorId }: EventOf<"page.review-asked">): Promise<void> {
  const [page] = await db
    .select({ id: pages.id, categoryId: pages.categoryId, askedAt: pages.reviewAskedAt, askedById: pages.reviewAskedById })
    .from(pages)
    .where(and(eq(pages.id, pageId), isNotNull(pages.reviewAskedAt), isNull(pages.removedAt)));
  if (!page) return;
  const reviewers = (await listReviewers(db, page)).filter((id) => id !== actorId && id !== page.askedById);
  if (reviewers.length > 0) announceInboxes(await writeLineOnce(db, reviewers, { kind: "review", groupKey: `review:${pageId}`, pageId, actorId, since: page.askedAt }));
}

/** Reviewed by someone, the draft waits for nobody else. */
async function withdrawReview({ pageId }: { pageId: number }): Promise<void> {
  const gone = await db.execute<{ id: string }>(sql`
    delete from notifications line using pages page
    where page.id = ${pageId} and line.page_id = page.id and line.group_key = ${`review:${pageId}`} and line.read_at is null and page.review_asked_at is null
    returning line.member_id as id`);
  announceInboxes(gone.map(({ id }) => Number(id)));
}

/** Who changed a page, its place or its owner: what waits for review may have been settled, and who may see it may be others. */
export async function reviseOfPage({ pageId }: { pageId: number }): Promise<void> {
  await withdrawReview({ pageId });
  await recountPage({ pageId });
}

/** Each night: owners are told of pages whose verification has lapsed, once for each lapse. */
export const tellOverdue = defineJob({
  name: "notifications.tell-overdue",
  input: z.looseObject({}),
  maxAttempts: 5,
  async run() {
    const overdue = await db
      .select({ id: pages.id, ownerId: pages.ownerId, categoryId: pages.categoryId, until: pages.verifiedUntil })
      .from(pages)
      .where(and(isNotNull(pages.ownerId), isNotNull(pages.verifiedUntil), isNull(pages.removedAt), gt(pages.publishedRevision, 0), sql`${pages.verifiedUntil} < current_date`,
        sql`not exists (select from notifications old where old.member_id = ${pages.ownerId} and old.page_id = ${pages.id} and old.group_key = 'overdue:' || ${pages.id} || ':' || ${pages.verifiedUntil})`))
      .limit(5000);
    for (const { id, ownerId, categoryId, until } of overdue) {
      const seeing = await listWhoSee(db, categoryId, [ownerId!]);
      if (seeing.size > 0) announceInboxes(await writeLineOnce(db, [ownerId!], { kind: "review", groupKey: `overdue:${id}:${until}`, pageId: id, actorId: null }));
    }
  },
});
