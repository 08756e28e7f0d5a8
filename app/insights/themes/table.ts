import { readFileSync } from "node:fs";
import path from "node:path";
import { FNV_START, fnvStep, mix } from "../mining/hash.ts";
import { readThemeWords, type Word } from "./words.ts";

/** How many buckets hold pairs of words that stand side by side. */
export const PAIR_BUCKETS = 8192;
/** Every vector that leaves this file is whole numbers of about this length, so that sums of them are exact. */
export const UNIT = 127;

/** What a trained table says of itself. */
export type TableFacts = {
  /** Names this training for ever: stored beside all that it decides. */
  version: string;
  dimensions: number;
  words: number;
  trainedOn: { name: string; examples: number; licence: string }[];
  trainedAt: string;
  /** Statements alike on average at least this much have one theme. */
  join: number;
  scores: Record<string, number>;
};

/** A direction for each word and for each bucket of word pairs: whole numbers, each row times its own scale. */
export type ThemeTable = { facts: TableFacts; rowOf: Map<string, number>; rows: Rows; /** Tells tables in memory apart. */ number: number };
/** The words' rows come first, then the pairs', then those of letters in threes, which have no scale of their own. */
type Rows = { values: Int8Array; scales: Float32Array; pairs: number; letters: number };

/** A statement as a direction: whole numbers, squares summing to about UNIT². All zero when nothing in it is a word. */
export type Direction = Int8Array;

/** The title of a topic says what "it" is in a statement, and counts this much beside the statement's own words. */
const TITLE_WEIGHT = 0.4;
const LETTER_ROWS = 4096;
/** An unknown word is rare, so it tells as much as the rarest known ones. */
const UNKNOWN_WEIGHT = 0.7;

/** Reads a table: `<name>.json` says what it is, `<name>.words` lists its words by line, `<name>.bin` holds scales and rows. */
export function readTable(name = "themes", folder = path.join(process.cwd(), "app/insights/models")): ThemeTable {
  const facts = JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8")) as TableFacts;
  const words = readFileSync(path.join(folder, `${name}.words`), "utf8").split("\n");
  const bytes = readFileSync(path.join(folder, `${name}.bin`));
  const rows = words.length + PAIR_BUCKETS;
  if (words.length !== facts.words || bytes.length !== rows * (4 + facts.dimensions)) throw new Error(`The table ${name} does not have the size that ${name}.json says.`);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) scales[row] = bytes.readFloatLE(row * 4);
  return tableOf(facts, words, scales, new Int8Array(bytes.buffer, bytes.byteOffset + rows * 4, rows * facts.dimensions));
}

let tables = 0;

/** The words' rows come first, then the pairs'. */
export function tableOf(facts: TableFacts, words: string[], scales: Float32Array, values: Int8Array): ThemeTable {
  const letters = letterRows(facts.dimensions);
  const all = new Int8Array(values.length + letters.length);
  all.set(values);
  all.set(letters, values.length);
  return {
    facts,
    rowOf: new Map(words.map((word, at) => [word, at])),
    rows: { values: all, scales, pairs: words.length, letters: scales.length },
    number: ++tables,
  };
}

/** A word's row, or -1 where the table does not know it. */
export function rowOf(table: ThemeTable, word: Word): number {
  if (word.table !== table.number) {
    word.table = table.number;
    word.row = table.rowOf.get(word.text) ?? -1;
  }
  return word.row;
}

export function directionOf(table: ThemeTable, text: string, title = ""): Direction {
  return directionOfWords(table, readThemeWords(text), title);
}

/** The same of words that were cut already. */
export function directionOfWords(table: ThemeTable, words: Word[], title = "", direction: Direction = new Int8Array(table.facts.dimensions)): Direction {
  const size = table.facts.dimensions;
  const sum = sumOf(table, words, scratchOf(size));
  if (title) {
    const about = subjectOf(table, title);
    for (let d = 0; d < size; d++) sum[d]! += TITLE_WEIGHT * about[d]!;
  }
  let squares = 0;
  for (let d = 0; d < size; d++) squares += sum[d]! * sum[d]!;
  if (squares === 0) return direction.fill(0);
  const scale = UNIT / Math.sqrt(squares);
  for (let d = 0; d < size; d++) direction[d] = Math.round(sum[d]! * scale);
  return direction;
}

const subjects = new WeakMap<ThemeTable, Map<string, Float64Array>>();
/** Titles kept in mind: a topic's statements come one after another. */
const KNOWN_TITLES = 256;

function subjectOf(table: ThemeTable, title: string): Float64Array {
  let known = subjects.get(table);
  if (!known) subjects.set(table, (known = new Map()));
  let subject = known.get(title);
  if (!subject) {
    if (known.size >= KNOWN_TITLES) known.clear();
    known.set(title, (subject = sumOf(table, readThemeWords(title), new Float64Array(table.facts.dimensions))));
  }
  return subject;
}

/** How alike two directions are, from -1 to 1. */
export function cosine(a: Direction, b: Direction): number {
  let dot = 0;
  for (let d = 0; d < a.length; d++) dot += a[d]! * b[d]!;
  return dot / (UNIT * UNIT);
}

/** Sum of length one, so that a title counts the same whatever its length. */
function sumOf(table: ThemeTable, words: Word[], sum: Float64Array): Float64Array {
  const size = table.facts.dimensions;
  gather(table, words);
  for (let d = 0; d < size; d += 8) addEight(table.rows.values, d, sum);
  let squares = 0;
  for (let d = 0; d < size; d++) squares += sum[d]! * sum[d]!;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let d = 0; d < size; d++) sum[d]! *= scale;
  return sum;
}

let scratch = new Float64Array(0);

function scratchOf(size: number): Float64Array {
  if (scratch.length !== size) scratch = new Float64Array(size);
  return scratch;
}

// The rows at hand: where each begins, and what it counts.
let froms = new Int32Array(512);
let counts = new Float64Array(512);
let gathered = 0;

function gather(table: ThemeTable, words: Word[]): void {
  const { scales, pairs } = table.rows;
  const size = table.facts.dimensions;
  gathered = 0;
  for (let at = 0; at < words.length; at++) {
    const row = rowOf(table, words[at]!);
    if (row < 0) addUnknown(table, words[at]!.text);
    else addRow(row * size, scales[row]!);
    if (at === 0) continue;
    const pair = pairs + hashOfPair(words[at - 1]!.text, words[at]!.text);
    addRow(pair * size, scales[pair]!);
  }
}

function addRow(from: number, scale: number): void {
  if (scale === 0) return;
  if (gathered === froms.length) {
    const [before, beforeCounts] = [froms, counts];
    froms = new Int32Array(gathered * 2);
    counts = new Float64Array(gathered * 2);
    froms.set(before);
    counts.set(beforeCounts);
  }
  froms[gathered] = from;
  counts[gathered++] = scale;
}

/** Eight dimensions at a time, so that their sums need not go through memory. Each is the sum of its rows in their order. */
function addEight(values: Int8Array, d: number, sum: Float64Array): void {
  const [starts, scales, many] = [froms, counts, gathered];
  let [a, b, c, e, f, g, h, k] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let n = 0; n < many; n++) {
    const at = starts[n]! + d;
    const scale = scales[n]!;
    a += scale * values[at]!;
    b += scale * values[at + 1]!;
    c += scale * values[at + 2]!;
    e += scale * values[at + 3]!;
    f += scale * values[at + 4]!;
    g += scale * values[at + 5]!;
    h += scale * values[at + 6]!;
    k += scale * values[at + 7]!;
  }
  sum[d] = a;
  sum[d + 1] = b;
  sum[d + 2] = c;
  sum[d + 3] = e;
  sum[d + 4] = f;
  sum[d + 5] = g;
  sum[d + 6] = h;
  sum[d + 7] = k;
}

/**
 * A word that the table does not know has a direction all the same: that of its letters in threes, each of them at
 * random. So the same name of a product, or a word typed nearly right, meets itself.
 */
function addUnknown({ rows, facts }: ThemeTable, word: string): void {
  const framed = `<${word}>`;
  const count = framed.length - 2;
  const scale = UNKNOWN_WEIGHT / (UNIT * Math.sqrt(count));
  for (let start = 0; start < count; start++) addRow((rows.letters + (hashOf(framed, start, start + 3) % LETTER_ROWS)) * facts.dimensions, scale);
}

function letterRows(size: number): Int8Array {
  const values = new Int8Array(LETTER_ROWS * size);
  const step = Math.round(UNIT / Math.sqrt(size));
  let state = 0x9e3779b9;
  for (let at = 0; at < values.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    values[at] = (state & 0x10000) === 0 ? step : -step;
  }
  return values;
}

export function hashOfPair(first: string, second: string): number {
  return mix(fnv(fnvStep(fnv(FNV_START, first, 0, first.length), SPACE), second, 0, second.length)) % PAIR_BUCKETS;
}

const SPACE = 32;

function fnv(value: number, text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) value = fnvStep(value, text.charCodeAt(at));
  return value;
}

function hashOf(text: string, from: number, to: number): number {
  return mix(fnv(FNV_START, text, from, to));
}
