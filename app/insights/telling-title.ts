import type { ThemeTable } from "./themes/table.ts";

/** What a theme could be called: a member's words, or the title of the topic they stand in. */
export type TitleCandidate = { statementId: number; text: string; isTitle: boolean; ofTopic: boolean; isPublic: boolean; /** The share of the theme's statements that stand in this topic. */ share: number };

/** Words that carry a sentence and no subject. */
const SILENT = new Set(
  ("the and that this with for not are was were been being have has had does did doing can could would should will shall may might must you your yours they them their theirs our ours its his her him she who whom whose which what when where why how there here then than also just only even still too very more most much many some any all both each few other another same such own into onto from over under about after before again once out off and but because until while during between through above below " +
    "now today yesterday tomorrow week weeks month months year years day days hour hours morning evening night time times since ago yet already always never often sometimes ever anyone anybody anything someone somebody something everyone everybody everything nobody nothing none one two three four five " +
    "get gets got getting make makes made making take takes took taken give gave given come comes came going goes gone went see sees seen saw look looks looked know knows knew think thinks thought want wants wanted need needs needed like likes liked tell tells told say says said ask asks asked use uses used using try tries tried find found let put keep keeps kept seem seems feel feels felt mean means " +
    "please thanks thank hello sorry good great nice bad better best well really quite rather maybe perhaps probably actually exactly okay yes sure lot bit way thing things stuff kind sort people person guy question questions answer problem problems issue help point case idea don't doesn't didn't isn't wasn't can't won't wouldn't couldn't i'm i've i'd it's that's there's what's you're they're we're dont cant").split(" "),
);
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

/** Thanks for nothing in particular: praise of a product names something of it. */
export function praisesNothing({ intent, quote }: { intent: string; quote: string }): boolean {
  return intent === "praise" && quote.length < 60 && contentOf(quote).length < 2;
}

function contentOf(text: string): string[] {
  const words = text.toLowerCase().replace(/’/g, "'").match(/\p{L}[\p{L}\p{N}'-]*/gu) ?? [];
  return [...new Set(words.filter((word) => word.length > 2 && !SILENT.has(word)))];
}

/** From 0 for the commonest word to 1 for one the table has never met, such as a product's name. */
function rarityOf(word: string, table: ThemeTable): number {
  const row = table.rowOf.get(word);
  return row === undefined ? 1 : Math.log(2 + row) / Math.log(2 + table.rowOf.size);
}
