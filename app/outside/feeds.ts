import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import type { Feed, FoundFeed } from "./feed.ts";
import { feedOfArticles, feedOfAuthor, feedOfBlog, feedOfBlogTag, feedOfSeries, feedOfWiki } from "./feeds-of-knowledge.ts";
import { feedOfAll, feedOfCategory, feedOfDivision, feedOfMember, feedOfTag, feedOfTopic } from "./feeds-of-topics.ts";

type Find = (viewer: Viewer, part: string, second: string, site: string) => Promise<FoundFeed>;

/** Which list an address without its ending names. The parts in brackets are handed on. */
const finders: [RegExp, Find][] = [
  [/^\/latest$/, (viewer, _part, _second, site) => feedOfAll(viewer, site)],
  [/^\/blogs$/, (viewer) => feedOfArticles(viewer)],
  [/^\/d\/([^/]+)$/, feedOfDivision],
  [/^\/c\/[^/]+\/([1-9]\d{0,14})$/, (viewer, id) => feedOfCategory(viewer, Number(id))],
  [/^\/t\/[^/]+\/([1-9]\d{0,14})$/, (viewer, id) => feedOfTopic(viewer, Number(id))],
  [/^\/tag\/([^/]+)\/topics$/, feedOfTag],
  [/^\/u\/([^/]+)\/topics$/, feedOfMember],
  [/^\/b\/([^/]+)$/, feedOfBlog],
  [/^\/b\/([^/]+)\/by\/([^/]+)\/articles$/, feedOfAuthor],
  [/^\/b\/([^/]+)\/tag\/([^/]+)\/articles$/, feedOfBlogTag],
  [/^\/b\/([^/]+)\/series\/([^/]+)$/, feedOfSeries],
  [/^\/w\/([^/]+)$/, feedOfWiki],
];

/**
 * The feed of the list at a path, with what the viewer may see of it.
 *
 * @throws NotFoundError for a path that is no list, or hidden from them
 */
export async function readFeed(viewer: Viewer, path: string, site: string): Promise<Feed> {
  const { readEntries, ...head } = await findFeed(viewer, path, site);
  return { ...head, entries: await readEntries() };
}

/** The same without what is in it. @throws as readFeed */
export async function findFeed(viewer: Viewer, path: string, site: string): Promise<FoundFeed> {
  for (const [pattern, find] of finders) {
    const parts = pattern.exec(path);
    if (parts) return find(viewer, decoded(parts[1]), decoded(parts[2]), site);
  }
  throw new NotFoundError("feed");
}

/** A path may come from a form, and then anything can stand in it. */
function decoded(part = ""): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new NotFoundError("feed");
  }
}
