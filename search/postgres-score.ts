import type { Sql } from "postgres";
import type { Fragment, Wanted } from "./postgres-wanted.ts";

/** How much a word is worth in an answer, in the opening text, in tags and in the title. */
const WEIGHTS = "{0.12, 0.35, 0.6, 1.0}";

/**
 * How well one document answers: words near each other count more than apart, the title more than the text; a
 * twentieth less for each year of age, at most three tenths.
 */
export function scoreSql(sql: Sql) {
  return sql`case when wanted is null then 1 else
    (ts_rank_cd(${WEIGHTS}, words, wanted, 1) + ts_rank(${WEIGHTS}, words, any_wanted, 1) * 0.5 + case when is_lead then 0.05 else 0 end) end
    * greatest(0.7, 1 - 0.05 * extract(epoch from now() - created_at) / 31556952)`;
}

/**
 * The same for a whole topic, looked at closely: which share of what was asked its title says, and how much else the
 * title says; and what of it is said anywhere in it.
 */
export function fineScoreSql(sql: Sql, { each }: Wanted) {
  const total = each.reduce((sum, { weight }) => sum + weight, 0);
  const share = (holds: (query: Fragment) => Fragment) =>
    each.map(({ query, weight }) => sql`case when ${holds(query)} then ${weight / total}::float8 else 0 end`).reduce((sum, next) => sql`${sum} + ${next}`);
  const inTitle = sql`(${share((query) => sql`title_words @@ ${query}`)})`;
  const anywhere = sql`(${share((query) => sql`(words @@ ${query} or lead_words @@ ${query})`)})`;
  const named = sql`(${each.map(({ query }) => sql`(title_words @@ ${query})::int`).reduce((sum, next) => sql`${sum} + ${next}`)})`;
  return sql`case when title_words is null then score * 0.2 else
    (score + ${inTitle} * (0.8 + 1.5 * ${named} / greatest(3, length(title_words)))) * power(${anywhere}, 2) end * (1 + 0.1 * liveliness)`;
}
