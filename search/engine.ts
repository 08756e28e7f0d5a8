import type { SearchSource } from "#db/schema/search.ts";
import type { SearchFilters, SearchQuery } from "./query-language.ts";

/** How results may be ordered. */
export const searchOrders = ["relevance", "newest"] as const;
export type SearchOrder = (typeof searchOrders)[number];

export type SearchRequest = {
  query: SearchQuery;
  /** The categories the searcher sees now: nothing outside them may be found, counted or hinted at. */
  categoryIds: number[];
  order: SearchOrder;
  page: number;
  pageSize: number;
};

/** One group of documents that belong together, by its best one. */
export type SearchHit = { source: SearchSource; sourceId: number; groupId: number };

export type FacetName = "category" | "kind" | "tag" | "author" | "solved" | "year";
/** How many groups there are for each value, most first. */
export type Facets = Record<FacetName, { value: string; count: number }[]>;

export type SearchAnswer = {
  hits: SearchHit[];
  /** Groups found and counted in the facets. */
  found: number;
  /** There are more than those counted. */
  isCut?: boolean;
  facets: Facets;
  /** The words looked for instead, when some were not known here. */
  corrected?: string;
  /** Nothing has all of the words: these have some of them. */
  isPartial?: boolean;
};

/** Results beyond this are never counted nor shown: whoever has so many asks too little. */
export const MAX_FOUND = 1000;

/** What finds. Two exist: PostgreSQL, always there, and Meilisearch where one is set. */
export type SearchEngine = {
  name: "postgres" | "meilisearch";
  /** @throws SearchFailedError when it cannot answer now */
  search(request: SearchRequest): Promise<SearchAnswer>;
};

/** The engine is away, slow or broken: another one should be asked. */
export class SearchFailedError extends Error {}

/** Whether operators alone say what is wanted. */
export function hasFilters(filters: SearchFilters): boolean {
  return Boolean(filters.author || filters.place || filters.after || filters.before || filters.tags.length || filters.kinds.length || filters.is.length);
}

export function emptyFacets(): Facets {
  return { category: [], kind: [], tag: [], author: [], solved: [], year: [] };
}
