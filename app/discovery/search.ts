import { inArray } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { searchQueries } from "#db/schema/search.ts";
import { search, type AnsweredSearch } from "#search/choose.ts";
import type { SearchOrder } from "#search/engine.ts";
import { operatorsIn, parseQuery, type SearchQuery } from "#search/query-language.ts";
import { readFound, type FoundTopic } from "./found-topics.ts";

export const PAGE_SIZE = 20;

export type SearchResult = Omit<AnsweredSearch, "hits"> & { query: SearchQuery; topics: FoundTopic[]; /** Names for the facet of categories. */ places: { id: number; name: string }[]; pageCount: number };

/** What the viewer's words find among what they may see now, best first. Every hit is checked in the database before it is shown. */
export async function searchAs(viewer: Viewer, text: string, { order, page }: { order: SearchOrder; page: number }): Promise<SearchResult> {
  const query = parseQuery(text);
  const categoryIds = await listVisibleCategoryIds(db, viewer);
  const started = performance.now();
  const { hits, ...answer } = await search({ query, categoryIds, order, page, pageSize: PAGE_SIZE });
  const pageCount = Math.ceil(answer.found / PAGE_SIZE);
  if (page > Math.max(1, pageCount)) throw new NotFoundError("page of results");
  const milliseconds = Math.round(performance.now() - started);
  const words = [answer.corrected ?? query.words, query.words].join(" ");
  const [topics, places] = await Promise.all([readFound(db, viewer, hits, words), readPlaces(answer.facets.category)]);
  if (page === 1 && text.trim() !== "") await remember(text, answer.found, { engine: answer.engine, milliseconds, operators: operatorsIn(query) });
  return { ...answer, query, topics, places, pageCount };
}

/** The engine counted only categories that the viewer sees, so their names may be told. */
function readPlaces(counted: { value: string }[]) {
  const ids = counted.slice(0, 20).map(({ value }) => Number(value));
  return db.select({ id: categories.id, name: categories.name }).from(categories).where(inArray(categories.id, ids));
}

/** For admins to see what is looked for and not found. Says nothing of who looked. */
async function remember(text: string, found: number, facts: typeof searchQueries.$inferInsert.facts): Promise<void> {
  await db.insert(searchQueries).values({ text: text.trim().toLowerCase().replace(/\s+/g, " ").slice(0, 200), found, facts });
}
