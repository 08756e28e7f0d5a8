import type { PendingQuery, Row, Sql } from "postgres";
import type { WeighedToken } from "./weigh-tokens.ts";

export type Fragment = PendingQuery<Row[]>;

/** A search as PostgreSQL asks it. */
export type Wanted = {
  /** All of the words, and none of those excluded. */
  all: Fragment;
  /** At least one of the words. */
  any: Fragment;
  /** All but one of the words; null where that would be one word alone. */
  most: Fragment | null;
  /** What must not be there. Matches nothing where nothing is excluded. */
  none: Fragment;
  /** Each word by itself, with how much it says. */
  each: { query: Fragment; weight: number }[];
};

/** The most words of which each may be left out in turn. */
const MAX_LEFT_OUT = 6;

/** Null where nothing is looked for. */
export function wantedSql(sql: Sql, tokens: WeighedToken[]): Wanted | null {
  const included = tokens.filter(({ isExcluded }) => !isExcluded);
  if (included.length === 0) return null;
  const one = ({ asked }: WeighedToken) => sql`${asked}::tsquery`;
  const each = included.map((token) => ({ weight: token.weight, query: sql`(${token.variants.reduce((any, other) => sql`${any} || ${other}::tsquery`, one(token))})` }));
  const none = tokens.filter(({ isExcluded }) => isExcluded).reduce((any, token) => sql`${any} || ${one(token)}`, sql`''::tsquery`);
  const but = (query: Fragment) => (included.length === tokens.length ? query : sql`${query} && !! (${none})`);
  const together = (some: typeof each) => sql`(${some.map(({ query }) => query).reduce((all, next) => sql`${all} && ${next}`)})`;
  const any = sql`(${each.map(({ query }) => query).reduce((all, next) => sql`${all} || ${next}`)})`;
  const mayMiss = each.length > 2 && each.length <= MAX_LEFT_OUT;
  return {
    all: but(together(each)),
    any,
    most: mayMiss ? but(sql`(${each.map((_, out) => together(each.filter((_, at) => at !== out))).reduce((all, next) => sql`${all} || ${next}`)})`) : null,
    none: sql`(${none})`,
    each,
  };
}
