import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { rightsOf } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { pages } from "#db/schema/wikis.ts";

/** A page as a tree shows it. */
export type TreePage = { id: number; parentId: number | null; title: string; slug: string; isPublished: boolean; categoryId: number };
export type Branch = TreePage & { depth: number; childCount: number };

/** More pages than this are reached by search and by their parents' pages. */
export const MAX_TREE = 3000;

/** The pages of a wiki that a viewer sees, in the order of the tree. One whose parent is hidden from them stands at the top. */
export async function listTree(on: Executor, viewer: Viewer, wikiId: number): Promise<Branch[]> {
  const rights = rightsOf(viewer);
  const rows = await on
    .select({ id: pages.id, parentId: pages.parentId, title: pages.title, slug: pages.slug, isPublished: sql<boolean>`${pages.publishedRevision} > 0`, categoryId: pages.categoryId })
    .from(pages)
    .innerJoin(rights, eq(rights.categoryId, pages.categoryId))
    .where(and(eq(pages.wikiId, wikiId), isNull(pages.removedAt), eq(pages.isTemplate, false), sql`(${pages.publishedRevision} > 0 or ${rights.level} = 'create')`))
    .orderBy(asc(pages.position), asc(pages.id))
    .limit(MAX_TREE);
  return flattened(rows);
}

/** The part of a tree that is open where one is: the tops, and what is under each page on the way there. */
export function openAround(tree: Branch[], pageId: number | null): Branch[] {
  const byId = new Map(tree.map((page) => [page.id, page]));
  const open = new Set<number>();
  for (let at = byId.get(pageId ?? 0); at && !open.has(at.id); at = byId.get(at.parentId ?? 0)) open.add(at.id);
  return tree.filter(({ parentId }) => !byId.has(parentId ?? 0) || open.has(parentId!));
}

/** What stands above a page, from the top down, as far as the viewer sees it. */
export function crumbsOf(tree: Branch[], parentId: number | null): Branch[] {
  const byId = new Map(tree.map((page) => [page.id, page]));
  const crumbs: Branch[] = [];
  for (let at = byId.get(parentId ?? 0); at && crumbs.length < 50; at = byId.get(at.parentId ?? 0)) crumbs.unshift(at);
  return crumbs;
}

/** Pages that others begin from, for those who may edit. */
export async function listTemplates(on: Executor, viewer: Viewer, wikiId: number): Promise<{ id: number; title: string; slug: string }[]> {
  const rights = rightsOf(viewer);
  return on
    .select({ id: pages.id, title: pages.title, slug: pages.slug })
    .from(pages)
    .innerJoin(rights, eq(rights.categoryId, pages.categoryId))
    .where(and(eq(pages.wikiId, wikiId), isNull(pages.removedAt), eq(pages.isTemplate, true), sql`${pages.publishedRevision} > 0`, inArray(rights.level, ["create"])))
    .orderBy(asc(pages.title))
    .limit(100);
}

function flattened(rows: TreePage[]): Branch[] {
  const below = new Map<number, TreePage[]>();
  const ids = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    const key = row.parentId !== null && ids.has(row.parentId) ? row.parentId : 0;
    const beside = below.get(key);
    if (beside) beside.push(row);
    else below.set(key, [row]);
  }
  const tree: Branch[] = [];
  const add = (key: number, depth: number) => {
    for (const page of below.get(key) ?? []) {
      tree.push({ ...page, depth, childCount: below.get(page.id)?.length ?? 0 });
      add(page.id, depth + 1);
    }
  };
  add(0, 0);
  return tree;
}
