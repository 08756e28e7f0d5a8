import type { Sql } from "postgres";
import type { Fragment, Wanted } from "./postgres-wanted.ts";

/** How much a word is worth in an answer, in the opening text, in tags and in the title. */
const WEIGHTS = "{0.12, 0.35, 0.6, 1.0}";

/** How well one document answers at first sight: what is said in it, and where. It is asked of thousands, so it must be cheap. */
export function scoreSql(sql: Sql) {
  return sql`case when wanted is null then 1 else (ts_rank(${WEIGHTS}, words, any_wanted, 1) + case when is_lead then 0.05 else 0 end) * ${youthSql(sql)} end`;
}

/** A twentieth less for each year of age, at most three tenths. */
function youthSql(sql: Sql) {
  return sql`greatest(0.7, 1 - 0.05 * extract(epoch from now() - created_at) / 31556952)::float8`;
}

/** How much a topic is talked about, and how much of what was found is in it. */
export function livelinessSql(sql: Sql) {
  return sql`(ln(1 + t.vote_count + t.reaction_count + t.post_count) + 2 * ln(said))`;
}

/**
 * The same for a whole topic, looked at closely: how near each other the words are; which share of what was asked its
 * title says, and how much else the title says; and what of it is said in the title, the text or the answer found.
 */
export function fineScoreSql(sql: Sql, { all, each }: Wanted) {
  const total = each.reduce((sum, { weight }) => sum + weight, 0);
  const share = (holds: (query: Fragment) => Fragment) =>
    each.map(({ query, weight }) => sql`case when ${holds(query)} then ${weight / total}::float8 else 0 end`).reduce((sum, next) => sql`${sum} + ${next}`);
  const inTitle = sql`(${share((query) => sql`lead.title_words @@ ${query}`)})`;
  // What holds all of the words need not be asked for each.
  const anywhere = sql`case when is_exact then 1 else ${share((query) => sql`(own.words @@ ${query} or lead.words @@ ${query})`)} end`;
  const named = sql`(${each.map(({ query }) => sql`(lead.title_words @@ ${query})::int`).reduce((sum, next) => sql`${sum} + ${next}`)})`;
  const near = sql`ts_rank_cd(${WEIGHTS}, own.words, ${all}, 1)`;
  return sql`(score * 0.5 + ${near} * greatest(0.7, 1 - 0.05 * extract(epoch from now() - listed.created_at) / 31556952)::float8 + coalesce(${inTitle} * (0.8 + 1.5 * ${named} / greatest(3, length(lead.title_words))), 0)) * power(${anywhere}, 2) * (1 + 0.1 * liveliness)`;
}
