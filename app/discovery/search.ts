import { inArray } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { log } from "#app/core/log.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { search, type AnsweredSearch } from "#search/choose.ts";
import { emptyFacets, SearchFailedError, type SearchOrder, type SearchRequest } from "#search/engine.ts";
import { operatorsIn, parseQuery, type SearchQuery } from "#search/query-language.ts";
import { readFound, type FoundTopic } from "./found-topics.ts";
import { logSearch } from "./search-log.ts";

export const PAGE_SIZE = 20;

export type SearchResult = Omit<AnsweredSearch, "hits"> & {
  query: SearchQuery;
  topics: FoundTopic[];
  /** Names for the facet of categories. */
  places: { id: number; name: string }[];
  pageCount: number;
  /** It was given up after two seconds. */
  isTooSlow: boolean;
  /** With it the page tells that a result was opened; null on later pages, which are not counted again. */
  logKey: string | null;
};

/** What the viewer's words find among what they may see now, best first. Every hit is checked in the database before it is shown. */
export async function searchAs(viewer: Viewer, text: string, { order, page }: { order: SearchOrder; page: number }): Promise<SearchResult> {
  const query = parseQuery(text);
  const categoryIds = await listVisibleCategoryIds(db, viewer);
  const started = performance.now();
  const { hits, isTooSlow, ...answer } = await askPatiently({ query, categoryIds, order, page, pageSize: PAGE_SIZE });
  const pageCount = Math.ceil(answer.found / PAGE_SIZE);
  if (page > Math.max(1, pageCount)) throw new NotFoundError("page of results");
  const milliseconds = Math.round(performance.now() - started);
  const words = [answer.corrected ?? query.words, query.words].join(" ");
  const [topics, places] = await Promise.all([readFound(db, viewer, hits, words), readPlaces(answer.facets.category)]);
  const isNew = page === 1 && !isTooSlow;
  const logKey = isNew ? await logSearch(text, answer.found, { engine: answer.engine, milliseconds, operators: operatorsIn(query), ...(answer.isPartial && { isPartial: true }) }) : null;
  return { ...answer, query, topics, places, pageCount, isTooSlow, logKey };
}

/** A search that no engine answers in time is an answer too: it says so, and what would help. */
async function askPatiently(request: SearchRequest): Promise<AnsweredSearch & { isTooSlow: boolean }> {
  try {
    return { ...(await search(request)), isTooSlow: false };
  } catch (error) {
    if (!(error instanceof SearchFailedError)) throw error;
    log.warn({ err: error.cause }, "a search was given up");
    return { hits: [], found: 0, facets: emptyFacets(), engine: "postgres", isFallback: false, isTooSlow: true };
  }
}

/** The engine counted only categories that the viewer sees, so their names may be told. */
function readPlaces(counted: { value: string }[]) {
  const ids = counted.slice(0, 20).map(({ value }) => Number(value));
  return db.select({ id: categories.id, name: categories.name }).from(categories).where(inArray(categories.id, ids));
}
