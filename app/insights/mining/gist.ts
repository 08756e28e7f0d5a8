import type { SourceText } from "./source-text.ts";
import { statementsOf } from "./statements.ts";

const FIRST = 700;
const LAST = 250;

/** Its author's own words, without quotations, code and signature. */
export function ownWords(source: SourceText): string {
  return statementsOf(source).map(({ start, end }) => source.text.slice(start, end)).join("\n");
}

/** What a post is for is said where it begins and where it ends: its own words, without the middle of a long story. */
export function gistOf(source: SourceText): string {
  const words = ownWords(source);
  return words.length <= FIRST + LAST ? words : `${words.slice(0, FIRST)}\n${words.slice(-LAST)}`;
}
