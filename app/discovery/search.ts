import { eq, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { log } from "#app/core/log.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { search, type AnsweredSearch } from "#search/choose.ts";
import { emptyFacets, SearchFailedError, type SearchOrder, type SearchRequest } from "#search/engine.ts";
import { operatorsIn, parseQuery, type SearchQuery } from "#search/query-language.ts";
import { readFound, type Found } from "./found.ts";
import { logSearch } from "./search-log.ts";

export const PAGE_SIZE = 20;

export type SearchResult = Omit<AnsweredSearch, "hits"> & {
  query: SearchQuery;
  things: Found[];
  /** Names for the facet of categories. */
  places: { id: number; name: string; division: string }[];
  pageCount: number;
  /** It was given up after two seconds. */
  isTooSlow: boolean;
  /** With it the page tells that a result was opened; null on later pages, which are not counted again. */
  logKey: string | null;
};

/** What the viewer's words find among what they may see now, best first. Every hit is checked in the database before it is shown. */
export async function searchAs(viewer: Viewer, text: string, { order, page }: { order: SearchOrder; page: number }): Promise<SearchResult> {
  const query = parseQuery(text);
  const started = performance.now();
  const { hits, isTooSlow, ...answer } = await askPatiently({ query, categoryIds: await listVisibleCategoryIds(db, viewer), order, page, pageSize: PAGE_SIZE });
  const pageCount = Math.ceil(answer.found / PAGE_SIZE);
  if (page > Math.max(1, pageCount)) throw new NotFoundError("page of results");
  const milliseconds = Math.round(performance.now() - started);
  const isNew = page === 1 && !isTooSlow;
  const [things, places, logKey] = await Promise.all([
    readFound(db, viewer, hits, [answer.corrected ?? query.words, query.words].join(" ")),
    readPlaces(answer.facets.category),
    isNew ? logSearch(text, answer.found, { engine: answer.engine, milliseconds, operators: operatorsIn(query), ...(answer.isPartial && { isPartial: true }) }) : null,
  ]);
  return { ...answer, query, things, places, pageCount, isTooSlow, logKey };
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

const placeRows = prepared(() => db.select({ id: categories.id, name: categories.name, division: divisions.name }).from(categories).innerJoin(divisions, eq(divisions.id, categories.divisionId)).where(sql`${categories.id} = any (${sql.placeholder("ids")}::bigint[])`));

/** The engine counted only categories that the viewer sees, so their names may be told. */
function readPlaces(counted: { value: string }[]) {
  return counted.length === 0 ? [] : placeRows(db, { ids: counted.slice(0, 20).map(({ value }) => Number(value)) });
}
