import { and, eq, inArray, isNull } from "drizzle-orm";
import { topicPath } from "#app/core/knowledge-paths.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor, Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { pageSources } from "#db/schema/wikis.ts";
import { listSourceRows } from "../sources.ts";
import type { MadeFrom } from "./page-file.ts";

/** A page's credits for its file, as far as the viewer sees what they name. Each answer taken along stands for itself. */
export async function readMadeFrom(on: Executor, viewer: Viewer, pageId: number): Promise<MadeFrom[]> {
  return (await listSourceRows(on, viewer, pageId)).flatMap((row): MadeFrom[] => {
    if (row.title !== null) return [{ title: row.title, link: null, authors: row.authors ?? [] }];
    if (row.topicId === null || row.number === null) return [];
    return [{ title: row.topicTitle!, link: topicPath({ slug: row.slug!, id: row.topicId }, row.postId === null ? undefined : row.number), authors: [row.username!] }];
  });
}

/**
 * Gives a page that came in from a file its credits again: linked where the talk is here, and is that very talk, else in
 * words. In another community the same number is another topic, so title and author must be right, too.
 */
export async function restoreCredits(tx: Tx, importer: Member, pageId: number, madeFrom: MadeFrom[]): Promise<void> {
  for (const { title, link, authors } of madeFrom) {
    const here = await findHere(tx, importer, { title, link, authors });
    await tx.insert(pageSources).values({ pageId, promotedById: importer.id, ...(here ?? { title, authors }) });
  }
}

async function findHere(tx: Tx, importer: Member, { title, link, authors }: MadeFrom): Promise<{ topicId: number; postId: number | null } | null> {
  const [, topicId, number] = /^\/t\/[^/]+\/([1-9]\d{0,14})(?:\/([1-9]\d{0,8}))?$/.exec(link ?? "") ?? [];
  if (!topicId) return null;
  const [post] = await tx
    .select({ id: posts.id, title: topics.title, author: members.username })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(and(eq(topics.id, Number(topicId)), eq(posts.number, Number(number ?? 1)), isNull(topics.removedAt), isNull(posts.removedAt), inArray(topics.categoryId, visibleCategoryIds(importer))));
  if (!post || post.title !== title || !authors.includes(post.author)) return null;
  return { topicId: Number(topicId), postId: number ? post.id : null };
}
