// Hashed n-grams of words, of letters and of sentence skeletons: the features of every classifier here. The hash is
// FNV-1a with a final mix (Fowler, Noll, Vo 1991); hashing features in place of a dictionary follows Weinberger et al.,
// ICML 2009. Features stand in blocks, each of length one, so that a long body does not drown a short title.
import { skeletonOf } from "./cue-words.ts";
import { moodMarks } from "./mood.ts";

/** How many buckets there are, as a power of two. */
export const FEATURE_BITS = 18;
const BUCKETS = 1 << FEATURE_BITS;
const MASK = BUCKETS - 1;
/** Words beyond this do not change what a text is. */
const MAX_WORDS = 300;
/** Letters beyond this are not looked at. */
const MAX_LETTERS = 6000;

/** A text as numbers: bucket by bucket, with its weight; the weights' squares sum to one. */
export type FeatureVector = { indices: Int32Array; values: Float32Array };

/** What is known of a statement beside its words: the title it stands under, or that it is one. */
export type FeatureContext = { title?: string; isTitle?: boolean };

/** How often each bucket was seen, block by block. */
export type Counted = { weight: number; buckets: Int32Array; counts: Int32Array }[];

const WORD = /[\p{L}\p{N}_]+(?:['’]\p{L}+)?|[!?]+|[^\s\p{L}\p{N}_]/gu;

/** The words and signs of a text, lower case; addresses, paths and numbers are only that they are. */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, MAX_LETTERS)
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/https?:\/\/\S+|www\.\S+/g, " _url_ ")
    .replace(/\d+(?:\.\d+)+/g, " _version_ ")
    .replace(/\b[45]\d\d\b/g, " _code_ ")
    .replace(/\d+/g, "0");
  return (plain.match(WORD) ?? []).slice(0, MAX_WORDS);
}

/** The features of one statement, under the title of its topic or as a title itself. */
export function countFeatures(text: string, context: FeatureContext = {}): Counted {
  return collected((take) => statementBlocks(text, context, take));
}

/** The features of a whole post: the title its author gave it, if any, and what it says. */
export function countPostFeatures(title: string, text: string): Counted {
  return collected((take) => postBlocks(title, text, take));
}

/** Takes a block: `buckets` up to `size`, each counted in `counts` at its own place. Both are used again for the next block. */
export type TakeBlock = (weight: number, buckets: Int32Array, size: number, counts: Uint16Array) => void;

export function statementBlocks(text: string, { title, isTitle }: FeatureContext, take: TakeBlock): void {
  const words = wordsOf(text);
  if (isTitle) titleBlocks(words, take);
  else bodyBlocks(words, take);
  moodBlock(text, words, take);
  if (title && !isTitle) contextBlock(wordsOf(title).slice(0, 30), take);
}

export function postBlocks(title: string, text: string, take: TakeBlock): void {
  const titled = wordsOf(title);
  const body = wordsOf(text);
  if (titled.length > 0) titleBlocks(titled, take);
  if (body.length > 0) bodyBlocks(body, take);
  moodBlock(`${title} ${text.slice(0, MAX_LETTERS)}`, [...titled, ...body], take);
}

const [BODY, TITLE, CONTEXT] = [0, 0x5bd1e995, 0x1b873593];

function titleBlocks(words: string[], take: TakeBlock): void {
  const known = words.map(knowledgeOf);
  ownBlocks(known, TITLE, take);
  // The same runs as in a body: what a title asks is asked there, too.
  runs(hashesOf(known), BODY, 2);
  finish(WEIGHTS.shared, take);
}

function bodyBlocks(words: string[], take: TakeBlock): void {
  ownBlocks(words.map(knowledgeOf), BODY, take);
}

function ownBlocks(known: Knowledge[], place: number, take: TakeBlock): void {
  runs(hashesOf(known), place, 3);
  finish(WEIGHTS.words, take);
  letters(known);
  finish(WEIGHTS.letters, take);
  skeletons(known, place);
  finish(WEIGHTS.skeleton, take);
}

function contextBlock(words: string[], take: TakeBlock): void {
  const known = words.map(knowledgeOf);
  runs(hashesOf(known), CONTEXT, 1);
  skeletons(known, CONTEXT);
  finish(WEIGHTS.context, take);
}

function moodBlock(text: string, words: string[], take: TakeBlock): void {
  for (const mark of moodMarks(text, words)) add(hash(mark, 0x165667b1));
  finish(WEIGHTS.mood, take);
}

const WEIGHTS = { words: 1, letters: 0.7, skeleton: 1, shared: 0.5, context: 0.4, mood: 0.7 };

/** What is computed of a word once and kept while it is common. */
type Knowledge = { hash: number; skeleton: number; isBlank: boolean; ends: boolean; letters: Int32Array };

const KNOWN_WORDS = 20_000;
const knowledge = new Map<string, Knowledge>();
const BLANK = skeletonOf("\u0000");

function knowledgeOf(word: string): Knowledge {
  const known = knowledge.get(word);
  if (known) return known;
  const skeleton = skeletonOf(word);
  const made = { hash: hash(word, 0), skeleton: hash(skeleton, 0x7ed55d16), isBlank: skeleton === BLANK, ends: /^[.!?]/.test(word), letters: lettersOf(word) };
  if (knowledge.size >= KNOWN_WORDS) knowledge.clear();
  knowledge.set(word, made);
  return made;
}

// What is counted of the block at hand. Nothing is kept between two texts: a block ends with all counts at nought.
const counts = new Uint16Array(BUCKETS);
let seen = new Int32Array(1 << 14);
let size = 0;

function add(value: number): void {
  const bucket = value & MASK;
  if (counts[bucket]!++ > 0) return;
  if (size === seen.length) {
    const larger = new Int32Array(seen.length * 2);
    larger.set(seen);
    seen = larger;
  }
  seen[size++] = bucket;
}

function finish(weight: number, take: TakeBlock): void {
  take(weight, seen, size, counts);
  for (let at = 0; at < size; at++) counts[seen[at]!] = 0;
  size = 0;
}

function collected(fill: (take: TakeBlock) => void): Counted {
  const blocks: Counted = [];
  fill((weight, buckets, length, all) => blocks.push({ weight, buckets: buckets.slice(0, length), counts: buckets.slice(0, length).map((bucket) => all[bucket]!) }));
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
  for (const { weight, buckets, counts } of counted) {
    const from = size;
    let squares = 0;
    for (let at = 0; at < buckets.length; at++) {
      const rare = rarity[buckets[at]!]! || unseen;
      if (rare === 0) continue;
      const count = counts[at]!;
      const value = count === 1 ? rare : (1 + Math.log(count)) * rare;
      indices[size] = buckets[at]!;
      values[size++] = value;
      squares += value * value;
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

/** Runs of one up to `longest` of what stands in a row. */
function runs(row: number[], seed: number, longest: number): void {
  for (let at = 0; at < row.length; at++) {
    let run = mix(row[at]! ^ seed);
    add(run);
    for (let length = 2; length <= longest && at + length <= row.length; length++) {
      run = mix(Math.imul(run, 0x9e3779b1) ^ row[at + length - 1]!);
      add(run ^ (length * 0x1000193));
    }
  }
}

function hashesOf(known: Knowledge[]): number[] {
  return known.map((one) => one.hash);
}

/** What a text does, without what it is about: runs of up to four, how each sentence begins, and with what it ends. */
function skeletons(known: Knowledge[], seed: number): void {
  const bones: number[] = [];
  let sentence = 0;
  let wasBlank = false;
  const close = () => {
    const from = sentence;
    if (bones.length === from) return;
    let start = mix(0x2545f491 ^ seed);
    for (let at = from; at < Math.min(from + 5, bones.length); at++) add((start = mix(Math.imul(start, 0x9e3779b1) ^ bones[at]!)));
    add(mix(Math.imul(mix(bones[from]! ^ seed), 0x85ebca6b) ^ bones.at(-1)!));
    sentence = bones.length;
    wasBlank = false;
  };
  for (const one of known) {
    if (one.isBlank && wasBlank) continue;
    bones.push(one.skeleton);
    wasBlank = one.isBlank;
    if (one.ends) close();
  }
  close();
  runs(bones, seed ^ 0x68bc21eb, 4);
  add(mix(seed ^ Math.min(8, Math.ceil(Math.log2(1 + known.length))) * 0x02e5be93));
}

function letters(known: Knowledge[]): void {
  for (const one of known) for (let at = 0; at < one.letters.length; at++) add(one.letters[at]!);
}

/** Runs of 3 to 5 letters within a word. */
function lettersOf(word: string): Int32Array {
  if (word.length < 3 || word.length > 24) return new Int32Array(0);
  const found: number[] = [];
  const framed = `<${word}>`;
  for (let start = 0; start < framed.length; start++) {
    let run = 0x2c1b3c6d;
    for (let end = start; end < framed.length && end - start < 5; end++) {
      run = Math.imul(run ^ framed.charCodeAt(end), 0x01000193);
      if (end - start >= 2) found.push(mix(run));
    }
  }
  return Int32Array.from(found);
}

function hash(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return mix(value);
}

function mix(value: number): number {
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
