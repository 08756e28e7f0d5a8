// Hashed n-grams of words, of letters and of sentence skeletons: the features of every classifier here. Hashing features
// in place of a dictionary follows Weinberger et al., ICML 2009. Features stand in blocks, each of length one, so that a
// long body does not drown a short title.
import { markTurns } from "./cues.ts";
import { mix } from "./hash.ts";
import { markMood } from "./mood-of-text.ts";
import { MAX_LETTERS, readWords, type Word } from "./words.ts";

/** How many buckets there are, as a power of two. */
export const FEATURE_BITS = 18;
const BUCKETS = 1 << FEATURE_BITS;
const MASK = BUCKETS - 1;

/** A text as numbers: bucket by bucket, with its weight; the weights' squares sum to one. */
export type FeatureVector = { indices: Int32Array; values: Float32Array };

/** What is known of a statement beside its words: the title it stands under, or that it is one; whether it opens talk or answers. */
export type FeatureContext = { title?: string; isTitle?: boolean; isReply?: boolean };

/**
 * How often each bucket was seen, block by block. What is `even` counts as often as it is seen, so that what a word adds
 * is the same wherever it stands; of everything else the logarithm counts.
 */
export type Counted = { weight: number; buckets: Int32Array; counts: Int32Array; isEven: boolean }[];

/** The features of one statement, under the title of its topic or as a title itself. */
export function countFeatures(text: string, context: FeatureContext = {}): Counted {
  return collected((sink) => statementBlocks(text, context, sink));
}

/** The features of a whole post: the title its author gave it, if any, and what it says. */
export function countPostFeatures(title: string, text: string): Counted {
  return collected((sink) => postBlocks(title, text, sink));
}

/** Takes the blocks of a text one by one. */
export type Sink = {
  /** Buckets up to `size`, and how often each was seen. Both are used again for the next block. */
  take: (weight: number, buckets: Int32Array, size: number, counts: Int32Array) => void;
  /** The block of all letters of some words, which is even. */
  takeLetters: (weight: number, words: Word[]) => void;
  /** What `fill` gives, which is the same whenever it has the same name. */
  takeNamed: (name: string, fill: (name: string, sink: Sink) => void) => void;
};

export function statementBlocks(text: string, { title, isTitle, isReply }: FeatureContext, sink: Sink): void {
  const words = readWords(text);
  if (isTitle) titleBlocks(words, sink);
  else ownBlocks(words, BODY, sink);
  turnsBlock(words, sink);
  moodBlock(text, words, sink);
  if (title && !isTitle) sink.takeNamed(title, contextBlock);
  if (isReply !== undefined && !isTitle) placeBlock(words, isReply ? REPLY : OPENING, sink);
}

export function postBlocks(title: string, text: string, sink: Sink): void {
  const titled = readWords(title);
  const body = readWords(text);
  if (titled.length > 0) titleBlocks(titled, sink);
  if (body.length > 0) ownBlocks(body, BODY, sink);
  turnsBlock(titled, sink);
  turnsBlock(body, sink);
  moodBlock(`${title} ${text.slice(0, MAX_LETTERS)}`, [...titled, ...body], sink);
}

const [BODY, TITLE, CONTEXT, OPENING, REPLY] = [0, 0x5bd1e995, 0x1b873593, 0x3c6ef372, 0x7f4a7c15];
const WEIGHTS = { words: 1, letters: 0.5, skeleton: 1, shared: 0.5, context: 0.4, mood: 1, place: 0.5, turns: 1.2 };

function titleBlocks(words: Word[], sink: Sink): void {
  ownBlocks(words, TITLE, sink);
  // The same runs as in a body: what a title asks is asked there, too.
  wordRuns(words, BODY, 2);
  finish(WEIGHTS.shared, sink);
}

function ownBlocks(words: Word[], place: number, sink: Sink): void {
  wordRuns(words, place, 3);
  finish(WEIGHTS.words, sink);
  sink.takeLetters(WEIGHTS.letters, words);
  skeletons(words, place);
  finish(WEIGHTS.skeleton, sink);
}

function contextBlock(title: string, sink: Sink): void {
  const words = readWords(title).slice(0, 30);
  wordRuns(words, CONTEXT, 1);
  skeletons(words, CONTEXT);
  finish(WEIGHTS.context, sink);
}

function turnsBlock(words: Word[], sink: Sink): void {
  let from = 0;
  for (let at = 0; at < words.length; at++) {
    const isLast = at === words.length - 1;
    if (!words[at]!.ends && !isLast) continue;
    markTurns(words, from, isLast ? words.length : at, words[at]!.text[0] === "?", add);
    from = at + 1;
  }
  finish(WEIGHTS.turns, sink);
}

/** Who opens talk asks and reports, who replies answers: the same beginning and end of a sentence mean another thing there. */
function placeBlock(words: Word[], place: number, sink: Sink): void {
  let start = mix(place);
  add(start);
  for (let at = 0; at < words.length && at < 3; at++) add((start = mix(Math.imul(start, 0x9e3779b1) ^ words[at]!.skeleton)));
  if (words.length > 0) add(mix(Math.imul(mix(place), 0x85ebca6b) ^ words[words.length - 1]!.skeleton));
  finish(WEIGHTS.place, sink);
}

function moodBlock(text: string, words: Word[], sink: Sink): void {
  markMood(text, words, add);
  finish(WEIGHTS.mood, sink);
}

// What is counted of the block at hand: its buckets in the order in which they came, and how often each did. Nothing is
// kept between two texts: a block ends with the index empty. A count for each of all buckets would be simpler, and wait
// for memory at each of them; this index of a block stays in the fastest.
let buckets = new Int32Array(1 << 10);
let counts = new Int32Array(1 << 10);
let size = 0;

const LEAST_ROOM = 256;
/** Where a bucket stands among those of the block, plus one; a bucket is looked for from its own number on. */
let index = new Int32Array(1 << 12);
let room = LEAST_ROOM;
/** The places taken in the index, to empty them again. */
let taken = new Int32Array(1 << 10);

function add(value: number): void {
  const bucket = value & MASK;
  let place = bucket & (room - 1);
  for (let at = index[place]!; at !== 0; at = index[place]!) {
    if (buckets[at - 1] === bucket) {
      counts[at - 1]!++;
      return;
    }
    place = (place + 1) & (room - 1);
  }
  if (size === buckets.length) makeRoom();
  buckets[size] = bucket;
  counts[size] = 1;
  taken[size] = place;
  index[place] = ++size;
  if (size * 2 > room) widen();
}

function makeRoom(): void {
  buckets = larger(buckets);
  counts = larger(counts);
  taken = larger(taken);
}

/** Twice the room for the index, so that few stand where another should. */
function widen(): void {
  empty();
  room *= 2;
  if (room > index.length) index = larger(index);
  for (let at = 0; at < size; at++) {
    let place = buckets[at]! & (room - 1);
    while (index[place] !== 0) place = (place + 1) & (room - 1);
    taken[at] = place;
    index[place] = at + 1;
  }
}

function empty(): void {
  for (let at = 0; at < size; at++) index[taken[at]!] = 0;
}

function larger(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}

function finish(weight: number, sink: Sink): void {
  sink.take(weight, buckets, size, counts);
  empty();
  size = 0;
  room = LEAST_ROOM;
}

function collected(fill: (sink: Sink) => void): Counted {
  const blocks: Counted = [];
  let isEven = false;
  const sink: Sink = {
    take: (weight, met, length, times) => blocks.push({ weight, isEven, buckets: met.slice(0, length), counts: times.slice(0, length) }),
    takeLetters(weight, words) {
      for (const { letters } of words) for (let at = 0; at < letters.length; at++) add(letters[at]!);
      isEven = true;
      finish(weight, sink);
      isEven = false;
    },
    takeNamed: (name, fillNamed) => fillNamed(name, sink),
  };
  fill(sink);
  return blocks;
}

/**
 * The counts as a vector of length one: within a block, logarithm of the count times the bucket's rarity. `unseen` is
 * the rarity of what the model never saw; nothing can be said of it unless somebody's corrections do.
 */
export function weigh(counted: Counted, rarity: Float32Array, unseen = 0): FeatureVector {
  let room = 0;
  let mass = 0;
  for (const { buckets } of counted) room += buckets.length;
  const indices = new Int32Array(room);
  const values = new Float32Array(room);
  let size = 0;
  for (const { weight, buckets, counts, isEven } of counted) {
    const from = size;
    let squares = 0;
    for (let at = 0; at < buckets.length; at++) {
      const rare = rarity[buckets[at]!]! || unseen;
      if (rare === 0) continue;
      const count = counts[at]!;
      const value = isEven ? count * rare : count === 1 ? rare : (1 + Math.log(count)) * rare;
      indices[size] = buckets[at]!;
      values[size++] = value;
      // What is even is measured as if each word's stood apart, so that words need not know of each other.
      squares += isEven ? count * rare * rare : value * value;
    }
    if (squares === 0) continue;
    mass += weight * weight;
    const scale = weight / Math.sqrt(squares);
    for (let at = from; at < size; at++) values[at]! *= scale;
  }
  const scale = mass > 0 ? 1 / Math.sqrt(mass) : 0;
  for (let at = 0; at < size; at++) values[at]! *= scale;
  return { indices: indices.subarray(0, size), values: values.subarray(0, size) };
}

// The row of hashes at hand: of words, or of what stands for them in the skeleton.
let row = new Int32Array(1024);

function wordRuns(words: Word[], seed: number, longest: number): void {
  if (words.length > row.length) row = new Int32Array(words.length * 2);
  for (let at = 0; at < words.length; at++) row[at] = words[at]!.hash;
  runs(words.length, seed, longest);
}

/** Runs of one up to `longest` of what stands in a row. */
function runs(length: number, seed: number, longest: number): void {
  for (let at = 0; at < length; at++) {
    let run = mix(row[at]! ^ seed);
    add(run);
    const most = Math.min(longest, length - at);
    for (let ahead = 2; ahead <= most; ahead++) {
      run = mix(Math.imul(run, 0x9e3779b1) ^ row[at + ahead - 1]!);
      add(run ^ (ahead * 0x1000193));
    }
  }
}

/** What a text does, without what it is about: runs of up to four, how each sentence begins, and with what it ends. */
function skeletons(words: Word[], seed: number): void {
  if (words.length > row.length) row = new Int32Array(words.length * 2);
  let size = 0;
  let sentence = 0;
  let wasBlank = false;
  for (let at = 0; at < words.length; at++) {
    const { isBlank, skeleton, ends } = words[at]!;
    if (!isBlank || !wasBlank) {
      row[size++] = skeleton;
      wasBlank = isBlank;
    }
    if (ends || at === words.length - 1) {
      if (size > sentence) boundaries(sentence, size, seed);
      sentence = size;
      wasBlank = false;
    }
  }
  runs(size, seed ^ 0x68bc21eb, 4);
  add(mix(seed ^ Math.min(8, Math.ceil(Math.log2(1 + words.length))) * 0x02e5be93));
}

/** How a sentence begins, and with what it begins and ends. */
function boundaries(from: number, to: number, seed: number): void {
  let start = mix(0x2545f491 ^ seed);
  const opening = Math.min(from + 5, to);
  for (let at = from; at < opening; at++) add((start = mix(Math.imul(start, 0x9e3779b1) ^ row[at]!)));
  add(mix(Math.imul(mix(row[from]! ^ seed), 0x85ebca6b) ^ row[to - 1]!));
}
