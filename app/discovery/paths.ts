export { articlePath, blogPath, newPagePath, pagePath, wikiPath } from "#app/core/knowledge-paths.ts";

/** The address of a search. */
export function searchHref(q: string, { order = "relevance", page = 1 }: { order?: string; page?: number } = {}): string {
  const params = new URLSearchParams({ q });
  if (order !== "relevance") params.set("order", order);
  if (page > 1) params.set("page", String(page));
  return `/search?${params}`;
}
