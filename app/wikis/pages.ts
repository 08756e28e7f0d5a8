import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { isModeratorOf, type Viewer } from "#app/core/viewer.ts";
import { ASKING, rightsOf, seeingOf } from "#app/core/visibility.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categories, type RightsLevel } from "#db/schema/community.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pageRevisions, pages, wikis, type Page, type Wiki } from "#db/schema/wikis.ts";

const { body: _body, bodyHtml: _bodyHtml, bodyText: _bodyText, ...facts } = getTableColumns(pages);

/** A page with its place and what this viewer may do there. Its words are read apart, because they can be long: `readWords`. */
export type AccessedPage = Omit<Page, "body" | "bodyHtml" | "bodyText"> & { level: RightsLevel; divisionId: number; wiki: Pick<Wiki, "id" | "slug" | "name" | "categoryId" | "needsReview"> };

/**
 * The only way to get a page for a viewer. One that was never published is there for those who may edit it, a removed one
 * for the division's moderators.
 *
 * @throws NotFoundError when there is none, or it is hidden from them
 */
export async function accessPage(on: Executor, viewer: Viewer, pageId: number): Promise<AccessedPage> {
  const [page] = await pageFor(on, { ...seeingOf(viewer), pageId });
  if (!page || (page.removedAt && !isModeratorOf(viewer, page.divisionId))) throw new NotFoundError("page");
  if (page.publishedRevision === 0 && page.level !== "create") throw new NotFoundError("page");
  return page;
}

const pageFor = prepared(() => {
  const rights = rightsOf(ASKING);
  return db
    .select({
      ...facts, level: rights.level, divisionId: categories.divisionId,
      wiki: { id: wikis.id, slug: wikis.slug, name: wikis.name, categoryId: wikis.categoryId, needsReview: wikis.needsReview },
    })
    .from(pages)
    .innerJoin(categories, eq(categories.id, pages.categoryId))
    .innerJoin(wikis, eq(wikis.id, pages.wikiId))
    .innerJoin(rights, eq(rights.categoryId, pages.categoryId))
    .where(eq(pages.id, sql.placeholder("pageId")));
});

/** The same for a command: nobody else changes the page until it is done. */
export async function lockPage(tx: Tx, viewer: Viewer, pageId: number): Promise<AccessedPage> {
  await accessPage(tx, viewer, pageId);
  await tx.select({ id: pages.id }).from(pages).where(eq(pages.id, pageId)).for("update");
  return accessPage(tx, viewer, pageId);
}

/** What readers are shown of a page the viewer has been given. */
export async function readWords(on: Executor, pageId: number): Promise<Pick<Page, "body" | "bodyHtml"> & { /** Its first words. */ opening: string }> {
  const [words] = await on.select({ body: pages.body, bodyHtml: pages.bodyHtml, opening: sql<string>`left(${pages.bodyText}, 400)` }).from(pages).where(eq(pages.id, pageId));
  return words!;
}

/** The latest saved state, be it published or a draft. */
export async function readLatest(on: Executor, page: Pick<AccessedPage, "id" | "revision">): Promise<{ title: string; body: RichText }> {
  const [row] = await on.select({ title: pageRevisions.title, body: pageRevisions.body }).from(pageRevisions).where(and(eq(pageRevisions.pageId, page.id), eq(pageRevisions.revision, page.revision)));
  if (!row) throw new NotFoundError("revision");
  return row;
}

/** What a viewer may do in a category; null where they do not see it. */
export async function levelIn(on: Executor, viewer: Viewer, categoryId: number): Promise<RightsLevel | null> {
  const rights = rightsOf(viewer);
  const [row] = await on.select({ level: rights.level }).from(rights).where(eq(rights.categoryId, categoryId));
  return row?.level ?? null;
}
