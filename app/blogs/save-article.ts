import { and, eq, inArray, notInArray, or, sql } from "drizzle-orm";
import { ConflictError, InvalidInputError } from "#app/core/errors.ts";
import { discardDraft } from "#app/core/drafts.ts";
import { record } from "#app/core/events.ts";
import { once } from "#app/core/idempotency.ts";
import { withKnownMentions } from "#app/core/known-mentions.ts";
import { enforce } from "#app/core/policy.ts";
import { holdQuotes, withTrueQuotes } from "#app/core/quotes.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { quotedPostsIn } from "#app/core/rich-text.ts";
import { filesIn } from "#app/core/rich-text.ts";
import { slugOf } from "#app/core/slug.ts";
import { meantTagIds } from "#app/core/tags.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { articleFiles, articleRevisions, articles, articleTags, type Article } from "#db/schema/blogs.ts";
import { files } from "#db/schema/files.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { isShown, lockArticle, ofArticle } from "./articles.ts";
import { accessBlog } from "./blogs.ts";
import type { ArticleInput, EditArticleInput } from "./inputs.ts";
import { canEditArticle, canWriteIn } from "./policy.ts";
import { meantSeries } from "./series.ts";
import { countWords, firstWords } from "./words.ts";

/**
 * Begins an article, as a draft that nobody else reads.
 *
 * @throws NotFoundError when the author may not see the blog
 * @throws ForbiddenError when they may see it but not write in it, with the reason
 */
export function createArticle(author: Member, blogSlug: string, { key, draftId, knowsReaders = false, ...input }: ArticleInput): Promise<{ id: number; slug: string; blog: string }> {
  return db.transaction((tx) =>
    once(tx, author.id, key, { blogSlug, ...input }, async () => {
      const blog = await accessBlog(tx, author, blogSlug);
      enforce(canWriteIn(author, blog));
      const body = await withTrueQuotes(tx, author, input.body, { categoryId: blog.categoryId, knowsReaders });
      const values = await valuesOf(tx, author.id, blog.id, { ...input, body }, null);

      const [article] = await tx.insert(articles).values({ ...values, blogId: blog.id, categoryId: blog.categoryId, authorId: author.id }).returning();
      await setTags(tx, article!.id, input.tags);
      await setFiles(tx, author.id, article!, null);
      if (draftId) await discardDraft(tx, author, `article-new:${blog.id}`, draftId);
      return { id: article!.id, slug: article!.slug, blog: blog.slug };
    }),
  );
}

/**
 * Saves an article; what it said before is kept as a revision.
 *
 * @throws ConflictError when it was saved by someone else after the writer began: nothing is changed, and both texts are shown
 */
export function saveArticle(actor: Member, articleId: number, { draftId, revision, knowsReaders = false, ...input }: Omit<EditArticleInput, "key">): Promise<{ id: number; slug: string; blog: string }> {
  return db.transaction(async (tx) => {
    if (quotedPostsIn(input.body).length > 0) await holdQuotes(tx);
    const article = await lockArticle(tx, actor, articleId);
    enforce(canEditArticle(actor, article.blog, article));
    if (article.removedAt) throw new ConflictError("blogs.restoreFirst");
    if (article.revision !== revision) throw new ConflictError("blogs.savedMeanwhile");
    const body = await withTrueQuotes(tx, actor, input.body, { categoryId: article.categoryId, knowsReaders, before: article.body });
    const values = await valuesOf(tx, actor.id, article.blogId, { ...input, body }, article);
    await keepRevision(tx, actor, article);

    const [saved] = await tx
      .update(articles)
      .set({ ...values, revision: sql`${articles.revision} + 1`, updatedAt: sql`now()`, editedAt: isShown(article) ? sql`now()` : article.editedAt })
      .where(eq(articles.id, articleId))
      .returning();
    await setTags(tx, articleId, input.tags);
    await setFiles(tx, actor.id, saved!, article);
    if (draftId) await discardDraft(tx, actor, `article-edit:${articleId}`, draftId);

    if (isShown(article)) await record(tx, { type: "article.edited", ...ofArticle(article), actorId: actor.id });
    return { id: articleId, slug: saved!.slug, blog: article.blog.slug };
  });
}

/**
 * Puts words of an earlier revision in place of those of now, which become a revision themselves.
 *
 * @throws InvalidInputError at `knowsReaders` when they quote what fewer people may read, and those of now do not
 */
export function restoreWords(actor: Member, articleId: number, { revision, title, body: said, knowsReaders = false }: { revision: number; title: string; body: RichText; knowsReaders?: boolean }): Promise<void> {
  return db.transaction(async (tx) => {
    if (quotedPostsIn(said).length > 0) await holdQuotes(tx);
    const article = await lockArticle(tx, actor, articleId);
    enforce(canEditArticle(actor, article.blog, article));
    if (article.removedAt) throw new ConflictError("blogs.restoreFirst");
    if (article.revision !== revision) throw new ConflictError("blogs.savedMeanwhile");
    const body = await withTrueQuotes(tx, actor, said, { categoryId: article.categoryId, knowsReaders, before: article.body });
    const words = await wordsOf(tx, { title, body, excerpt: article.isOwnExcerpt ? article.excerpt : "" });
    await keepRevision(tx, actor, article);

    const [saved] = await tx.update(articles).set({ ...words, revision: sql`${articles.revision} + 1`, updatedAt: sql`now()`, editedAt: isShown(article) ? sql`now()` : article.editedAt }).where(eq(articles.id, articleId)).returning();
    await setFiles(tx, actor.id, saved!, article);

    if (isShown(article)) await record(tx, { type: "article.edited", ...ofArticle(article), actorId: actor.id });
  });
}

async function keepRevision(tx: Tx, actor: Member, { id: articleId, revision, title, body, bodyText }: Article): Promise<void> {
  await tx.insert(articleRevisions).values({ articleId, revision, title, body, bodyText, editorId: actor.id });
}

type Written = Omit<ArticleInput, "key" | "draftId" | "knowsReaders">;

async function valuesOf(tx: Tx, writerId: number, blogId: number, { cover, coverAlt, series, part, canonicalUrl, takesComments, ...input }: Written, before: Article | null) {
  const coverFileId = cover ? await coverOf(tx, writerId, cover, before?.coverFileId ?? null) : null;
  const seriesId = series ? await meantSeries(tx, blogId, series) : null;
  return {
    ...(await wordsOf(tx, input)),
    coverFileId, coverAlt: coverFileId ? coverAlt : "", seriesId, seriesPart: seriesId ? part : null, canonicalUrl,
    commentsClosedAt: takesComments ? null : (before?.commentsClosedAt ?? new Date()),
  };
}

async function wordsOf(tx: Tx, { title, body: written, excerpt }: { title: string; body: RichText; excerpt: string }) {
  const rendered = renderedBody(await withKnownMentions(tx, written));
  return { title, slug: slugOf(title, "article"), ...rendered, wordCount: countWords(rendered.bodyText), excerpt: excerpt || firstWords(rendered.bodyText), isOwnExcerpt: excerpt !== "" };
}

/** A picture of the writer's own, or the one it had: a guessed key gives nobody the sight of another's file. */
async function coverOf(tx: Tx, writerId: number, key: string, beforeId: number | null): Promise<number> {
  const [file] = await tx.select({ id: files.id, ownerId: files.ownerId }).from(files).where(and(eq(files.storageKey, key), eq(files.purpose, "post")));
  if (!file || (file.ownerId !== writerId && file.id !== beforeId)) throw new InvalidInputError("cover", "blogs.noSuchPicture");
  return file.id;
}

async function setTags(tx: Tx, articleId: number, slugs: string[]): Promise<void> {
  const ids = await meantTagIds(tx, slugs);
  await tx.delete(articleTags).where(and(eq(articleTags.articleId, articleId), ids.length > 0 ? notInArray(articleTags.tagId, ids) : undefined));
  if (ids.length > 0) await tx.insert(articleTags).values(ids.map((tagId) => ({ articleId, tagId }))).onConflictDoNothing();
}

/** Keeps which files it shows: those of its text, of the writer's own or shown before, and its cover. */
async function setFiles(tx: Tx, writerId: number, { id: articleId, body, coverFileId }: Article, before: Article | null): Promise<void> {
  const keys = filesIn(body);
  const shownBefore = tx.select({ id: articleFiles.fileId }).from(articleFiles).where(eq(articleFiles.articleId, articleId));
  const found = keys.length === 0 ? [] : await tx.select({ id: files.id }).from(files).where(and(inArray(files.storageKey, keys), or(eq(files.ownerId, writerId), inArray(files.id, shownBefore), before?.coverFileId ? eq(files.id, before.coverFileId) : undefined)));
  const ids = [...new Set([...found.map(({ id }) => id), ...(coverFileId ? [coverFileId] : [])])];
  await tx.delete(articleFiles).where(and(eq(articleFiles.articleId, articleId), ids.length > 0 ? notInArray(articleFiles.fileId, ids) : undefined));
  if (ids.length > 0) await tx.insert(articleFiles).values(ids.map((fileId) => ({ articleId, fileId }))).onConflictDoNothing();
}
