import { searchConnection } from "#db/search-client.ts";
import { wantedOf } from "./postgres-wanted.ts";
import { tokensOf } from "./ts-query.ts";
import { weighTokens } from "./weigh-tokens.ts";

/** Titles have so many words that say what they are about; the others only cost time. */
const TELLING = 6;
/** How many titles with any of the words are compared. */
const CANDIDATES = 400;
/** A title must say at least this share of what is asked, by the weight of its words. */
const LEAST = 0.45;

/** The topics in these categories whose titles say most nearly the same, best first. */
export async function similarTopicIds(title: string, categoryIds: number[], limit: number): Promise<number[]> {
  const sql = searchConnection();
  const tokens = (await weighTokens(sql, tokensOf(title.replace(/["-]/g, " ")))).sort((a, b) => b.weight - a.weight).slice(0, TELLING);
  const wanted = wantedOf(tokens);
  if (!wanted || categoryIds.length === 0) return [];
  const rows = await sql<{ id: number }[]>`
    with candidates as materialized (
      select d.id from search_documents d where d.is_lead and d.source = 'post' and d.title_words @@ ${wanted.any}::tsquery and d.category_id = any (${categoryIds}::bigint[])
      order by d.created_at desc limit ${CANDIDATES}
    ), compared as (
      select d.group_id, said.share, ts_rank(d.words, ${wanted.any}::tsquery, 1) as rank from candidates join search_documents d using (id)
      cross join lateral (
        select sum(case when d.title_words @@ query then weight when d.words @@ query then weight * 0.5 else 0 end) as share
        from unnest(${wanted.each}::text[]::tsquery[], ${wanted.weights}::float8[]) one(query, weight)
      ) said
    )
    select group_id::int as id from compared where share >= ${LEAST} order by share + rank desc, group_id desc limit ${limit}`;
  return rows.map(({ id }) => id);
}
