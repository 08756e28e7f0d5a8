import { and, eq, inArray, notInArray, or, sql } from "drizzle-orm";
import { filesIn, mentionsIn } from "#app/core/rich-text.ts";
import type { Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { files, postFiles } from "#db/schema/files.ts";
import { postMentions } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";

/** The most people one post calls. Names beyond it stay words. */
const MAX_MENTIONS = 50;

/**
 * Keeps whom a post names and which files it shows, as its text says now. A file joins only when it is the writer's own
 * or was in the post before: a guessed key gives nobody the sight of another's file.
 */
export async function writePostLinks(tx: Tx, writerId: number, postId: number, body: RichText, before?: RichText): Promise<void> {
  const names = mentionsIn(body).slice(0, MAX_MENTIONS).map((name) => name.toLowerCase());
  const keys = filesIn(body);
  if (names.length > 0 || (before && mentionsIn(before).length > 0)) await writeMentions(tx, postId, names);
  if (keys.length > 0 || (before && filesIn(before).length > 0)) await writeFiles(tx, writerId, postId, keys);
}

async function writeMentions(tx: Tx, postId: number, names: string[]): Promise<void> {
  const named = names.length === 0 ? [] : await tx.select({ id: members.id }).from(members).where(inArray(sql`lower(${members.username})`, names));
  const ids = named.map(({ id }) => id);
  await tx.delete(postMentions).where(and(eq(postMentions.postId, postId), ids.length > 0 ? notInArray(postMentions.memberId, ids) : undefined));
  if (ids.length > 0) await tx.insert(postMentions).values(ids.map((memberId) => ({ postId, memberId }))).onConflictDoNothing();
}

async function writeFiles(tx: Tx, writerId: number, postId: number, keys: string[]): Promise<void> {
  const shownBefore = tx.select({ id: postFiles.fileId }).from(postFiles).where(eq(postFiles.postId, postId));
  const allowed = keys.length === 0 ? [] : await tx
    .select({ id: files.id })
    .from(files)
    .where(and(inArray(files.storageKey, keys), or(eq(files.ownerId, writerId), inArray(files.id, shownBefore))));
  const ids = allowed.map(({ id }) => id);
  await tx.delete(postFiles).where(and(eq(postFiles.postId, postId), ids.length > 0 ? notInArray(postFiles.fileId, ids) : undefined));
  if (ids.length > 0) await tx.insert(postFiles).values(ids.map((fileId) => ({ postId, fileId }))).onConflictDoNothing();
}
