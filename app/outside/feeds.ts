import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import type { Feed } from "./feed.ts";
import { feedOfAuthor, feedOfBlog, feedOfBlogTag, feedOfSeries, feedOfWiki } from "./feeds-of-knowledge.ts";
import { feedOfAll, feedOfCategory, feedOfDivision, feedOfMember, feedOfTag, feedOfTopic } from "./feeds-of-topics.ts";

type Read = (viewer: Viewer, part: string, second: string, site: string) => Promise<Feed>;

/** Which list an address without its ending names. The parts in brackets are handed on. */
const readers: [RegExp, Read][] = [
  [/^\/latest$/, (viewer, _part, _second, site) => feedOfAll(viewer, site)],
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
  for (const [pattern, read] of readers) {
    const parts = pattern.exec(path);
    if (parts) return read(viewer, decodeURIComponent(parts[1] ?? ""), decodeURIComponent(parts[2] ?? ""), site);
  }
  throw new NotFoundError("feed");
}
