import type { Sense } from "./sense.ts";
import { UNIT } from "./table.ts";

/**
 * What statements add up to. Whole numbers throughout: what was added can be taken away again to the last bit. `along`
 * and `weight` say how far the sum goes along what all statements share, and how much its words weigh, in a given sense.
 */
export type Sum = { count: number; sum: Int32Array; words: Map<string, number>; along: number; weight: number };

/** How much shared words count beside likeness of meaning. Picked with the statements held out in training. */
const WORDS_SHARE = 0.25;
const SQUARE = UNIT * UNIT;

export function emptySum(size: number): Sum {
  return { count: 0, sum: new Int32Array(size), words: new Map(), along: 0, weight: 0 };
}

/** Measures a sum anew, when the sense of what is common has changed. */
export function measure(of: Sum, sense: Sense): void {
  of.along = 0;
  of.weight = 0;
  for (let d = 0; d < of.sum.length; d++) of.along += of.sum[d]! * sense.shared[d]!;
  for (const [word, count] of of.words) of.weight += count * sense.rarity(word) ** 2;
}

/**
 * How alike the statements of two sums are, on average over all pairs of one here and one there; at most about 1. Where
 * that cannot reach `atLeast`, something lower may be said, for less work.
 */
export function likeness(a: Sum, b: Sum, sense: Sense, atLeast = -1): number {
  // Meaning, once what all statements have in common is taken away.
  const pairs = a.count * b.count;
  const alongA = a.along / a.count;
  const alongB = b.along / b.count;
  const lengths = Math.sqrt((SQUARE - 2 * alongA + sense.square) * (SQUARE - 2 * alongB + sense.square));
  const meaning = ((1 - WORDS_SHARE) * (dot(a.sum, b.sum) / pairs - alongA - alongB + sense.square)) / lengths;
  if (a.weight === 0 || b.weight === 0 || meaning + WORDS_SHARE < atLeast) return meaning;
  const common = a.words.size <= b.words.size ? inCommon(a.words, b.words, sense) : inCommon(b.words, a.words, sense);
  return meaning + (WORDS_SHARE * common) / (pairs * Math.sqrt((a.weight / a.count) * (b.weight / b.count)));
}

/** The length is a multiple of four: see the table's dimensions. */
function dot(x: Int32Array, y: Int32Array): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  for (let d = 0; d < x.length; d += 4) {
    one += x[d]! * y[d]!;
    two += x[d + 1]! * y[d + 1]!;
    three += x[d + 2]! * y[d + 2]!;
    four += x[d + 3]! * y[d + 3]!;
  }
  return one + two + three + four;
}

function inCommon(few: Map<string, number>, many: Map<string, number>, sense: Sense): number {
  let common = 0;
  for (const [word, count] of few) {
    const other = many.get(word);
    if (other !== undefined) common += count * other * sense.rarity(word) ** 2;
  }
  return common;
}

export function add(to: Sum, other: Sum, sign: 1 | -1): void {
  to.count += sign * other.count;
  to.along += sign * other.along;
  to.weight += sign * other.weight;
  for (let d = 0; d < to.sum.length; d++) to.sum[d]! += sign * other.sum[d]!;
  for (const [word, count] of other.words) {
    const left = (to.words.get(word) ?? 0) + sign * count;
    if (left > 0) to.words.set(word, left);
    else to.words.delete(word);
  }
}
