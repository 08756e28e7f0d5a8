import { codesOf } from "../mining/codes.ts";
import { openDictionary } from "../mining/dictionary.ts";
import { FNV_START, fnvStep } from "../mining/hash.ts";

/** Words beyond this do not change what a statement asks for. */
const MAX_WORDS = 64;
/** Letters beyond this are not looked at. */
const MAX_LETTERS = 2000;
const LONGEST_WORD = 40;
const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)?/gu;

const SHORTENED: Record<string, string[]> = {
  "can't": ["can", "not"], "won't": ["will", "not"], "shan't": ["shall", "not"], cannot: ["can", "not"],
  cant: ["can", "not"], wont: ["will", "not"], dont: ["do", "not"], doesnt: ["does", "not"], didnt: ["did", "not"], isnt: ["is", "not"], wasnt: ["was", "not"], hasnt: ["has", "not"], havent: ["have", "not"],
  "let's": ["let", "us"], im: ["i", "am"], ive: ["i", "have"], whats: ["what", "is"], "what's": ["what", "is"], "it's": ["it", "is"], "that's": ["that", "is"], "there's": ["there", "is"], "where's": ["where", "is"], "how's": ["how", "is"], "who's": ["who", "is"],
};
const ENDINGS: Record<string, string> = { "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would" };

/** A word, with what those who asked last have found out of it: asking again costs nothing then. */
export type Word = {
  text: string;
  /** One of `MARKS`, the same for the same letters. */
  mark: number;
  /** Its row in a table, or -1; of the table of that number. */
  row: number;
  table: number;
  /** How rare it is in a sense; of the sense of that number. */
  rarity: number;
  sense: number;
};

export const MARKS = 256;

/** What a run of letters stands for: one word, or more when it is a short form. */
type Run = { text: string; words: Word[] };
const runs = openDictionary<Run>(20_000, (text) => ({ text, words: wordsOfRun(text).map(wordOf) }));

function wordOf(text: string): Word {
  return { text, mark: markOf(text), row: -1, table: 0, rarity: 0, sense: 0 };
}

export function markOf(word: string): number {
  let value = FNV_START;
  for (let at = 0; at < word.length; at++) value = fnvStep(value, word.charCodeAt(at));
  return (value ^ (value >>> 16)) & (MARKS - 1);
}

/**
 * The words of a statement as themes see them: lower case, short forms in full ("can't" is "can not"), every number the
 * same number, addresses only that they are one. Pure and the same for ever: saved clusters are made of them.
 */
export function themeWords(text: string): string[] {
  return readThemeWords(text).map((word) => word.text);
}

/** The same, with what is known of each. */
export function readThemeWords(text: string): Word[] {
  const words: Word[] = [];
  const end = Math.min(text.length, MAX_LETTERS);
  const codes = codesOf(text.slice(0, end));
  if (isPlain(codes, end)) cutPlain(codes, end, words);
  else cutByRule(text, words);
  return words;
}

function cutByRule(text: string, words: Word[]): void {
  const plain = text
    .slice(0, MAX_LETTERS)
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/https?:\/\/\S+|www\.\S+/g, " url ");
  for (const [run] of plain.matchAll(WORD)) {
    if (words.length >= MAX_WORDS) return;
    for (const word of runs.of(run).words) words.push(word);
  }
}

/** Whether it can be cut without a rule: signs that everybody types, and no address. */
function isPlain(codes: Uint16Array, end: number): boolean {
  for (let at = 0; at < end; at++) {
    const code = codes[at]!;
    if (code > 126 && code !== 0x2019 && code !== 0x201c && code !== 0x201d && code !== 0x2013) return false;
    // "://" and "www." make an address.
    if (code !== 47 && (code | 32) !== 119) continue;
    const next = at + 1 < end ? codes[at + 1]! : 0;
    if (code === 47 ? next === 47 : (next | 32) === 119) return false;
  }
  return true;
}

const letters = new Uint16Array(MAX_LETTERS);

function cutPlain(text: Uint16Array, end: number, words: Word[]): void {
  for (let at = 0; at < end && words.length < MAX_WORDS; ) {
    let size = 0;
    for (let code = lettersAt(text, at, end); isLetter(code) || isDigit(code); code = lettersAt(text, ++at, end)) letters[size++] = code;
    if (size === 0) {
      at++;
      continue;
    }
    if (lettersAt(text, at, end) === 39 && isLetter(lettersAt(text, at + 1, end))) {
      letters[size++] = 39;
      at++;
      for (let code = lettersAt(text, at, end); isLetter(code); code = lettersAt(text, ++at, end)) letters[size++] = code;
    }
    const run = runs.at(letters, 0, size);
    for (let n = 0; n < run.words.length; n++) words.push(run.words[n]!);
  }
}

/** In lower case, every kind of apostrophe the same; 0 behind the end. */
function lettersAt(text: Uint16Array, at: number, end: number): number {
  if (at >= end) return 0;
  const code = text[at]!;
  if (code >= 65 && code <= 90) return code + 32;
  return code === 0x2019 || code === 96 ? 39 : code;
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function wordsOfRun(run: string): string[] {
  const full = Object.hasOwn(SHORTENED, run) ? SHORTENED[run] : undefined;
  if (full) return full;
  if (/^\p{N}+$/u.test(run)) return ["0"];
  const word = run.slice(0, LONGEST_WORD);
  const mark = word.indexOf("'");
  if (mark < 0) return [word];
  const end = word.slice(mark);
  if (end === "'t" && word[mark - 1] === "n") return [word.slice(0, mark - 1), "not"];
  const ending = Object.hasOwn(ENDINGS, end) ? ENDINGS[end] : undefined;
  return ending ? [word.slice(0, mark), ending] : [word.slice(0, mark)];
}
