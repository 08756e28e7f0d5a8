import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { db, type Executor } from "#db/client.ts";
import { articleFiles, articles } from "#db/schema/blogs.ts";
import { files, postFiles } from "#db/schema/files.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { pageFiles, pageRevisions, pages } from "#db/schema/wikis.ts";
import { NotFoundError } from "../errors.ts";
import { isSiteModerator, type Member, type Viewer } from "../viewer.ts";
import { rightsOf, visibleCategoryIds } from "../visibility.ts";
import { cleanImage, type ImagePurpose } from "./clean-image.ts";
import type { Upload } from "./receive-upload.ts";
import { deleteFile, putFile } from "./store.ts";

export type StoredFile = typeof files.$inferSelect;

/**
 * Cleans an image and keeps it as its owner's. A picture for a post is seen by nobody else until a post shows it; an
 * avatar and a cover are everybody's to see.
 *
 * @throws InvalidInputError when it is no image we take
 * @throws StorageFullError when there is no room for it
 */
export async function storeImage(owner: Member, { name, bytes }: Pick<Upload, "name" | "bytes">, purpose: ImagePurpose, signal?: AbortSignal): Promise<StoredFile> {
  const { parts, ...image } = await cleanImage(bytes, purpose);
  signal?.throwIfAborted();
  const storageKey = randomBytes(16).toString("base64url");
  const kept = Object.values(parts).reduce((sum, part) => sum + part.length, 0);
  await putFile(storageKey, parts);
  try {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const [file] = await db.insert(files).values({ ...image, ownerId: owner.id, storageKey, name, bytes: kept, sha256, purpose }).returning();
    return file!;
  } catch (error) {
    await deleteFile(storageKey);
    throw error;
  }
}

/**
 * The only way to get a file for a viewer: their own, or shown by a post, an article or a page they may see, or by the
 * draft of a page they may edit.
 *
 * @throws NotFoundError when there is none, or none that they may see
 */
export async function accessFile(on: Executor, viewer: Viewer, storageKey: string): Promise<StoredFile> {
  const [file] = await on.select().from(files).where(and(eq(files.storageKey, storageKey), eq(files.purpose, "post")));
  if (!file) throw new NotFoundError("file");
  if (viewer.kind === "member" && viewer.id === file.ownerId) return file;
  for (const shown of [shownByPost, shownByArticle, shownByPage, ...(viewer.kind === "member" ? [shownByDraft] : [])]) {
    const [one] = await shown(on, viewer, file).limit(1);
    if (one) return file;
  }
  throw new NotFoundError("file");
}

function shownByPost(on: Executor, viewer: Viewer, { id: fileId }: StoredFile) {
  return on
    .select({ one: sql`1` })
    .from(postFiles)
    .innerJoin(posts, eq(posts.id, postFiles.postId))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(
      and(
        eq(postFiles.fileId, fileId),
        inArray(topics.categoryId, visibleCategoryIds(viewer)),
        isSiteModerator(viewer) ? undefined : and(isNull(posts.removedAt), isNull(topics.removedAt)),
      ),
    );
}

/** In a draft it is its owner's alone. */
function shownByArticle(on: Executor, viewer: Viewer, { id: fileId }: StoredFile) {
  return on
    .select({ one: sql`1` })
    .from(articleFiles)
    .innerJoin(articles, eq(articles.id, articleFiles.articleId))
    .where(and(eq(articleFiles.fileId, fileId), eq(articles.state, "published"), isNull(articles.removedAt), inArray(articles.categoryId, visibleCategoryIds(viewer))));
}

function shownByPage(on: Executor, viewer: Viewer, { id: fileId }: StoredFile) {
  return on
    .select({ one: sql`1` })
    .from(pageFiles)
    .innerJoin(pages, eq(pages.id, pageFiles.pageId))
    .where(and(eq(pageFiles.fileId, fileId), gt(pages.publishedRevision, 0), isNull(pages.removedAt), inArray(pages.categoryId, visibleCategoryIds(viewer))));
}

/**
 * Those who write a page see what its drafts would show: pictures of those who wrote it, and of what it was made from. So
 * a reviewer sees what is to be reviewed. Who guesses a key and writes it into a draft is not the picture's owner.
 */
function shownByDraft(on: Executor, viewer: Viewer, { id, ownerId, storageKey }: StoredFile) {
  const rights = rightsOf(viewer);
  const writes = on.select({ id: rights.categoryId }).from(rights).where(eq(rights.level, "create"));
  const written = on.select({ id: pageRevisions.pageId }).from(pageRevisions).where(eq(pageRevisions.editorId, ownerId));
  const held = on.select({ id: pageFiles.pageId }).from(pageFiles).where(eq(pageFiles.fileId, id));
  return on
    .select({ one: sql`1` })
    .from(pages)
    .innerJoin(pageRevisions, and(eq(pageRevisions.pageId, pages.id), gt(pageRevisions.revision, pages.publishedRevision), isNull(pageRevisions.removedAt)))
    .where(and(or(inArray(pages.id, written), inArray(pages.id, held)), gt(pages.revision, pages.publishedRevision), isNull(pages.removedAt), inArray(pages.categoryId, writes), sql`strpos(${pageRevisions.body}::text, ${storageKey}) > 0`));
}

/** @throws NotFoundError when there is no such picture of a member */
export async function readMemberPicture(on: Executor, fileId: number, purpose: "avatar" | "cover"): Promise<StoredFile> {
  const [file] = await on.select().from(files).where(and(eq(files.id, fileId), eq(files.purpose, purpose)));
  if (!file) throw new NotFoundError("file");
  return file;
}
