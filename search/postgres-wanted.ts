import type { WeighedToken } from "./weigh-tokens.ts";

/** A search as PostgreSQL asks it, each a tsquery as text. */
export type Wanted = {
  /** All of the words, and none of those excluded. */
  all: string;
  /** At least one of the words. */
  any: string;
  /** All but one of the words; null where that would be one word alone. */
  most: string | null;
  /** What must not be there; null where nothing is excluded. */
  none: string | null;
  /** Each word by itself. */
  each: string[];
  /** How much each says, of one altogether. */
  weights: number[];
  /** In which share of the newest documents the rarest word is; null where that is not known. */
  frequency: number | null;
};

/** The most words of which each may be left out in turn. */
const MAX_LEFT_OUT = 6;

/** Null where nothing is looked for. */
export function wantedOf(tokens: WeighedToken[]): Wanted | null {
  const included = tokens.filter(({ isExcluded }) => !isExcluded);
  if (included.length === 0) return null;
  const each = included.map(({ asked, variants }) => anyOf([asked, ...variants]));
  const excluded = tokens.filter(({ isExcluded }) => isExcluded).map(({ asked }) => asked);
  const none = excluded.length > 0 ? anyOf(excluded) : null;
  const but = (query: string) => (none === null ? query : `${query} & !${none}`);
  const mayMiss = each.length > 2 && each.length <= MAX_LEFT_OUT;
  const total = included.reduce((sum, { weight }) => sum + weight, 0);
  return {
    all: but(allOf(each)),
    any: anyOf(each),
    most: mayMiss ? but(anyOf(each.map((_, out) => allOf(each.filter((_, at) => at !== out))))) : null,
    none,
    each,
    weights: included.map(({ weight }) => weight / total),
    frequency: included.reduce<number | null>((least, { frequency }) => (least === null ? frequency : Math.min(least, frequency ?? 1)), null),
  };
}

// Each part is a whole tsquery as PostgreSQL wrote it, so that its quotes are right.
function anyOf(queries: string[]): string {
  return `(${queries.map((query) => `(${query})`).join(" | ")})`;
}

function allOf(queries: string[]): string {
  return `(${queries.map((query) => `(${query})`).join(" & ")})`;
}
