import { randomBytes } from "node:crypto";
import { and, eq, isNull, ne } from "drizzle-orm";
import { ConflictError, NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import { hashToken } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { articleFiles, articles, blogs, type Article } from "#db/schema/blogs.ts";
import { files } from "#db/schema/files.ts";
import { lockArticle } from "./articles.ts";
import { canEditArticle } from "./policy.ts";

/**
 * Makes the secret of a preview: whoever has it reads the article before it is public. An earlier one ends with that.
 *
 * @throws ConflictError when the article is public, and needs none
 */
export function makePreview(actor: Member, articleId: number): Promise<{ token: string; blog: string }> {
  return db.transaction(async (tx) => {
    const article = await lockArticle(tx, actor, articleId);
    enforce(canEditArticle(actor, article.blog, article));
    if (article.removedAt) throw new ConflictError("blogs.restoreFirst");
    if (article.state === "published") throw new ConflictError("blogs.publishedAlready");
    const token = randomBytes(24).toString("base64url");

    await tx.update(articles).set({ previewTokenHash: hashToken(token) }).where(eq(articles.id, articleId));
    return { token, blog: article.blog.slug };
  });
}

export function dropPreview(actor: Member, articleId: number): Promise<void> {
  return db.transaction(async (tx) => {
    const article = await lockArticle(tx, actor, articleId);
    enforce(canEditArticle(actor, article.blog, article));

    await tx.update(articles).set({ previewTokenHash: null }).where(eq(articles.id, articleId));
  });
}

/** What a preview's address shows, to anybody. @throws NotFoundError once it was renewed, ended, or the article published or removed */
export async function readPreview(on: Executor, blog: string, token: string): Promise<Article & { blog: { slug: string; name: string } }> {
  const [row] = await on
    .select({ article: articles, blog: { slug: blogs.slug, name: blogs.name } })
    .from(articles)
    .innerJoin(blogs, eq(blogs.id, articles.blogId))
    .where(and(eq(articles.previewTokenHash, hashToken(token)), eq(blogs.slug, blog), ne(articles.state, "published"), isNull(articles.removedAt)));
  if (!row) throw new NotFoundError("preview");
  return { ...row.article, blog: row.blog };
}

/** A file that a preview shows. @throws NotFoundError as readPreview does, and for a file it does not show */
export async function readPreviewFile(on: Executor, blog: string, token: string, key: string) {
  const { id } = await readPreview(on, blog, token);
  const [row] = await on.select({ file: files }).from(files).innerJoin(articleFiles, eq(articleFiles.fileId, files.id)).where(and(eq(articleFiles.articleId, id), eq(files.storageKey, key)));
  if (!row) throw new NotFoundError("file");
  return row.file;
}
