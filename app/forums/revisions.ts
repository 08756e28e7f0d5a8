import { and, asc, eq, lt } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { postRevisions, type Post } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";


/** A change of a post: it made revision number `revision`. */
export type Edit = { revision: number; by: { username: string; name: string; avatarFileId: number | null }; reason: string; at: Date };

/** Who changed a post the viewer has been given, the latest change first. */
export async function listEdits(on: Executor, postId: number, { before = 2 ** 31 - 1, limit = 50 } = {}): Promise<Edit[]> {
  const rows = await on
    .select({ revision: postRevisions.revision, reason: postRevisions.reason, at: postRevisions.createdAt, by: { username: members.username, name: members.name, avatarFileId: members.avatarFileId } })
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
export async function readRevision(on: Executor, post: Pick<Post, "id" | "revision" | "body" | "bodyText">, number: number, titleNow: string | null): Promise<{ title: string | null; body: RichText; bodyText: string }> {
  if (number === post.revision) return { title: titleNow, body: post.body, bodyText: post.bodyText };
  const [row] = await on
    .select({ title: postRevisions.title, body: postRevisions.body, bodyText: postRevisions.bodyText })
    .from(postRevisions)
    .where(and(eq(postRevisions.postId, post.id), eq(postRevisions.revision, number)));
  if (!row) throw new NotFoundError("revision");
  return row;
}
