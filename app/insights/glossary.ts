import type { LearnedPhrase, ProductArea } from "#db/schema/insights.ts";
import { textHash } from "./text-hash.ts";

type NamedArea = Pick<ProductArea, "id" | "name" | "synonyms" | "divisionId">;
type Phrase = { areaId: number; divisionId: number | null; words: string[] };

/** The glossary ready to be looked things up in. */
export type Glossary = { version: string; byFirstWord: Map<string, Phrase[]> };

const WORD = /[\p{L}\p{N}]+(?:[.+#][\p{L}\p{N}]+)*/gu;

/** Makes a glossary of its areas and of what corrections taught of them. The same make the same version. */
export function glossaryOf(areas: NamedArea[], learned: LearnedPhrase[] = []): Glossary {
  const phrases = areas.toSorted((a, b) => a.id - b.id).flatMap((area) =>
    [area.name, ...area.synonyms, ...learned.flatMap(({ areaId, words }) => (areaId === area.id ? [words] : []))].flatMap((phrase) => {
      const words = phraseWords(phrase);
      return words.length > 0 ? [{ areaId: area.id, divisionId: area.divisionId, words }] : [];
    }),
  );
  const byFirstWord = new Map<string, Phrase[]>();
  for (const phrase of phrases) byFirstWord.set(phrase.words[0]!, [...(byFirstWord.get(phrase.words[0]!) ?? []), phrase]);
  return { version: textHash(JSON.stringify(phrases)).slice(0, 12), byFirstWord };
}

/**
 * The area a statement is about: the longest phrase of the glossary in its own words, else in the topic's title; of
 * phrases equally long the one that comes first. Phrases match whole words, whatever their case. Null when none does.
 */
export function areaOf(glossary: Glossary, { text, title, divisionId }: { text: string; title: string; divisionId: number }): number | null {
  if (glossary.byFirstWord.size === 0) return null;
  return longestIn(glossary, phraseWords(text), divisionId) ?? longestIn(glossary, phraseWords(title), divisionId);
}

function longestIn(glossary: Glossary, words: string[], divisionId: number): number | null {
  let best: Phrase | null = null;
  for (let at = 0; at < words.length; at++) {
    for (const phrase of glossary.byFirstWord.get(words[at]!) ?? []) {
      if (phrase.divisionId !== null && phrase.divisionId !== divisionId) continue;
      if (best && phrase.words.length <= best.words.length) continue;
      if (phrase.words.every((word, ahead) => words[at + ahead] === word)) best = phrase;
    }
  }
  return best?.areaId ?? null;
}

/** Words as phrases of the glossary are made of them. Plurals count as their singular: "gateways" are about the gateway. */
export function phraseWords(text: string): string[] {
  return (text.slice(0, 4000).toLowerCase().match(WORD) ?? []).map((word) => (word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word));
}
