import type { Sense } from "./sense.ts";
import { UNIT } from "./table.ts";
import { markOf, MARKS, type Word } from "./words.ts";

/**
 * Many sums of statements, each at a place of its own in a few long rows of numbers: comparing one with many others goes
 * through memory in order, and making one asks nothing from the system. Whole numbers throughout: what was added can be
 * taken away again to the last bit.
 */
export type Sums = {
  size: number;
  /** Directions, `size` numbers for each place. */
  sums: Int32Array;
  counts: Int32Array;
  /** How far each goes along what all statements share, and how much its words weigh, in a given sense. */
  along: Float64Array;
  weight: Float64Array;
  /** The marks of all its words, or a few more where some have left: a word whose mark is not among them is not there, and need not be looked up. */
  marks: Int32Array;
  used: number;
  free: number[];
};

/** One of them, and how often each word was said in it. */
export type Sum = { in: Sums; at: number; words: Map<string, number> };

/** What is compared with many others: a sum with what its words weigh in the present sense, so that it is not asked again each time. */
export type Asking = { in: Sums; at: number; terms: string[]; marks: number[]; squares: number[] };

/** How much shared words count beside likeness of meaning. Picked with the statements held out in training. */
const WORDS_SHARE = 0.25;
const SQUARE = UNIT * UNIT;
const MARK_WORDS = MARKS / 32;
/** Products of two directions of so many statements fit into 32 bits. */
const MOST_IN_INT = 2 ** 31 / (SQUARE * 1.1);

export function openSums(size: number, room = 256): Sums {
  return {
    size, used: 0, free: [],
    sums: new Int32Array(room * size), counts: new Int32Array(room), along: new Float64Array(room), weight: new Float64Array(room), marks: new Int32Array(room * MARK_WORDS),
  };
}

export function emptySum(sums: Sums): Sum {
  if (sums.free.length === 0 && sums.used === sums.counts.length) grow(sums);
  return { in: sums, at: sums.free.pop() ?? sums.used++, words: new Map() };
}

/** Gives the place of a sum that is gone to another. */
export function freeSum({ in: sums, at }: Sum): void {
  sums.sums.fill(0, at * sums.size, (at + 1) * sums.size);
  sums.marks.fill(0, at * MARK_WORDS, (at + 1) * MARK_WORDS);
  sums.counts[at] = sums.along[at] = sums.weight[at] = 0;
  sums.free.push(at);
}

function grow(sums: Sums): void {
  const larger = openSums(sums.size, sums.counts.length * 2);
  for (const row of ["sums", "counts", "along", "weight", "marks"] as const) larger[row].set(sums[row]);
  Object.assign(sums, { ...larger, used: sums.used });
}

export function countOf({ in: sums, at }: Sum): number {
  return sums.counts[at]!;
}

/** Its direction, until another sum is made. */
export function directionIn({ in: sums, at }: Sum): Int32Array {
  return sums.sums.subarray(at * sums.size, (at + 1) * sums.size);
}

/** Puts in what was saved. */
export function fill({ in: sums, at, words }: Sum, count: number, direction: ArrayLike<number>, said: Iterable<[string, number]>): void {
  sums.counts[at] = count;
  sums.sums.set(direction, at * sums.size);
  for (const [word, times] of said) words.set(word, times);
}

/** Measures a sum anew, when the sense of what is common has changed. */
export function measure({ in: sums, at, words }: Sum, sense: Sense): void {
  const from = at * sums.size;
  let along = 0;
  let weight = 0;
  for (let d = 0; d < sums.size; d++) along += sums.sums[from + d]! * sense.shared[d]!;
  sums.marks.fill(0, at * MARK_WORDS, (at + 1) * MARK_WORDS);
  for (const [word, count] of words) {
    weight += count * sense.rarity(word) ** 2;
    setMark(sums, at, markOf(word));
  }
  sums.along[at] = along;
  sums.weight[at] = weight;
}

/** The same of a sum of others that were measured: whole numbers, so that it comes to the same. */
export function measureFrom({ in: sums, at }: Sum, parts: Sum[]): void {
  sums.along[at] = sums.weight[at] = 0;
  sums.marks.fill(0, at * MARK_WORDS, (at + 1) * MARK_WORDS);
  for (const part of parts) {
    sums.along[at]! += part.in.along[part.at]!;
    sums.weight[at]! += part.in.weight[part.at]!;
    for (let n = 0; n < MARK_WORDS; n++) sums.marks[at * MARK_WORDS + n]! |= part.in.marks[part.at * MARK_WORDS + n]!;
  }
}

/** A sum as one that asks. */
export function askingOf({ in: sums, at, words }: Sum, sense: Sense): Asking {
  const asking: Asking = { in: sums, at, terms: [], marks: [], squares: [] };
  for (const [word, times] of words) {
    asking.terms.push(word);
    asking.marks.push(markOf(word));
    asking.squares.push(times * sense.rarity(word) ** 2);
  }
  return asking;
}

/** One statement as one that asks, at a place that is kept for it: good until the next one asks. */
export function askingOfWords({ in: sums, at }: Sum, direction: Int8Array, words: Word[], sense: Sense): Asking {
  const asking: Asking = { in: sums, at, terms: [], marks: [], squares: [] };
  const from = at * sums.size;
  let along = 0;
  for (let d = 0; d < sums.size; d++) along += (sums.sums[from + d] = direction[d]!) * sense.shared[d]!;
  let weight = 0;
  for (let n = 0; n < words.length; n++) {
    const word = words[n]!;
    if (asking.terms.includes(word.text)) continue;
    const rarity = sense.rarityOf(word);
    weight += rarity * rarity;
    asking.terms.push(word.text);
    asking.marks.push(word.mark);
    asking.squares.push(rarity * rarity);
  }
  sums.counts[at] = 1;
  sums.along[at] = along;
  sums.weight[at] = weight;
  return asking;
}

/**
 * How alike the statements of two sums are, on average over all pairs of one here and one there; at most about 1. Where
 * that cannot reach `atLeast`, something lower may be said, for less work.
 */
export function likeness(a: Asking, { in: sums, at, words }: Sum, sense: Sense, atLeast = -1): number {
  // Meaning, once what all statements have in common is taken away.
  const countA = a.in.counts[a.at]!;
  const countB = sums.counts[at]!;
  const pairs = countA * countB;
  const alongA = a.in.along[a.at]! / countA;
  const alongB = sums.along[at]! / countB;
  const lengths = Math.sqrt((SQUARE - 2 * alongA + sense.square) * (SQUARE - 2 * alongB + sense.square));
  const product = pairs < MOST_IN_INT ? dot(a.in.sums, a.at * a.in.size, sums.sums, at * sums.size, sums.size) : longDot(a.in.sums, a.at * a.in.size, sums.sums, at * sums.size, sums.size);
  const meaning = ((1 - WORDS_SHARE) * (product / pairs - alongA - alongB + sense.square)) / lengths;
  const weightA = a.in.weight[a.at]!;
  const weightB = sums.weight[at]!;
  if (weightA === 0 || weightB === 0 || meaning + WORDS_SHARE < atLeast) return meaning;
  const common = commonIn(a, sums.marks, at * MARK_WORDS, words);
  return common === 0 ? meaning : meaning + (WORDS_SHARE * common) / (pairs * Math.sqrt((weightA / countA) * (weightB / countB)));
}

function commonIn({ terms, marks, squares }: Asking, there: Int32Array, from: number, words: Map<string, number>): number {
  let common = 0;
  for (let n = 0; n < terms.length; n++) {
    const mark = marks[n]!;
    if ((there[from + (mark >> 5)]! & (1 << (mark & 31))) === 0) continue;
    const times = words.get(terms[n]!);
    if (times !== undefined) common += times * squares[n]!;
  }
  return common;
}

/** The length is a multiple of eight: see the table's dimensions. */
function dot(x: Int32Array, fromX: number, y: Int32Array, fromY: number, size: number): number {
  let product = 0;
  for (let d = 0; d < size; d += 8) {
    const [at, from] = [(fromX + d) | 0, (fromY + d) | 0];
    product =
      (product +
        Math.imul(x[at]!, y[from]!) +
        Math.imul(x[at + 1]!, y[from + 1]!) +
        Math.imul(x[at + 2]!, y[from + 2]!) +
        Math.imul(x[at + 3]!, y[from + 3]!) +
        Math.imul(x[at + 4]!, y[from + 4]!) +
        Math.imul(x[at + 5]!, y[from + 5]!) +
        Math.imul(x[at + 6]!, y[from + 6]!) +
        Math.imul(x[at + 7]!, y[from + 7]!)) |
      0;
  }
  // Parts may have gone around; their sum has come back.
  return product;
}

/** The same of many statements. Whole numbers below 2^53, so that nothing is lost. */
function longDot(x: Int32Array, fromX: number, y: Int32Array, fromY: number, size: number): number {
  let product = 0;
  for (let d = 0; d < size; d++) product += x[fromX + d]! * y[fromY + d]!;
  return product;
}

function setMark({ marks }: Sums, at: number, mark: number): void {
  marks[at * MARK_WORDS + (mark >> 5)]! |= 1 << (mark & 31);
}

export function add(to: Sum, other: Sum, sign: 1 | -1): void {
  const [into, from] = [to.in, other.in];
  into.counts[to.at]! += sign * from.counts[other.at]!;
  into.along[to.at]! += sign * from.along[other.at]!;
  into.weight[to.at]! += sign * from.weight[other.at]!;
  if (sign > 0) for (let n = 0; n < MARK_WORDS; n++) into.marks[to.at * MARK_WORDS + n]! |= from.marks[other.at * MARK_WORDS + n]!;
  for (let d = 0; d < into.size; d++) into.sums[to.at * into.size + d]! += sign * from.sums[other.at * into.size + d]!;
  for (const [word, count] of other.words) countWord(to.words, word, sign * count);
}

/** Adds or takes away one statement. */
export function addStatement(to: Sum, { in: from, at, terms, marks }: Asking, sign: 1 | -1): void {
  const into = to.in;
  into.counts[to.at]! += sign;
  into.along[to.at]! += sign * from.along[at]!;
  into.weight[to.at]! += sign * from.weight[at]!;
  for (let d = 0; d < into.size; d++) into.sums[to.at * into.size + d]! += sign * from.sums[at * into.size + d]!;
  for (let n = 0; n < terms.length; n++) {
    countWord(to.words, terms[n]!, sign);
    setMark(into, to.at, marks[n]!);
  }
}

/** One that is not there any more leaves no trace. */
export function countWord(counts: Map<string, number>, word: string, by: number): void {
  const left = (counts.get(word) ?? 0) + by;
  if (left > 0) counts.set(word, left);
  else counts.delete(word);
}
