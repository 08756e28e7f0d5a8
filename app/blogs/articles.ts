import { eq, getTableColumns, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { isModeratorOf, type Member, type Viewer } from "#app/core/viewer.ts";
import type { Executor, Tx } from "#db/client.ts";
import { articles, type Article } from "#db/schema/blogs.ts";
import { accessBlogById, type AccessedBlog } from "./blogs.ts";
import { canRestoreArticle, seesUnpublished } from "./policy.ts";

/** An article with its blog and what this viewer may do there. */
export type AccessedArticle = Article & { blog: AccessedBlog };

/**
 * The only way to get an article for a viewer. Readers get published ones; its author and those who edit the blog get
 * it in every state, and of removed ones only who may bring them back.
 *
 * @throws NotFoundError when there is none for them
 */
export async function accessArticle(on: Executor, viewer: Viewer, articleId: number): Promise<AccessedArticle> {
  const [article] = await on.select(getTableColumns(articles)).from(articles).where(eq(articles.id, articleId));
  if (!article) throw new NotFoundError("article");
  const blog = await accessBlogById(on, viewer, article.blogId);
  if (article.removedAt ? !maySeeRemoved(viewer, blog, article) : article.state !== "published" && !seesUnpublished(viewer, blog, article)) throw new NotFoundError("article");
  return { ...article, blog };
}

/** For a command that changes it: its row is held first, so that acts on one article come in turn. @throws as accessArticle */
export async function lockArticle(tx: Tx, actor: Member, articleId: number): Promise<AccessedArticle> {
  await tx.select({ id: articles.id }).from(articles).where(eq(articles.id, articleId)).for("update");
  return accessArticle(tx, actor, articleId);
}

/** What events about an article begin with. */
export function ofArticle({ id, blogId, categoryId }: Pick<Article, "id" | "blogId" | "categoryId">) {
  return { articleId: id, blogId, categoryId };
}

export function isShown({ state, removedAt }: Pick<Article, "state" | "removedAt">): boolean {
  return state === "published" && removedAt === null;
}

/** Where it is read from again after a moderator's eyes: whoever took it away themselves, and those who keep order. */
function maySeeRemoved(viewer: Viewer, blog: AccessedBlog, article: Article): boolean {
  return isModeratorOf(viewer, blog.divisionId) || canRestoreArticle(viewer, blog, article).allowed;
}

/** So many published articles that a blog shows. */
export function countPublished(on: Executor, blogId: number): Promise<number> {
  return on.$count(articles, sql`blog_id = ${blogId} and state = 'published' and removed_at is null`);
}
