import type { LearnedPhrase } from "#db/schema/insights.ts";
import { areaOf, glossaryOf, phraseWords, type Glossary } from "../glossary.ts";
import type { AreaCorrection } from "./corrections.ts";

/** Before so many corrections of areas nothing is learnt. */
export const FEWEST_AREA_LABELS = 6;
/** So many posts must have used the words for an area before they stand for it. */
const POSTS_FOR_PHRASE = 2;
const LONGEST = 3;
/** Words that stand in more than this share of posts about anything name nothing. */
const TOO_COMMON = 0.004;

type Areas = Parameters<typeof glossaryOf>[0];
export type PhraseLesson = { phrases: LearnedPhrase[]; outcome: "few" | "no_better" | "taken"; held: number; before: number; after: number };

/**
 * Which words people's corrections showed to mean an area that the glossary did not know them for: they stand in two
 * posts or more that were said to be about it and in none that was said to be about something else. Like intents they
 * are learnt from the earlier two thirds, and taken only if these tell the last third better. `anything` are posts
 * about all kinds of things, to know words by that name nothing. Pure.
 */
export function learnPhrases(areas: Areas, corrections: AreaCorrection[], anything: string[]): PhraseLesson {
  const ordered = corrections.toSorted((a, b) => a.at - b.at);
  const glossary = glossaryOf(areas);
  if (ordered.length < FEWEST_AREA_LABELS) return { phrases: [], outcome: "few", held: 0, before: 0, after: 0 };
  const cut = Math.floor((ordered.length * 2) / 3);
  const [earlier, later] = [ordered.slice(0, cut), ordered.slice(cut)];
  const timesElsewhere = counterOf(anything);
  const limit = anything.length * TOO_COMMON;
  const right = (of: Glossary) => later.filter((one) => areaOf(of, one) === one.areaId).length;
  const before = right(glossary);
  const after = right(glossaryOf(areas, phrasesOf(glossary, areas, earlier, timesElsewhere, limit)));
  const phrases = after > before ? phrasesOf(glossary, areas, ordered, timesElsewhere, limit) : [];
  return { phrases, outcome: phrases.length > 0 ? "taken" : "no_better", held: later.length, before, after };
}

function phrasesOf(glossary: Glossary, areas: Areas, corrections: AreaCorrection[], timesElsewhere: (phrase: string) => number, limit: number): LearnedPhrase[] {
  const known = new Set(areas.map(({ id }) => id));
  const uses = new Map<string, { posts: Map<number | null, Set<number>> }>();
  for (const { text, areaId, postId } of corrections) {
    for (const phrase of phrasesIn(text)) {
      const { posts } = uses.get(phrase) ?? { posts: new Map() };
      posts.set(areaId, (posts.get(areaId) ?? new Set()).add(postId));
      uses.set(phrase, { posts });
    }
  }
  const wrong = corrections.filter((one) => one.areaId !== null && known.has(one.areaId) && areaOf(glossary, one) !== one.areaId);
  const candidates = [...uses]
    .flatMap(([words, { posts }]) => {
      const [[areaId, said]] = [...posts] as [[number | null, Set<number>]];
      return posts.size === 1 && areaId !== null && said.size >= POSTS_FOR_PHRASE && timesElsewhere(words) <= limit && !hasPhrase(glossary, words) ? [{ areaId, words }] : [];
    })
    // What explains most first; of equals what nobody says of anything else, and the shorter, which will be met again more often.
    .map((one) => ({ ...one, explains: wrong.filter(({ areaId, text }) => areaId === one.areaId && phrasesIn(text).has(one.words)).map(({ statementId }) => statementId) }))
    .filter(({ explains }) => explains.length >= POSTS_FOR_PHRASE)
    .sort((a, b) => b.explains.length - a.explains.length || timesElsewhere(a.words) - timesElsewhere(b.words) || a.words.split(" ").length - b.words.split(" ").length || (a.words < b.words ? -1 : 1));
  const explained = new Set<number>();
  const taken: LearnedPhrase[] = [];
  for (const { areaId, words, explains } of candidates) {
    if (explains.every((id) => explained.has(id))) continue;
    for (const id of explains) explained.add(id);
    taken.push({ areaId, words });
  }
  return taken.sort((a, b) => a.areaId - b.areaId || (a.words < b.words ? -1 : 1));
}

function hasPhrase(glossary: Glossary, words: string): boolean {
  return glossary.byFirstWord.get(words.split(" ")[0]!)?.some((phrase) => phrase.words.join(" ") === words) ?? false;
}

/** Runs of up to three words that could name something: none of them next to nothing but letters. */
function phrasesIn(text: string): Set<string> {
  const words = phraseWords(text).slice(0, 80);
  const phrases = new Set<string>();
  for (let from = 0; from < words.length; from++) {
    for (let length = 1; length <= LONGEST && from + length <= words.length; length++) {
      const run = words.slice(from, from + length);
      if (run[0]!.length > 2 && run.at(-1)!.length > 2) phrases.add(run.join(" "));
    }
  }
  return phrases;
}

/** In how many texts the words at both ends of a phrase stand: "puck in the" is not a name of the puck. */
function counterOf(texts: string[]): (phrase: string) => number {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of new Set(phraseWords(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (phrase) => Math.max(counts.get(phrase.split(" ")[0]!) ?? 0, counts.get(phrase.split(" ").at(-1)!) ?? 0);
}
