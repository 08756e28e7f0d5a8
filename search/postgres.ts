import type { Sql } from "postgres";
import { searchConnection } from "#db/search-client.ts";
import { correctionsFor } from "./corrections.ts";
import { hasFilters, MAX_FOUND, SearchFailedError, type FacetName, type Facets, type SearchAnswer, type SearchEngine, type SearchHit, type SearchRequest } from "./engine.ts";
import { filtersSql } from "./postgres-filters.ts";
import { tokensOf, type QueryToken } from "./ts-query.ts";

/** Fewer finds than this among the newest documents, and all are asked. */
const ENOUGH = 100;

type Row = { source: SearchHit["source"]; sourceId: number; groupId: number; total: number };

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
  const tokens = tokensOf(request.query.words);
  const first = await find(sql, request, tokens);
  if (first.found > 0 || tokens.length === 0) return first;
  const corrected = await correctionsFor(sql, tokens);
  if (!corrected) return first;
  const second = await find(sql, request, corrected.tokens);
  return second.found > 0 ? { ...second, corrected: corrected.words } : first;
}

async function find(sql: Sql, request: SearchRequest, tokens: QueryToken[] | QueryToken[][]): Promise<SearchAnswer> {
  const lists = await groupsFound(sql, request, tokens);
  const offset = (request.page - 1) * request.pageSize;
  const page = lists.slice(offset, offset + request.pageSize);
  return {
    hits: page.map(({ source, sourceId, groupId }) => ({ source, sourceId: Number(sourceId), groupId: Number(groupId) })),
    found: lists.length,
    facets: await countFacets(sql, lists),
  };
}

/**
 * The groups found, best first. Two stages: leads (title, tags, opening text) and the newest answers, capped; all
 * answers only where those are few. Ranking reads each candidate, so the cap is what bounds the cost.
 */
async function groupsFound(sql: Sql, request: SearchRequest, tokens: QueryToken[] | QueryToken[][]): Promise<Row[]> {
  const wanted = wantedSql(sql, tokens);
  if (!wanted && !hasFilters(request)) return [];
  const filters = filtersSql(sql, request);
  const match = wanted ? sql`d.words @@ q.wanted` : sql`true`;
  const from = wanted ? sql`(select ${wanted} as wanted) q, search_documents d` : sql`(select null::tsquery as wanted) q, search_documents d`;
  const candidate = (which: ReturnType<Sql>, limit: number) => sql`
    (select d.source, d.source_id, d.group_id, d.words, d.is_lead, d.created_at, q.wanted
     from ${from} where ${match} and ${which} and d.category_id = any (${request.categoryIds}::bigint[]) ${filters}
     order by d.created_at desc limit ${limit})`;
  const ranked = (answers: ReturnType<Sql>) => sql<Row[]>`
    with candidates as (${candidate(sql`d.is_lead`, MAX_FOUND)} union all ${candidate(answers, MAX_FOUND)}), best as (
      select distinct on (c.group_id) c.source, c.source_id, c.group_id, c.score, c.created_at
      from (select *, ${scoreSql(sql)} as score from candidates) c
      order by c.group_id, c.score desc, c.created_at desc
    )
    select best.source, best.source_id as "sourceId", best.group_id as "groupId"
    from best join topics t on t.id = best.group_id and best.source = 'post'
    where t.removed_at is null and t.unlisted_at is null
    order by ${request.order === "newest" ? sql`best.created_at desc` : sql`best.score * (1 + 0.08 * ln(1 + t.vote_count + t.reaction_count + t.post_count)) desc, best.created_at desc`}
    limit ${MAX_FOUND}`;
  const recent = await ranked(sql`not d.is_lead and d.is_recent`);
  return recent.length >= ENOUGH ? recent : ranked(sql`not d.is_lead`);
}

/** Title over tags over opening text over answers; half a point less for each year of age, never below half. */
function scoreSql(sql: Sql) {
  return sql`case when wanted is null then 1 else
    (ts_rank_cd('{0.12, 0.35, 0.6, 1.0}', words, wanted, 1) + case when is_lead then 0.05 else 0 end) end
    * greatest(0.5, 1 - 0.1 * extract(epoch from now() - created_at) / 31556952)`;
}

/** All tokens together; a list of lists means any of each list (a word or what it may have been meant to be). */
function wantedSql(sql: Sql, tokens: QueryToken[] | QueryToken[][]) {
  const groups = tokens.map((token) => [token].flat());
  const included = groups.filter((group) => !group[0]!.isExcluded);
  if (included.length === 0) return null;
  const one = ({ text, isPhrase }: QueryToken) =>
    isPhrase ? sql`phraseto_tsquery('public.wellspring', search_text(${text}))` : sql`plainto_phrase(${text})`;
  const any = (group: QueryToken[]) => group.map(one).reduce((all, next) => sql`${all} || ${next}`);
  const all = included.map((group) => sql`(${any(group)})`).reduce((sum, next) => sql`${sum} && ${next}`);
  const excluded = groups.filter((group) => group[0]!.isExcluded).map((group) => one(group[0]!));
  return excluded.reduce((sum, next) => sql`${sum} && !! ${next}`, sql`(${all})`);
}

async function countFacets(sql: Sql, rows: Row[]): Promise<Facets> {
  const facets: Facets = { category: [], kind: [], tag: [], author: [], solved: [], year: [] };
  if (rows.length === 0) return facets;
  const groupIds = rows.map(({ groupId }) => groupId);
  const counted = await sql<{ facet: FacetName; value: string; count: number }[]>`
    with found as (select * from topics where id = any (${groupIds}::bigint[]))
    select 'category' as facet, category_id::text as value, count(*)::int as count from found group by 2
    union all select 'kind', kind::text, count(*)::int from found group by 2
    union all select 'solved', (accepted_post_id is not null)::text, count(*)::int from found where kind = 'question' group by 2
    union all select 'year', extract(year from created_at)::text, count(*)::int from found group by 2
    union all (select 'author', members.username, count(*)::int from found join members on members.id = found.author_id group by 2 order by 3 desc limit 10)
    union all (select 'tag', tags.slug, count(*)::int from found join topic_tags on topic_tags.topic_id = found.id join tags on tags.id = topic_tags.tag_id
      group by 2 order by 3 desc limit 20)
    order by 3 desc, 2`;
  for (const { facet, value, count } of counted) facets[facet].push({ value, count });
  return facets;
}
