import { and, asc, desc, eq, gt, ilike, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { isModeratorOf, type Viewer } from "#app/core/viewer.ts";
import { rightsOf, visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { pageLinks, pages } from "#db/schema/wikis.ts";
import type { AccessedWiki } from "./wikis.ts";

const shown = { id: pages.id, slug: pages.slug, title: pages.title };

/** What of a wiki's pages readers see, as far as this viewer is one of them. */
function published(viewer: Viewer) {
  return and(gt(pages.publishedRevision, 0), isNull(pages.removedAt), inArray(pages.categoryId, visibleCategoryIds(viewer)));
}

/** The pages that lead to a page, as far as the viewer sees them, by id. */
export async function listBacklinks(on: Executor, viewer: Viewer, pageId: number, { after = 0, limit = 50 } = {}) {
  return on.select(shown).from(pageLinks).innerJoin(pages, eq(pages.id, pageLinks.pageId)).where(and(eq(pageLinks.targetId, pageId), gt(pages.id, after), published(viewer))).orderBy(asc(pages.id)).limit(limit);
}

/** Titles that pages wish for and none has, with how many wish for each and one that does. Only wishes that the viewer reads. */
export async function listWanted(on: Executor, viewer: Viewer, wikiId: number, { limit = 100 } = {}) {
  return on
    .select({ title: sql<string>`min(${pageLinks.wantedTitle})`, count: sql<number>`count(*)::int`, by: sql<{ id: number; slug: string; title: string }>`(array_agg(json_build_object('id', ${pages.id}, 'slug', ${pages.slug}, 'title', ${pages.title}) order by ${pages.id}))[1]` })
    .from(pageLinks)
    .innerJoin(pages, eq(pages.id, pageLinks.pageId))
    .where(and(eq(pages.wikiId, wikiId), isNotNull(pageLinks.wantedTitle), published(viewer)))
    .groupBy(sql`lower(${pageLinks.wantedTitle})`)
    .orderBy(desc(sql`count(*)`), asc(sql`lower(${pageLinks.wantedTitle})`))
    .limit(limit);
}

/** Pages to which no other page that the viewer sees leads, by id. */
export async function listOrphans(on: Executor, viewer: Viewer, wikiId: number, { after = 0, limit = 100 } = {}) {
  const from = sql`(select link.target_id from page_links link join pages linking on linking.id = link.page_id where linking.removed_at is null and linking.category_id in ${visibleCategoryIds(viewer)}) inbound`;
  return on
    .select(shown)
    .from(pages)
    .where(and(eq(pages.wikiId, wikiId), gt(pages.id, after), eq(pages.isTemplate, false), published(viewer), sql`not exists (select from ${from} where inbound.target_id = ${pages.id})`))
    .orderBy(asc(pages.id))
    .limit(limit);
}

/** Drafts beside or before what readers see, the longest untouched first, for those who may edit them. */
export async function listDraftPages(on: Executor, viewer: Viewer, wikiId: number, { limit = 100 } = {}) {
  const rights = rightsOf(viewer);
  return on
    .select({ ...shown, publishedRevision: pages.publishedRevision, reviewAskedAt: pages.reviewAskedAt })
    .from(pages)
    .innerJoin(rights, eq(rights.categoryId, pages.categoryId))
    .where(and(eq(pages.wikiId, wikiId), isNull(pages.removedAt), sql`${pages.revision} > ${pages.publishedRevision}`, sql`${rights.level} = 'create'`))
    .orderBy(asc(pages.editedAt), asc(pages.id))
    .limit(limit);
}

/** What moderators took out of sight, the latest first; nothing for others. */
export async function listRemovedPages(on: Executor, viewer: Viewer, wiki: AccessedWiki, { limit = 100 } = {}) {
  if (!isModeratorOf(viewer, wiki.divisionId)) return [];
  return on
    .select({ ...shown, removedAt: pages.removedAt, reason: pages.removedReason, by: members.name })
    .from(pages)
    .leftJoin(members, eq(members.id, pages.removedById))
    .where(and(eq(pages.wikiId, wiki.id), isNotNull(pages.removedAt), inArray(pages.categoryId, visibleCategoryIds(viewer))))
    .orderBy(desc(pages.removedAt), desc(pages.id))
    .limit(limit);
}

/** What readers saw change last. */
export async function listRecent(on: Executor, viewer: Viewer, wikiId: number, { limit = 10 } = {}) {
  return on
    .select({ ...shown, editedAt: pages.editedAt, by: { username: members.username, name: members.name } })
    .from(pages)
    .leftJoin(members, eq(members.id, pages.lastEditorId))
    .where(and(eq(pages.wikiId, wikiId), eq(pages.isTemplate, false), published(viewer)))
    .orderBy(desc(pages.editedAt), desc(pages.id))
    .limit(limit);
}

/** Pages whose title holds what was typed after `[[`, those that begin with it first. */
export async function suggestPages(on: Executor, viewer: Viewer, wikiId: number, typed: string, { limit = 8 } = {}) {
  const pattern = typed.trim().replace(/[\\%_]/g, "\\$&");
  return on
    .select(shown)
    .from(pages)
    .where(and(eq(pages.wikiId, wikiId), published(viewer), ilike(pages.title, `%${pattern}%`)))
    .orderBy(desc(sql`${pages.title} ilike ${`${pattern}%`}`), asc(pages.title))
    .limit(limit);
}
