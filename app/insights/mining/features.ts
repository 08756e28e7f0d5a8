// Hashed n-grams of words and of letters: the features of every classifier here. The hash is FNV-1a with a final mix
// (Fowler, Noll, Vo 1991); hashing features in place of a dictionary follows Weinberger et al., ICML 2009.

/** How many buckets there are, as a power of two. */
export const FEATURE_BITS = 18;
const MASK = (1 << FEATURE_BITS) - 1;
/** Words beyond this do not change what a statement is. */
const MAX_WORDS = 200;

/** A text as numbers: bucket by bucket, with its weight; the weights' squares sum to one. */
export type FeatureVector = { indices: Int32Array; values: Float32Array };

/** What is known of a statement beside its words. */
export type FeatureContext = { title?: string; isTitle?: boolean };

const WORD = /[\p{L}\p{N}_]+(?:['’]\p{L}+)?|[!?]+|[^\s\p{L}\p{N}_]/gu;

/** The words and signs of a text, lower case; addresses, paths and numbers are only that they are. */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, 4000)
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/https?:\/\/\S+|www\.\S+/g, " _url_ ")
    .replace(/\d+(?:\.\d+)+/g, " _version_ ")
    .replace(/\d+/g, "0");
  return (plain.match(WORD) ?? []).slice(0, MAX_WORDS);
}

/** Counts of a text's n-grams by bucket: words alone, in twos and threes, and runs of 3 to 5 letters within a word. */
export function countFeatures(text: string, { title, isTitle }: FeatureContext = {}): Map<number, number> {
  const counts = new Map<number, number>();
  const words = wordsOf(text);
  countWords(words, 0, counts);
  countLetters(words, counts);
  // How it begins and ends says what kind of sentence it is.
  mark(`first:${words[0] ?? ""}`, counts);
  mark(`firsts:${words[0] ?? ""} ${words[1] ?? ""}`, counts);
  mark(`last:${words.at(-1) ?? ""}`, counts);
  mark(`length:${Math.min(6, Math.ceil(Math.log2(1 + words.length)))}`, counts);
  if (isTitle) mark("is title", counts);
  else if (title) countWords(wordsOf(title).slice(0, 30), 0x5bd1e995, counts, 1);
  return counts;
}

/** The counts as a vector of length one: logarithm of the count times the bucket's rarity. */
export function weigh(counts: Map<number, number>, rarity: Float32Array): FeatureVector {
  const indices = new Int32Array(counts.size);
  const values = new Float32Array(counts.size);
  let size = 0;
  let squares = 0;
  for (const [bucket, count] of counts) {
    const value = (1 + Math.log(count)) * rarity[bucket]!;
    if (value === 0) continue;
    indices[size] = bucket;
    values[size++] = value;
    squares += value * value;
  }
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let at = 0; at < size; at++) values[at]! *= scale;
  return { indices: indices.subarray(0, size), values: values.subarray(0, size) };
}

function countWords(words: string[], seed: number, counts: Map<number, number>, longest = 3): void {
  const hashes = words.map((word) => hash(word, seed));
  for (let at = 0; at < hashes.length; at++) {
    let run = hashes[at]!;
    add(run, counts);
    for (let length = 2; length <= longest && at + length <= hashes.length; length++) {
      run = mix(Math.imul(run, 0x9e3779b1) ^ hashes[at + length - 1]!);
      add(run ^ (length * 0x1000193), counts);
    }
  }
}

function countLetters(words: string[], counts: Map<number, number>): void {
  for (const word of words) {
    if (word.length < 3 || word.length > 24) continue;
    const framed = `<${word}>`;
    for (let start = 0; start < framed.length; start++) {
      let run = 0x2c1b3c6d;
      for (let end = start; end < framed.length && end - start < 5; end++) {
        run = Math.imul(run ^ framed.charCodeAt(end), 0x01000193);
        if (end - start >= 2) add(mix(run), counts);
      }
    }
  }
}

function mark(name: string, counts: Map<number, number>): void {
  add(hash(name, 0x7ed55d16), counts);
}

function add(value: number, counts: Map<number, number>): void {
  const bucket = value & MASK;
  counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
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
