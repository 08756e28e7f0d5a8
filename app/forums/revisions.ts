import { and, asc, eq, lt, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { postRevisions, type Post } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";


/** A change of a post: it made revision number `revision`. */
export type Edit = { revision: number; /** The version before it was erased. */ isErased: boolean; by: { username: string; name: string; avatarFileId: number | null }; reason: string; at: Date };

/** Who changed a post the viewer has been given, the latest change first. */
export async function listEdits(on: Executor, postId: number, { before = 2 ** 31 - 1, limit = 50 } = {}): Promise<Edit[]> {
  const rows = await on
    .select({ revision: postRevisions.revision, reason: postRevisions.reason, at: postRevisions.createdAt, isErased: sql<boolean>`${postRevisions.purgedAt} is not null`, by: { username: members.username, name: members.name, avatarFileId: members.avatarFileId } })
    .from(postRevisions)
    .innerJoin(members, eq(members.id, postRevisions.editorId))
    .where(and(eq(postRevisions.postId, postId), lt(postRevisions.revision, before)))
    .orderBy(asc(postRevisions.revision))
    .limit(limit);
  return rows.map((row) => ({ ...row, revision: row.revision + 1 })).toReversed();
}

/**
 * One state of a post the viewer has been given.
 *
 * @throws NotFoundError when it never had so many
 */
export async function readRevision(on: Executor, post: Pick<Post, "id" | "revision" | "body" | "bodyText">, number: number, titleNow: string | null): Promise<{ title: string | null; body: RichText; bodyText: string; /** Since when none of it is there any more. */ erased: { at: Date; reason: string } | null }> {
  if (number === post.revision) return { title: titleNow, body: post.body, bodyText: post.bodyText, erased: null };
  const [row] = await on
    .select({ title: postRevisions.title, body: postRevisions.body, bodyText: postRevisions.bodyText, purgedAt: postRevisions.purgedAt, purgedReason: postRevisions.purgedReason })
    .from(postRevisions)
    .where(and(eq(postRevisions.postId, post.id), eq(postRevisions.revision, number)));
  if (!row) throw new NotFoundError("revision");
  const { purgedAt, purgedReason, ...words } = row;
  return { ...words, erased: purgedAt && { at: purgedAt, reason: purgedReason } };
}
