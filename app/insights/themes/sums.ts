import { FNV_START, fnvStep } from "../mining/hash.ts";
import type { Sense } from "./sense.ts";
import { UNIT } from "./table.ts";

/**
 * What statements add up to. Whole numbers throughout: what was added can be taken away again to the last bit. `along`
 * and `weight` say how far the sum goes along what all statements share, and how much its words weigh, in a given sense.
 */
export type Sum = { count: number; sum: Int32Array; words: Map<string, number>; along: number; weight: number; signs: number };

/**
 * What a single statement adds: its words once each, with what they weigh in the present sense, so that it is not asked
 * again each time it is compared.
 */
export type Single = { direction: Float64Array; terms: string[]; squares: number[]; marks: number[]; along: number; weight: number };

/** How much shared words count beside likeness of meaning. Picked with the statements held out in training. */
const WORDS_SHARE = 0.25;
const SQUARE = UNIT * UNIT;

export function emptySum(size: number): Sum {
  return { count: 0, sum: new Int32Array(size), words: new Map(), along: 0, weight: 0, signs: 0 };
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

/**
 * How alike the statements of two sums are, on average over all pairs of one here and one there; at most about 1. Where
 * that cannot reach `atLeast`, something lower may be said, for less work.
 */
export function likeness(a: Sum, b: Sum, sense: Sense, atLeast = -1): number {
  const meaning = likenessOfMeaning(a, b, sense);
  if (a.weight === 0 || b.weight === 0 || meaning + WORDS_SHARE < atLeast) return meaning;
  const common = a.words.size <= b.words.size ? inCommon(a.words, b.words, sense) : inCommon(b.words, a.words, sense);
  return meaning + (WORDS_SHARE * common) / (a.count * b.count * Math.sqrt((a.weight / a.count) * (b.weight / b.count)));
}

/** The same of a single statement. */
export function likenessOfSingle(a: Single, b: Sum, sense: Sense, atLeast = -1): number {
  const alongB = b.along / b.count;
  const lengths = Math.sqrt((SQUARE - 2 * a.along + sense.square) * (SQUARE - 2 * alongB + sense.square));
  const meaning = ((1 - WORDS_SHARE) * (dotOfSingle(a.direction, b.sum) / b.count - a.along - alongB + sense.square)) / lengths;
  if (a.weight === 0 || b.weight === 0 || meaning + WORDS_SHARE < atLeast) return meaning;
  const { terms, squares, marks } = a;
  let common = 0;
  for (let at = 0; at < terms.length; at++) {
    if ((marks[at]! & b.signs) === 0) continue;
    const other = b.words.get(terms[at]!);
    if (other !== undefined) common += other * squares[at]!;
  }
  return meaning + (WORDS_SHARE * common) / (b.count * Math.sqrt(a.weight * (b.weight / b.count)));
}

/** Meaning, once what all statements have in common is taken away. */
function likenessOfMeaning(a: Sum, b: Sum, sense: Sense): number {
  const alongA = a.along / a.count;
  const alongB = b.along / b.count;
  const lengths = Math.sqrt((SQUARE - 2 * alongA + sense.square) * (SQUARE - 2 * alongB + sense.square));
  return ((1 - WORDS_SHARE) * (dot(a.sum, b.sum) / (a.count * b.count) - alongA - alongB + sense.square)) / lengths;
}

/** The length is a multiple of four: see the table's dimensions. */
function dot(x: Int32Array, y: Int32Array): number {
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

function dotOfSingle(x: Float64Array, y: Int32Array): number {
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
  if (sign > 0) to.signs |= other.signs;
  for (let d = 0; d < to.sum.length; d++) to.sum[d]! += sign * other.sum[d]!;
  for (const [word, count] of other.words) countWord(to.words, word, sign * count);
}

export function addSingle(to: Sum, { direction, terms, marks, along, weight }: Single, sign: 1 | -1): void {
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
