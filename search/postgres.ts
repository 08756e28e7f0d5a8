import type { Sql } from "postgres";
import { searchConnection } from "#db/search-client.ts";
import { correctionsFor } from "./corrections.ts";
import { hasFilters, MAX_FOUND, SearchFailedError, type FacetName, type Facets, type SearchAnswer, type SearchEngine, type SearchHit, type SearchRequest } from "./engine.ts";
import { filtersSql } from "./postgres-filters.ts";
import { fineScoreSql, scoreSql } from "./postgres-score.ts";
import { wantedSql, type Wanted } from "./postgres-wanted.ts";
import { tokensOf } from "./ts-query.ts";
import { weighTokens, type WeighedToken } from "./weigh-tokens.ts";

/** Fewer finds than this among the newest documents, and all are asked. */
const ENOUGH = 100;
/** Fewer finds than this with all the words, and those with some of them are shown below. */
const FEW = 10;
/** How many such candidates are looked at. */
const SOME = 300;
/** How many of the best are compared closely. */
const FINE = 200;

type Row = { source: SearchHit["source"]; sourceId: number; groupId: number; isExact: boolean };

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
  const typed = tokensOf(request.query.words);
  const tokens = await weighTokens(sql, typed);
  const first = await find(sql, request, tokens);
  if ((first.found > 0 && !first.isPartial) || tokens.length === 0) return first;
  const corrected = await correctionsFor(sql, tokens);
  if (!corrected) return first;
  const second = await find(sql, request, corrected.tokens);
  return second.found > 0 ? { ...second, corrected: corrected.words } : first;
}

async function find(sql: Sql, request: SearchRequest, tokens: WeighedToken[]): Promise<SearchAnswer> {
  const lists = await groupsFound(sql, request, tokens);
  const offset = (request.page - 1) * request.pageSize;
  const page = lists.slice(offset, offset + request.pageSize);
  return {
    hits: page.map(({ source, sourceId, groupId }) => ({ source, sourceId: Number(sourceId), groupId: Number(groupId) })),
    found: lists.length,
    facets: await countFacets(sql, lists),
    isPartial: lists.length > 0 && !lists.some(({ isExact }) => isExact),
  };
}

/**
 * The groups found, best first, in up to three stages. Leads (title, tags, opening text) and the newest answers, capped;
 * all answers only where those are few; and where even these are few, leads that hold some of the words. Ranking reads
 * each candidate, so the caps are what bounds the cost.
 */
async function groupsFound(sql: Sql, request: SearchRequest, tokens: WeighedToken[]): Promise<Row[]> {
  const wanted = wantedSql(sql, tokens);
  if (!wanted && !hasFilters(request)) return [];
  const recent = await ranked(sql, request, { wanted, stage: "recent" });
  if (recent.length >= ENOUGH) return recent;
  const all = await ranked(sql, request, { wanted, stage: "all" });
  if (!wanted || all.length >= FEW || wanted.each.length < 2 || request.order === "newest") return all;
  return ranked(sql, request, { wanted, stage: "some" });
}

async function ranked(sql: Sql, request: SearchRequest, { wanted, stage }: { wanted: Wanted | null; stage: "recent" | "all" | "some" }): Promise<Row[]> {
  const filters = filtersSql(sql, request);
  const q = wanted
    ? sql`(select ${wanted.all} as wanted, ${wanted.any} as any_wanted) q`
    : sql`(select null::tsquery as wanted, null::tsquery as any_wanted) q`;
  const candidate = (match: ReturnType<Sql>, limit: number) => sql`
    (select d.source, d.source_id, d.group_id, d.words, d.is_lead, d.created_at, q.wanted, q.any_wanted
     from ${q}, search_documents d where ${match} and d.category_id = any (${request.categoryIds}::bigint[]) ${filters}
     order by d.created_at desc limit ${limit})`;
  const match = wanted ? sql`d.words @@ q.wanted` : sql`true`;
  const candidates = [candidate(sql`${match} and d.is_lead`, MAX_FOUND), candidate(sql`${match} and not d.is_lead ${stage === "recent" ? sql`and d.is_recent` : sql``}`, MAX_FOUND)];
  if (stage === "some" && wanted) {
    candidates.push(candidate(sql`d.is_lead and d.title_words @@ q.any_wanted and not d.words @@ ${wanted.none}`, SOME));
    if (wanted.most) candidates.push(candidate(sql`d.words @@ ${wanted.most}`, SOME));
  }
  return sql<Row[]>`
    with candidates as (${candidates.reduce((all, next) => sql`${all} union all ${next}`)}), best as (
      select distinct on (c.group_id) c.source, c.source_id, c.group_id, c.words, c.score, c.created_at, c.is_exact, c.said
      from (select *, count(*) over (partition by group_id) as said, coalesce(words @@ wanted, true) as is_exact, ${scoreSql(sql)} as score from candidates) c
      order by c.group_id, c.score desc, c.created_at desc
    ), listed as (
      select best.*, ln(1 + t.vote_count + t.reaction_count + t.post_count) + 2 * ln(said) as liveliness
      from best join topics t on t.id = best.group_id and best.source = 'post'
      where t.removed_at is null and t.unlisted_at is null
    )
    ${request.order === "newest" || !wanted
      ? sql`select source, source_id as "sourceId", group_id as "groupId", is_exact as "isExact" from listed order by created_at desc limit ${MAX_FOUND}`
      : sql`select * from (select source, source_id as "sourceId", group_id as "groupId", is_exact as "isExact", ${fineScoreSql(sql, wanted)} as score
          from (select *, row_number() over (order by score * (1 + 0.08 * liveliness) desc) as place from listed) listed
          left join lateral (select lead.title_words, lead.words as lead_words from search_documents lead
            where lead.source = listed.source and lead.group_id = listed.group_id and lead.is_lead and place <= ${FINE}) lead on true
        ) scored order by score desc, "sourceId" desc limit ${MAX_FOUND}`}`;
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
