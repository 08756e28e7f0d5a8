import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { ConflictError, InvalidInputError, nullIfMissing } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { enforce } from "#app/core/policy.ts";
import { readMember } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { momentIn } from "#app/core/zoned-time.ts";
import { db, type Tx } from "#db/client.ts";
import { articles, type Article } from "#db/schema/blogs.ts";
import { isShown, lockArticle, ofArticle, type AccessedArticle } from "./articles.ts";
import { accessBlogById } from "./blogs.ts";
import { canEditArticle, canRestoreArticle, canTakeBack } from "./policy.ts";

const FURTHEST_YEARS = 5;
const SWEEP_BATCH = 100;

/** Makes an article public now. Published already, it stays as it is, and nobody is told twice. */
export function publishArticle(actor: Member, articleId: number): Promise<AccessedArticle> {
  return db.transaction(async (tx) => {
    const article = await lockForState(tx, actor, articleId);
    if (article.state !== "published") await publishHeld(tx, article, actor.id);
    return article;
  });
}

/**
 * Makes it public at a moment that its author reads from the clocks of a zone. Set anew, the earlier wish is forgotten.
 *
 * @throws InvalidInputError for a moment that has passed, or is years away
 * @throws ConflictError when it is public already
 */
export function scheduleArticle(actor: Member, articleId: number, { at, zone }: { at: string; zone: string }): Promise<AccessedArticle> {
  return db.transaction(async (tx) => {
    const article = await lockForState(tx, actor, articleId);
    if (article.state === "published") throw new ConflictError("blogs.publishedAlready");
    const publishAt = momentIn(at, zone);
    if (publishAt.getTime() <= Date.now() || publishAt.getTime() > Date.now() + FURTHEST_YEARS * 31_556_952_000) throw new InvalidInputError("at", "blogs.mustBeInFuture");

    await tx.update(articles).set({ state: "scheduled", publishAt, publishZone: zone, scheduledById: actor.id }).where(eq(articles.id, articleId));
    const delaySeconds = Math.max(0, Math.ceil((publishAt.getTime() - Date.now()) / 1000)) + 1;
    await enqueue(tx, publishOnTime, { articleId }, { key: articleId, delaySeconds });
    return article;
  });
}

/** Takes the wish back. The job that is left finds nothing to do. */
export function unscheduleArticle(actor: Member, articleId: number): Promise<AccessedArticle> {
  return db.transaction(async (tx) => {
    const article = await lockForState(tx, actor, articleId);
    if (article.state === "scheduled") await tx.update(articles).set({ state: article.publishedAt ? "unpublished" : "draft", publishAt: null }).where(eq(articles.id, articleId));
    return article;
  });
}

/** Takes it out of readers' sight, with what they said about it; both come back when it is published again. */
export function unpublishArticle(actor: Member, articleId: number): Promise<AccessedArticle> {
  return db.transaction(async (tx) => {
    const article = await lockArticle(tx, actor, articleId);
    enforce(canTakeBack(actor, article.blog, article));
    if (article.removedAt) throw new ConflictError("blogs.restoreFirst");
    if (article.state !== "published") return article;

    await tx.update(articles).set({ state: "unpublished", publishAt: null }).where(eq(articles.id, articleId));
    await record(tx, { type: "article.hidden", ...ofArticle(article), actorId: actor.id });
    return article;
  });
}

/** Hides it from all but those who may bring it back. */
export function removeArticle(actor: Member, articleId: number, { reason }: { reason: string }): Promise<AccessedArticle> {
  return db.transaction(async (tx) => {
    const article = await lockArticle(tx, actor, articleId);
    enforce(canTakeBack(actor, article.blog, article));
    if (article.removedAt) return article;

    await tx.update(articles).set({ removedAt: sql`now()`, removedById: actor.id, removedReason: reason, previewTokenHash: null }).where(eq(articles.id, articleId));
    if (isShown(article)) await record(tx, { type: "article.hidden", ...ofArticle(article), actorId: actor.id });
    return article;
  });
}

/** Brings it back as it was. What was to be published while it was away waits for its author to say so again. */
export function restoreArticle(actor: Member, articleId: number): Promise<AccessedArticle> {
  return db.transaction(async (tx) => {
    const article = await lockArticle(tx, actor, articleId);
    enforce(canRestoreArticle(actor, article.blog, article));
    if (!article.removedAt) return article;

    const isOverdue = article.state === "scheduled" && article.publishAt! <= new Date();
    await tx
      .update(articles)
      .set({ removedAt: null, removedById: null, removedReason: "", ...(isOverdue && { state: article.publishedAt ? ("unpublished" as const) : ("draft" as const), publishAt: null }) })
      .where(eq(articles.id, articleId));
    if (article.state === "published") await record(tx, { type: "article.published", ...ofArticle(article), actorId: actor.id, isAgain: true });
    return article;
  });
}

/** Publishes one whose hour has come. The row itself says whether it has, so that two workers publish it once. */
export const publishOnTime = defineJob({
  name: "blogs.publish-on-time",
  input: z.object({ articleId: z.number() }),
  maxAttempts: 25,
  run: ({ articleId }) => publishIfDue(articleId),
});

/** Looks for any whose hour has passed unseen: a job may be lost with a restored backup, the row is not. */
export const publishOverdue = defineJob({
  name: "blogs.publish-overdue",
  input: z.looseObject({}),
  maxAttempts: 3,
  async run() {
    const due = await db
      .select({ id: articles.id })
      .from(articles)
      .where(and(eq(articles.state, "scheduled"), isNull(articles.removedAt), lte(articles.publishAt, sql`now()`)))
      .orderBy(asc(articles.publishAt))
      .limit(SWEEP_BATCH);
    for (const { id } of due) await publishIfDue(id);
  },
});

function publishIfDue(articleId: number): Promise<void> {
  return db.transaction(async (tx) => {
    const [due] = await tx
      .select()
      .from(articles)
      .where(and(eq(articles.id, articleId), eq(articles.state, "scheduled"), isNull(articles.removedAt), lte(articles.publishAt, sql`now()`)))
      .for("update");
    if (!due) return;
    if (await mayStillPublish(tx, due)) await publishHeld(tx, due, due.authorId);
    else await holdBack(tx, due);
  });
}

/** Whoever said when it should come out may have lost the right to say so. */
async function mayStillPublish(tx: Tx, article: Article): Promise<boolean> {
  const scheduler = await readMember(article.scheduledById ?? article.authorId);
  const blog = scheduler && (await accessBlogById(tx, scheduler, article.blogId).catch(nullIfMissing));
  return !!blog && canEditArticle(scheduler, blog, article).allowed;
}

/** It waits, unpublished, for somebody who may publish it. */
async function holdBack(tx: Tx, article: Article): Promise<void> {
  await tx.update(articles).set({ state: article.publishedAt ? "unpublished" : "draft", publishAt: null, updatedAt: sql`now()` }).where(eq(articles.id, article.id));
  await record(tx, { type: "article.held", ...ofArticle(article), actorId: article.scheduledById ?? article.authorId });
}

/** Of an article whose row is held. */
async function publishHeld(tx: Tx, article: Article, actorId: number): Promise<void> {
  await tx
    .update(articles)
    // A link that was private must not go on to work beside the public one.
    .set({ state: "published", publishedAt: sql`coalesce(${articles.publishedAt}, now())`, publishAt: null, previewTokenHash: null })
    .where(eq(articles.id, article.id));
  await record(tx, { type: "article.published", ...ofArticle(article), actorId, isAgain: article.publishedAt !== null });
}

async function lockForState(tx: Tx, actor: Member, articleId: number): Promise<AccessedArticle> {
  const article = await lockArticle(tx, actor, articleId);
  enforce(canEditArticle(actor, article.blog, article));
  if (article.removedAt) throw new ConflictError("blogs.restoreFirst");
  return article;
}
