import type { Sql } from "postgres";
import { searchConnection } from "#db/search-client.ts";
import { correctionsOf } from "./corrections.ts";
import { emptyFacets, hasFilters, SearchFailedError, type Facets, type SearchAnswer, type SearchEngine, type SearchHit, type SearchRequest } from "./engine.ts";
import { wantedOf } from "./postgres-wanted.ts";
import { tokensOf } from "./ts-query.ts";
import { weighTokens, type WeighedToken } from "./weigh-tokens.ts";

/** Full text search in PostgreSQL: always there, never behind, and the fallback when another engine is away. */
export const postgresEngine: SearchEngine = {
  name: "postgres",
  async search(request) {
    try {
      return await searchIn(searchConnection(), request);
    } catch (error) {
      throw new SearchFailedError("PostgreSQL could not answer the search", { cause: error });
    }
  },
};

async function searchIn(sql: Sql, request: SearchRequest): Promise<SearchAnswer> {
  const tokens = await weighTokens(sql, tokensOf(request.query.words));
  const corrected = correctionsOf(tokens);
  if (!corrected) return find(sql, request, { tokens, mayBePartial: true });
  const first = await find(sql, request, { tokens, mayBePartial: false });
  if (first.found > 0) return first;
  const second = await find(sql, request, { tokens: corrected.tokens, mayBePartial: true });
  return second.found > 0 ? { ...second, corrected: corrected.words } : find(sql, request, { tokens, mayBePartial: true });
}

type Found = { hits: SearchHit[]; found: number; isExact: boolean; isCut: boolean; facets: { [name in keyof Facets]: Facets[name] | null } };

/** Asks `search_find` (db/programs/searching.sql), which does in one go what would take many. */
async function find(sql: Sql, { query: { filters }, categoryIds, order, page, pageSize }: SearchRequest, { tokens, mayBePartial }: { tokens: WeighedToken[]; mayBePartial: boolean }): Promise<SearchAnswer> {
  const wanted = wantedOf(tokens);
  if (!wanted && !hasFilters(filters)) return { hits: [], found: 0, facets: emptyFacets() };
  const [row] = await sql<{ answer: Found }[]>`select search_find(
    ${wanted?.all ?? null}::tsquery, ${wanted?.any ?? null}::tsquery, ${wanted?.most ?? null}::tsquery, ${wanted?.none ?? null}::tsquery,
    ${wanted?.each ?? []}::text[]::tsquery[], ${wanted?.weights ?? []}::float8[], ${wanted?.frequency ?? null}::float8,
    ${categoryIds}::bigint[], ${sql.json(filters)}, ${order === "newest"}::boolean, ${mayBePartial}::boolean, ${(page - 1) * pageSize}::int, ${pageSize}::int) as answer`;
  const { isExact, facets, ...answer } = row!.answer;
  return { ...answer, isPartial: !isExact, facets: Object.fromEntries(Object.entries(emptyFacets()).map(([name, none]) => [name, facets[name as keyof Facets] ?? none])) as Facets };
}
