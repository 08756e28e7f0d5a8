/** A word of a search: what was typed, as the index would store it. */
export type QueryToken = { text: string; isPhrase: boolean; isExcluded: boolean };

/** The most words of a search that count. Each costs time, and nobody means more. */
const MAX_TOKENS = 16;

/** Splits the words of a search; quotations stay together, `-` before one excludes it. */
export function tokensOf(words: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const [whole, minus, quoted] of words.matchAll(/(-?)"([^"]*)"?|\S+/g)) {
    const isExcluded = quoted === undefined ? /^-[^-\s]/.test(whole) : minus === "-";
    const text = quoted ?? (isExcluded ? whole.slice(1) : whole);
    if (/[\p{L}\p{N}]/u.test(text)) tokens.push({ text, isPhrase: quoted !== undefined, isExcluded });
  }
  return tokens.slice(0, MAX_TOKENS);
}
