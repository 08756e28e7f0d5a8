import type { Sql } from "postgres";
import { searchConnection } from "#db/search-client.ts";
import { correctionsFor } from "./corrections.ts";
import { emptyFacets, hasFilters, MAX_FOUND, SearchFailedError, type Facets, type SearchAnswer, type SearchEngine, type SearchHit, type SearchRequest } from "./engine.ts";
import { filtersSql } from "./postgres-filters.ts";
import { fineScoreSql, livelinessSql, scoreSql } from "./postgres-score.ts";
import { wantedSql, type Fragment, type Wanted } from "./postgres-wanted.ts";
import { tokensOf } from "./ts-query.ts";
import { weighTokens, type WeighedToken } from "./weigh-tokens.ts";

/** Fewer finds than this among the newest documents, and all are asked. */
const ENOUGH = 100;
/** The weight of a word that is in one of five hundred documents. */
const RARE = 6.2;
/** Fewer finds than this with all the words, and those with some of them are shown below. */
const FEW = 10;
/** How many such candidates are looked at. */
const SOME = 300;
/** How many of the best are compared closely. */
const FINE = 100;

type Row = SearchHit & { isExact: boolean; categoryId: number; kind: string; authorId: number; isSolved: boolean; year: number };

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
    hits: page.map(({ source, sourceId, groupId }) => ({ source, sourceId, groupId })),
    found: lists.length,
    facets: await countFacets(sql, lists),
    isPartial: lists.length > 0 && !lists.some(({ isExact }) => isExact),
  };
}

/**
 * The groups found, best first, in up to three stages: titles and the newest documents; all documents only where those
 * are few; and where even these are few, leads that hold some of the words. Each document found has to be read, so the
 * stages and caps are what bounds the cost.
 */
async function groupsFound(sql: Sql, request: SearchRequest, tokens: WeighedToken[]): Promise<Row[]> {
  const wanted = wantedSql(sql, tokens);
  if (!wanted && !hasFilters(request)) return [];
  // A rare word is in few documents altogether: the newest need not be asked first.
  if (!wanted || Math.max(...wanted.each.map(({ weight }) => weight)) < RARE) {
    const recent = await ranked(sql, request, { wanted, stage: "recent" });
    if (recent.length >= ENOUGH) return recent;
  }
  const all = await ranked(sql, request, { wanted, stage: "all" });
  if (!wanted || all.length >= FEW || wanted.each.length < 2 || request.order === "newest") return all;
  return ranked(sql, request, { wanted, stage: "some" });
}

async function ranked(sql: Sql, request: SearchRequest, { wanted, stage }: { wanted: Wanted | null; stage: "recent" | "all" | "some" }): Promise<Row[]> {
  const filters: Fragment = filtersSql(sql, request);
  const q = wanted
    ? sql`(select ${wanted.all} as wanted, ${wanted.any} as any_wanted) q`
    : sql`(select null::tsquery as wanted, null::tsquery as any_wanted) q`;
  const candidate = (match: Fragment, limit: number) => sql`
    (select d.id from ${q}, search_documents d where ${match} and d.category_id = any (${request.categoryIds}::bigint[]) ${filters}
     order by d.created_at desc limit ${limit})`;
  const match = wanted ? sql`d.words @@ q.wanted` : sql`true`;
  const titled = wanted ? sql`d.title_words @@ q.wanted` : sql`true`;
  const candidates = stage === "recent"
    ? [candidate(sql`${titled} and d.is_lead and not d.is_recent`, MAX_FOUND), candidate(sql`${match} and d.is_recent`, MAX_FOUND)]
    : [candidate(sql`${match} and d.is_lead`, MAX_FOUND), candidate(sql`${match} and not d.is_lead`, MAX_FOUND)];
  if (stage === "some" && wanted) {
    candidates.push(candidate(sql`d.is_lead and d.title_words @@ q.any_wanted and not d.words @@ ${wanted.none}`, SOME));
    if (wanted.most) candidates.push(candidate(sql`d.words @@ ${wanted.most}`, SOME));
  }
  // The words of a document are wide: they are read when it is chosen, left behind when it has its score, and read again
  // for the best few, so that nothing wide is ever sorted.
  return sql<Row[]>`
    with candidates as (${candidates.reduce((all, next) => sql`${all} union all ${next}`)}), scored as materialized (
      select id, source, source_id, group_id, created_at, ${stage === "some" ? sql`words @@ wanted` : sql`true`} as is_exact, ${scoreSql(sql)} as score from candidates join search_documents d using (id), ${q}
    ), best as (
      select distinct on (group_id) *, count(*) over (partition by group_id) as said from scored order by group_id, score desc, created_at desc
    ), listed as materialized (
      select best.*, ${livelinessSql(sql)} as liveliness,
        t.category_id, t.kind, t.author_id, t.accepted_post_id is not null as is_solved, extract(year from t.created_at at time zone 'UTC') as year,
        row_number() over (order by score * (1 + 0.1 * ${livelinessSql(sql)}) desc) as place
      from best join topics t on t.id = best.group_id and best.source = 'post'
      where t.removed_at is null and t.unlisted_at is null
    ), ranked as (
      ${request.order === "newest" || !wanted
        ? sql`select *, extract(epoch from created_at) as final from listed`
        : sql`select listed.*, ${fineScoreSql(sql, wanted)} as final from listed
          join search_documents own on own.id = listed.id
          left join search_documents lead on lead.source = listed.source and lead.group_id = listed.group_id and lead.is_lead
          where place <= ${FINE}
          union all select *, score * 0.2 from listed where place > ${FINE}`}
    )
    select source, source_id::int as "sourceId", group_id::int as "groupId", is_exact as "isExact",
      category_id::int as "categoryId", kind, author_id::int as "authorId", is_solved as "isSolved", year::int as year
    from ranked order by final desc, id desc limit ${MAX_FOUND}`;
}

/** How many groups there are for each value. Of what each topic is, its own row has told already; tags and names are asked for. */
async function countFacets(sql: Sql, rows: Row[]): Promise<Facets> {
  if (rows.length === 0) return emptyFacets();
  const authors = count(rows.map(({ authorId }) => String(authorId))).slice(0, 10);
  const [names, tags] = await Promise.all([
    sql<{ id: string; username: string }[]>`select id, username from members where id = any (${authors.map(({ value }) => value)}::bigint[])`,
    sql<{ value: string; count: number }[]>`
      select tags.slug as value, found.count from (
        select tag_id, count(*)::int as count from topic_tags where topic_id = any (${rows.map(({ groupId }) => groupId)}::bigint[]) group by 1 order by 2 desc, 1 limit 20
      ) found join tags on tags.id = found.tag_id order by 2 desc, 1`,
  ]);
  const nameOf = new Map(names.map(({ id, username }) => [String(id), username]));
  return {
    category: count(rows.map(({ categoryId }) => String(categoryId))),
    kind: count(rows.map(({ kind }) => kind)),
    solved: count(rows.filter(({ kind }) => kind === "question").map(({ isSolved }) => String(isSolved))),
    year: count(rows.map(({ year }) => String(year))),
    author: authors.flatMap((one) => (nameOf.has(one.value) ? [{ ...one, value: nameOf.get(one.value)! }] : [])),
    tag: [...tags],
  };
}

/** Most first. */
function count(values: string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, times]) => ({ value, count: times })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
