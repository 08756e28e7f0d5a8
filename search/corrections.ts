import type { WeighedToken } from "./weigh-tokens.ts";

type Corrected = { tokens: WeighedToken[]; words: string };

/** The search that was meant, with the likeliest words for those that nobody here uses. Null when every word is known or none has a likeness. */
export function correctionsOf(tokens: WeighedToken[]): Corrected | null {
  if (tokens.every(({ likely }) => likely.length === 0)) return null;
  return {
    tokens: tokens.map((token) => ({ ...token, variants: [...token.variants, ...token.likely.map(({ asked }) => asked)], frequency: token.likely.length > 0 ? token.likely.reduce((sum, { frequency }) => sum + frequency, 0) : token.frequency })),
    words: tokens.map((token) => token.likely[0]?.word ?? (token.isPhrase ? `"${token.text}"` : token.text)).join(" "),
  };
}
