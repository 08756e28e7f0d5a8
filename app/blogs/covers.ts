import { eq, sql } from "drizzle-orm";
import { ConflictError, InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import type { Upload } from "#app/core/files/receive-upload.ts";
import { storeImage } from "#app/core/files/files.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { articleFiles, articles, type Article } from "#db/schema/blogs.ts";
import { files } from "#db/schema/files.ts";
import { accessArticle, isShown, lockArticle, ofArticle } from "./articles.ts";
import { canEditArticle } from "./policy.ts";

/** The key of its cover as the form has it; empty for none. */
export async function readCoverKey(on: Executor, { coverFileId }: Pick<Article, "coverFileId">): Promise<string> {
  if (coverFileId === null) return "";
  const [file] = await on.select({ key: files.storageKey }).from(files).where(eq(files.id, coverFileId));
  return file?.key ?? "";
}

/**
 * Gives an article a picture that was sent alone, by a browser without scripts. No revision: its words stay.
 *
 * @throws InvalidInputError for no picture, or one that says nothing to who cannot see it
 */
export async function sendCover(actor: Member, articleId: number, { name, bytes, fields }: Upload): Promise<void> {
  const alt = (fields.alt ?? "").replace(/\p{Cc}/gu, " ").trim().slice(0, 300);
  if (alt === "") throw new InvalidInputError("coverAlt", "blogs.altNeeded");
  // Asked before the work of the picture is done, and again when the row is held.
  const seen = await accessArticle(db, actor, articleId);
  enforce(canEditArticle(actor, seen.blog, seen));
  const file = await storeImage(actor, { name, bytes }, "post");
  await db.transaction(async (tx) => {
    const article = await lockArticle(tx, actor, articleId);
    enforce(canEditArticle(actor, article.blog, article));
    if (article.removedAt) throw new ConflictError("blogs.restoreFirst");

    await tx.update(articles).set({ coverFileId: file.id, coverAlt: alt, updatedAt: sql`now()` }).where(eq(articles.id, articleId));
    await tx.insert(articleFiles).values({ articleId, fileId: file.id }).onConflictDoNothing();
    if (isShown(article)) await record(tx, { type: "article.edited", ...ofArticle(article), actorId: actor.id });
  });
}
