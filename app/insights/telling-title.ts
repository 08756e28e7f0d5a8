import { contentOf } from "./subject-words.ts";
import type { ThemeTable } from "./themes/table.ts";

/** What a theme could be called: a member's words, or the title of the topic they stand in. */
export type TitleCandidate = { statementId: number; text: string; isTitle: boolean; ofTopic: boolean; isPublic: boolean; /** The share of the theme's statements that stand in this topic. */ share: number };

const LEAST_CONTENT = 3;

/**
 * Which candidate says best what a theme is about: many rare words that its other statements share, in a line that can be
 * read at a glance. Titles were made to be names; words that everyone may read come before those that few may.
 * The same statements make the same name, so that parting what was merged restores it. Null when none says anything.
 */
export function tellingTitle(candidates: TitleCandidate[], table: ThemeTable): TitleCandidate | null {
  const contents = candidates.map(({ text }) => contentOf(text));
  const inTheme = new Map<string, number>();
  for (const words of contents) for (const word of words) inTheme.set(word, (inTheme.get(word) ?? 0) + 1);
  let best: { candidate: TitleCandidate; weight: number } | null = null;
  candidates.forEach((candidate, at) => {
    const words = contents[at]!;
    if (words.length < (candidate.isTitle ? 1 : LEAST_CONTENT)) return;
    const told = words.reduce((sum, word) => sum + rarityOf(word, table) * (0.4 + Math.sqrt(inTheme.get(word)! / candidates.length)), 0);
    const length = candidate.text.trim().split(/\s+/).length;
    // Beyond some ten words a line says more and names less.
    const weight = (told / Math.max(7, length)) * (candidate.isTitle ? 3 : candidate.ofTopic ? 0.8 + candidate.share : 1) * (candidate.isPublic ? 2 : 1) * (candidate.text.length > 140 ? 0.5 : 1);
    if (!best || weight > best.weight) best = { candidate, weight };
  });
  return (best as { candidate: TitleCandidate } | null)?.candidate ?? null;
}

/** From 0 for the commonest word to 1 for one the table has never met, such as a product's name. */
function rarityOf(word: string, table: ThemeTable): number {
  const row = table.rowOf.get(word);
  return row === undefined ? 1 : Math.log(2 + row) / Math.log(2 + table.rowOf.size);
}
