import { and, desc, eq, lt } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articleRevisions, type Article } from "#db/schema/blogs.ts";
import type { RichText } from "#db/schema/rich-text.ts";

/** Who saved an article the viewer has been given, the latest first: each save made revision number `revision`. */
export async function listSaves(on: Executor, articleId: number, { before = 2 ** 31 - 1, limit = 50 } = {}) {
  const rows = await on
    .select({ revision: articleRevisions.revision, at: articleRevisions.createdAt, by: { username: members.username, name: members.name, avatarFileId: members.avatarFileId } })
    .from(articleRevisions)
    .innerJoin(members, eq(members.id, articleRevisions.editorId))
    .where(and(eq(articleRevisions.articleId, articleId), lt(articleRevisions.revision, before)))
    .orderBy(desc(articleRevisions.revision))
    .limit(limit);
  return rows.map((row) => ({ ...row, revision: row.revision + 1 }));
}

/** One state of its words. @throws NotFoundError when it never had so many */
export async function readArticleRevision(on: Executor, article: Pick<Article, "id" | "revision" | "title" | "body" | "bodyText">, number: number): Promise<{ title: string; body: RichText; bodyText: string }> {
  if (number === article.revision) return article;
  const [row] = await on
    .select({ title: articleRevisions.title, body: articleRevisions.body, bodyText: articleRevisions.bodyText })
    .from(articleRevisions)
    .where(and(eq(articleRevisions.articleId, article.id), eq(articleRevisions.revision, number)));
  if (!row) throw new NotFoundError("revision");
  return row;
}
