import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import { pagePath } from "./paths.ts";

const BY_ID = /href="\/w\/-\/-([1-9]\d{0,14})"/g;

/**
 * Rendered words whose links to pages have the addresses those have now, without a step between: kept words know a page
 * by its id alone. What this viewer does not see keeps that address, which tells nothing.
 */
export async function withAddresses(on: Executor, viewer: Viewer, html: string): Promise<string> {
  const ids = [...new Set([...html.matchAll(BY_ID)].map(([, id]) => Number(id)))].slice(0, 500);
  if (ids.length === 0) return html;
  const found = await on
    .select({ id: pages.id, slug: pages.slug, wiki: wikis.slug })
    .from(pages)
    .innerJoin(wikis, eq(wikis.id, pages.wikiId))
    .where(and(inArray(pages.id, ids), gt(pages.publishedRevision, 0), isNull(pages.removedAt), inArray(pages.categoryId, visibleCategoryIds(viewer))));
  const paths = new Map(found.map((page) => [page.id, pagePath(page)]));
  return html.replace(BY_ID, (link, id: string) => {
    const path = paths.get(Number(id));
    return path && !/[^\w/-]/.test(path) ? `href="${path}"` : link;
  });
}
