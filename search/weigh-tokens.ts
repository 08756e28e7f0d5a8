import type { Sql } from "postgres";
import type { QueryToken } from "./ts-query.ts";

/** A word of a search, as PostgreSQL asks for it (`'brake'`), how much it says (rare words say more), and what else may stand for it. */
export type WeighedToken = QueryToken & {
  asked: string;
  weight: number;
  /** In which share of the newest documents it is, in any of its forms; null where that is not known. */
  frequency: number | null;
  variants: string[];
  /** The likeliest words that somebody here uses, where nobody uses this one. */
  likely: { word: string; frequency: number; asked: string }[];
};

/** How many documents `search_words` counts. */
const COUNTED = 200_000;

type Facts = {
  known: { typed: string; documents: number; ofStem: number; asked: string }[];
  synonyms: { words: string[]; asked: string[] }[];
  halves: Record<string, string>;
  likely: { typed: string; word: string; ofStem: number; asked: string }[];
};

/**
 * Leaves out words that say nothing (`the`), and adds to the others how rare they are in the newest documents, how they
 * are written by others (`chat room` as one word, `chatroom` as two), what means the same, and what may have been meant.
 */
export async function weighTokens(sql: Sql, tokens: QueryToken[]): Promise<WeighedToken[]> {
  if (tokens.length === 0) return [];
  const words = tokens.map(({ text }) => text.toLowerCase());
  const pairs = words.slice(1).map((word, at) => (mayJoin(tokens[at]!) && mayJoin(tokens[at + 1]!) ? words[at]! + word : ""));
  const spans = words.flatMap((_, from) => [1, 2, 3, 4].filter((length) => from + length <= words.length).map((length) => ({ from, length, text: words.slice(from, from + length).join(" ") })));
  const plain = words.filter((_, at) => mayJoin(tokens[at]!));
  const [row] = await sql<{ facts: Facts }[]>`select search_weigh(${[...new Set(words)]}::text[], ${[...new Set(pairs.filter(Boolean))]}::text[], ${spans.map(({ text }) => text)}::text[], ${plain}::text[]) as facts`;
  const { known, synonyms, halves, likely } = row!.facts;
  const factsOf = new Map(known.map((fact) => [fact.typed, fact]));

  /** What admins say means the same. Where several words together have a synonym, it stands for each of them. */
  const synonymsAt = (at: number) => [...new Set(spans.filter(({ from, length }) => from <= at && at < from + length).flatMap(({ text }) =>
    synonyms.flatMap((group) => (group.words.includes(text) ? group.asked.filter((_, other) => group.words[other] !== text) : [])),
  ))].filter(Boolean);

  return tokens.flatMap((token, at) => {
    const word = words[at]!;
    const { asked, documents, ofStem } = factsOf.get(word)!;
    if (!asked) return [];
    const together = [pairs[at - 1], pairs[at]].flatMap((both) => (both && factsOf.get(both)!.documents > 0 ? [factsOf.get(both)!.asked] : []));
    const same = synonymsAt(at);
    const isPlain = mayJoin(token);
    const split = isPlain && same.length === 0 ? halves[word] : undefined;
    return [{
      ...token,
      asked,
      // As if of 200,000 documents: what matters is which word of a search says more than another.
      weight: Math.log(1 + COUNTED / (documents + 20)),
      frequency: isPlain ? ofStem / COUNTED : null,
      variants: [...together, ...same, ...(split ? [split] : [])],
      likely: isPlain && !split && same.length === 0 ? likely.filter(({ typed }) => typed === word).map((one) => ({ word: one.word, frequency: one.ofStem / COUNTED, asked: one.asked })) : [],
    }];
  });
}

function mayJoin({ text, isPhrase, isExcluded }: QueryToken): boolean {
  return !isPhrase && !isExcluded && /^\p{L}{2,40}$/u.test(text);
}
