import { FNV_START, fnvStep } from "../mining/hash.ts";
import type { Sense } from "./sense.ts";
import { UNIT } from "./table.ts";

/**
 * What statements add up to. Whole numbers throughout: what was added can be taken away again to the last bit. `along`
 * and `weight` say how far the sum goes along what all statements share, and how much its words weigh, in a given sense.
 */
export type Sum = { count: number; sum: Int32Array; words: Map<string, number>; along: number; weight: number; signs: number };

/** What is compared with many others: with what its words weigh in the present sense, so that it is not asked again each time. */
export type Asking = { count: number; direction: Float64Array; along: number; weight: number; terms: string[]; marks: number[]; squares: number[] };

/** How much shared words count beside likeness of meaning. Picked with the statements held out in training. */
const WORDS_SHARE = 0.25;
const SQUARE = UNIT * UNIT;

export function emptySum(size: number): Sum {
  // Minus nought, because engines keep what begins as a whole number in another form, and would have to change it later.
  return { count: 0, sum: new Int32Array(size), words: new Map(), along: -0, weight: -0, signs: 0 };
}

/**
 * A word as one of 32 bits. A sum's `signs` are those of all its words, or a few more where some have left: a word whose
 * bit is not among them is not there, and need not be looked up.
 */
export function markOf(word: string): number {
  let value = FNV_START;
  for (let at = 0; at < word.length; at++) value = fnvStep(value, word.charCodeAt(at));
  return 1 << (value & 31);
}

/** Measures a sum anew, when the sense of what is common has changed. */
export function measure(of: Sum, sense: Sense): void {
  let along = 0;
  let weight = 0;
  let signs = 0;
  for (let d = 0; d < of.sum.length; d++) along += of.sum[d]! * sense.shared[d]!;
  for (const [word, count] of of.words) {
    weight += count * sense.rarity(word) ** 2;
    signs |= markOf(word);
  }
  of.along = along;
  of.weight = weight;
  of.signs = signs;
}

/** A sum as one that asks. */
export function askingOf({ count, sum, words, along, weight }: Sum, sense: Sense): Asking {
  const asking: Asking = { count, direction: Float64Array.from(sum), along, weight, terms: [], marks: [], squares: [] };
  for (const [word, times] of words) addTerm(asking, word, times, sense);
  return asking;
}

export function addTerm({ terms, marks, squares }: Asking, word: string, times: number, sense: Sense): void {
  terms.push(word);
  marks.push(markOf(word));
  squares.push(times * sense.rarity(word) ** 2);
}

/**
 * How alike the statements of two sums are, on average over all pairs of one here and one there; at most about 1. Where
 * that cannot reach `atLeast`, something lower may be said, for less work.
 */
export function likeness(a: Asking, b: Sum, sense: Sense, atLeast = -1): number {
  // Meaning, once what all statements have in common is taken away.
  const pairs = a.count * b.count;
  const alongA = a.along / a.count;
  const alongB = b.along / b.count;
  const lengths = Math.sqrt((SQUARE - 2 * alongA + sense.square) * (SQUARE - 2 * alongB + sense.square));
  const meaning = ((1 - WORDS_SHARE) * (dot(a.direction, b.sum) / pairs - alongA - alongB + sense.square)) / lengths;
  if (a.weight === 0 || b.weight === 0 || meaning + WORDS_SHARE < atLeast) return meaning;
  const { terms, marks, squares } = a;
  const { words, signs } = b;
  let common = 0;
  for (let at = 0; at < terms.length; at++) {
    if ((marks[at]! & signs) === 0) continue;
    const other = words.get(terms[at]!);
    if (other !== undefined) common += other * squares[at]!;
  }
  return meaning + (WORDS_SHARE * common) / (pairs * Math.sqrt((a.weight / a.count) * (b.weight / b.count)));
}

/** The length is a multiple of four: see the table's dimensions. */
function dot(x: Float64Array, y: Int32Array): number {
  let one = 0;
  let two = 0;
  let three = 0;
  let four = 0;
  for (let d = 0; d < x.length; d += 4) {
    one += x[d]! * y[d]!;
    two += x[d + 1]! * y[d + 1]!;
    three += x[d + 2]! * y[d + 2]!;
    four += x[d + 3]! * y[d + 3]!;
  }
  return one + two + three + four;
}

export function add(to: Sum, other: Sum, sign: 1 | -1): void {
  to.count += sign * other.count;
  to.along += sign * other.along;
  to.weight += sign * other.weight;
  if (sign > 0) to.signs |= other.signs;
  for (let d = 0; d < to.sum.length; d++) to.sum[d]! += sign * other.sum[d]!;
  for (const [word, count] of other.words) countWord(to.words, word, sign * count);
}

/** Adds or takes away one statement. */
export function addStatement(to: Sum, { direction, terms, marks, along, weight }: Asking, sign: 1 | -1): void {
  to.count += sign;
  to.along += sign * along;
  to.weight += sign * weight;
  for (let d = 0; d < direction.length; d++) to.sum[d]! += sign * direction[d]!;
  for (let at = 0; at < terms.length; at++) {
    countWord(to.words, terms[at]!, sign);
    to.signs |= marks[at]!;
  }
}

/** One that is not there any more leaves no trace. */
export function countWord(counts: Map<string, number>, word: string, by: number): void {
  const left = (counts.get(word) ?? 0) + by;
  if (left > 0) counts.set(word, left);
  else counts.delete(word);
}
