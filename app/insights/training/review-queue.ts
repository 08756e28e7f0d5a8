import { wordsOf } from "../mining/words.ts";

/** A statement that somebody could be asked about. */
export type ToReview = { id: number; text: string; likelihoods: number[] };

/** Enough to choose from; the rest are surer than these. */
const LOOKED_AT = 400;

/**
 * Those that are worth asking about: where two intents are nearest to each other, and not the like of one that is asked
 * about already. Pure; ties go to the older.
 */
export function pickForReview(candidates: ToReview[], count: number): number[] {
  const left = candidates
    .map(({ id, text, likelihoods }) => ({ id, doubt: 1 - gapOf(likelihoods), words: new Set(wordsOf(text)), likeness: 0 }))
    .sort((a, b) => b.doubt - a.doubt || a.id - b.id)
    .slice(0, Math.max(LOOKED_AT, count));
  const picked: number[] = [];
  while (picked.length < count && left.length > 0) {
    let best = 0;
    for (let at = 1; at < left.length; at++) if (worthOf(left[at]!) > worthOf(left[best]!)) best = at;
    const [one] = left.splice(best, 1);
    picked.push(one!.id);
    for (const other of left) other.likeness = Math.max(other.likeness, likeness(one!.words, other.words));
  }
  return picked;
}

function worthOf({ doubt, likeness: alike }: { doubt: number; likeness: number }): number {
  return doubt * (1 - alike);
}

/** How much likelier the first intent is than the second. */
function gapOf(likelihoods: number[]): number {
  const [first = 0, second = 0] = likelihoods.toSorted((a, b) => b - a);
  return first - second;
}

/** The share of words that both have. */
function likeness(a: Set<string>, b: Set<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  const all = a.size + b.size - both;
  return all === 0 ? 1 : both / all;
}
