import { newPagePath, pagePath, wikiPath } from "#app/core/knowledge-paths.ts";

export { newPagePath, pagePath, wikiPath };

/** What a page's own addresses are made of. */
export type PageAddress = { id: number; slug: string; wiki: { slug: string } };

/** A page, or one of the addresses under it: `history`, `edit`. */
export function pathOf({ id, slug, wiki }: PageAddress, under = ""): string {
  return `${pagePath({ wiki: wiki.slug, slug, id })}${under && `/${under}`}`;
}

/** A new page made from a topic, or from a post of it. */
export function promoteIntoPath(wiki: string, { topicId, postNumber }: { topicId: number; postNumber: number | null }): string {
  return `${wikiPath(wiki)}/promote?topic=${topicId}${postNumber ? `&post=${postNumber}` : ""}`;
}

export function adminWikiPath(wikiId: number): string {
  return `/admin/wikis/${wikiId}`;
}
