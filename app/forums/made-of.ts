import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { pagePath } from "#app/core/knowledge-paths.ts";
import { canTakePart } from "#app/core/taking-part.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { ASKING, rightsAt, seeingOf, visibleCategoryIds } from "#app/core/visibility.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { pages, pageSources, wikis } from "#db/schema/wikis.ts";

/** A page of a wiki in which what was said is kept true from now on. */
export type MadePage = { title: string; path: string; wiki: string };

/** The pages made of a topic or of posts of it, as far as the viewer may see them, with the post each was made of; null for the topic as a whole. */
export async function listPagesMadeOf(on: Executor, viewer: Viewer, topicId: number): Promise<(MadePage & { postId: number | null })[]> {
  const rows = await on
    .selectDistinct({ id: pages.id, postId: pageSources.postId, slug: pages.slug, title: pages.title, wiki: wikis.slug, wikiName: wikis.name })
    .from(pageSources)
    .innerJoin(pages, eq(pages.id, pageSources.pageId))
    .innerJoin(wikis, eq(wikis.id, pages.wikiId))
    .where(and(eq(pageSources.topicId, topicId), inArray(pages.categoryId, visibleCategoryIds(viewer)), isNull(pages.removedAt), gt(pages.publishedRevision, 0), eq(pages.isTemplate, false)))
    .orderBy(asc(pages.id))
    .limit(50);
  return rows.map(({ id, postId, slug, title, wiki, wikiName }) => ({ title, path: pagePath({ wiki, slug, id }), wiki: wikiName, postId }));
}

/** Each page once, however many posts of the topic went into it. */
export function eachOnce(made: MadePage[]): MadePage[] {
  return [...new Map(made.map(({ title, path, wiki }) => [path, { title, path, wiki }])).values()];
}

/** Whether there is a wiki in which the viewer may write a page of what they read. */
export async function mayMakePages(on: Executor, viewer: Viewer): Promise<boolean> {
  if (!canTakePart(viewer).allowed) return false;
  return (await writableWiki(on, seeingOf(viewer))).length > 0;
}

const writableWiki = prepared(() => {
  const rights = rightsAt(wikis.categoryId, ASKING);
  return db
    .select({ one: sql<number>`1` })
    .from(wikis)
    .innerJoinLateral(rights, eq(rights.level, "create"))
    .limit(1);
});
