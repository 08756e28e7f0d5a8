/**
 * Addresses that search engines should show. All others carry `X-Robots-Tag: noindex`, so that a new page is not found
 * until someone names it here: searches, forms, histories, previews, settings are worth nobody's finding.
 */
const worthy = [
  /^\/(?:latest|top|unanswered|divisions|tags|blogs)?$/,
  /^\/(?:d|tag|u)\/[^/]+$/,
  /^\/c\/[^/]+\/\d+$/,
  /^\/t\/[^/]+\/\d+(?:\/\d+)?$/,
  /^\/b\/[^/]+(?:\/(?:tag|series|by)\/[^/]+|\/[^/]*-\d+)?$/,
  /^\/w\/[^/]+(?:\/[^/]*-\d+)?$/,
  // Pictures are found with the pages that show them.
  /^\/(?:files|avatars|assets|cards)\//,
  /^\/[\w-]+\.(?:svg|png|webmanifest)$/,
];

/** What in a query makes another page of the same list: the rest makes none. */
const telling = new Set(["after", "before", "list", "period", "page"]);

/** @param url path and query, as requested */
export function isWorthFinding(url: string): boolean {
  const [path, query] = url.split("?") as [string, string?];
  return worthy.some((pattern) => pattern.test(path)) && [...new URLSearchParams(query).keys()].every((key) => telling.has(key));
}

/** The one address of what an address shows, without the site's name. */
export function canonicalPath(url: string): string {
  const [path, query] = url.split("?") as [string, string?];
  const kept = [...new URLSearchParams(query)].filter(([key, value]) => telling.has(key) && value !== "");
  return kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path;
}
