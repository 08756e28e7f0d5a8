import type { Sql } from "postgres";
import type { WeighedToken } from "./weigh-tokens.ts";

/** How many likely words stand in for one that nobody here uses. */
const CANDIDATES = 3;

type Corrected = { tokens: WeighedToken[]; words: string };

/**
 * For each word that no document holds, the likeliest ones that some do: alike by trigrams, at most two letters apart
 * (Levenshtein), the more frequent first among equals. Null when every word is known or none has a likeness.
 */
export async function correctionsFor(sql: Sql, tokens: WeighedToken[]): Promise<Corrected | null> {
  const unknown = tokens.filter(({ text, isPhrase, isExcluded, isKnown }) => !isKnown && !isPhrase && !isExcluded && /^\p{L}{3,40}$/u.test(text));
  if (unknown.length === 0) return null;
  const found = await sql<{ typed: string; word: string; asked: string }[]>`
    select typed, word, plainto_phrase(word)::text as asked from unnest(${unknown.map(({ text }) => text.toLowerCase())}::text[]) typed
    cross join lateral (
      select word from search_words
      where word % unaccent(typed) and abs(char_length(word) - char_length(typed)) <= 2
        and levenshtein_less_equal(word, unaccent(typed), 2) <= case when char_length(typed) < 5 then 1 else 2 end
      order by levenshtein(word, unaccent(typed)) - 0.2 * similarity(word, unaccent(typed)) - 0.05 * ln(documents), word
      limit ${CANDIDATES}
    ) likely`;
  if (found.length === 0) return null;
  const likely = (token: WeighedToken) => (unknown.includes(token) ? found.filter(({ typed }) => typed === token.text.toLowerCase()) : []);
  return {
    tokens: tokens.map((token) => ({ ...token, variants: [...token.variants, ...likely(token).map(({ asked }) => asked)] })),
    words: tokens.map((token) => likely(token)[0]?.word ?? (token.isPhrase ? `"${token.text}"` : token.text)).join(" "),
  };
}
