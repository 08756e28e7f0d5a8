import { cueOf, type Cue } from "./cues.ts";
import { skeletonOf } from "./cue-words.ts";
import { codesOf } from "./codes.ts";
import { openDictionary } from "./dictionary.ts";
import { fnvStep, hash, mix } from "./hash.ts";
import { feelingOf, type Feeling } from "./mood-of-word.ts";

/** Words beyond this do not change what a text is. */
const MAX_WORDS = 300;
/** Letters beyond this are not looked at. */
export const MAX_LETTERS = 6000;

/** What is computed of a word once and kept while it is common. */
export type Word = {
  /** Its place among those kept; given to another word when all were let go. */
  id: number;
  text: string;
  /** Hashes are whole numbers with a sign: those are the ones that stand in an object as they are. */
  hash: number;
  skeleton: number;
  /** Whether it says nothing of what its sentence does. */
  isBlank: boolean;
  ends: boolean;
  /** Runs of 3 to 5 letters. */
  letters: Int32Array;
  feeling: Feeling | null;
  /** "not": what follows is meant the other way round. */
  turns: boolean;
  cue: Cue;
};

export const KNOWN_WORDS = 20_000;
const BLANK = skeletonOf("\u0000");
const dictionary = openDictionary<Word>(KNOWN_WORDS, wordOf);

const WORD = /[\p{L}\p{N}_]+(?:['’]\p{L}+)?|[!?]+|[^\s\p{L}\p{N}_]/gu;

/** The words and signs of a text, lower case; addresses, paths and numbers are only that they are. */
export function wordsOf(text: string): string[] {
  return readWords(text).map((word) => word.text);
}

/** The same, with what is known of each. */
export function readWords(text: string): Word[] {
  const words: Word[] = [];
  const length = normalised(text);
  if (length >= 0) cutPlain(length, words);
  else for (const word of wordsByRule(text)) words.push(dictionary.of(word));
  return words;
}

/** What a word is, in the words of a rule: for any text whatever. */
function wordsByRule(text: string): string[] {
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

// The same for the letters of Western Europe, without a rule and without making strings: a hundred times as often needed.

const [LETTER, DIGIT, UNDERSCORE, SPACE, CRY, SIGN] = [1, 2, 3, 4, 5, 6];
/** The kind of each sign by its code; 0 for those that only the rule knows. */
const KINDS = new Uint8Array(0x2100);
for (let code = 33; code < 127; code++) KINDS[code] = SIGN;
for (let code = 97; code <= 122; code++) KINDS[code] = LETTER;
for (let code = 0xdf; code <= 0xff; code++) KINDS[code] = LETTER;
for (let code = 48; code <= 57; code++) KINDS[code] = DIGIT;
for (const code of [9, 10, 11, 12, 13, 32, 0xa0]) KINDS[code] = SPACE;
for (const code of [0xd7, 0xf7, 0x2013, 0x2014, 0x2018, 0x201c, 0x201d, 0x2022, 0x2026]) KINDS[code] = SIGN;
KINDS[95] = UNDERSCORE;
KINDS[33] = KINDS[63] = CRY;

/** The text at hand, made plain. Nothing is kept between two texts. */
const plain = new Uint16Array(MAX_LETTERS * 12);
const [URL, VERSION, CODE] = [" _url_ ", " _version_ ", " _code_ "].map((word) => codesOf(word).slice(0, word.length)) as [Uint16Array, Uint16Array, Uint16Array];

/** Writes a text into `plain` as the rule would make it. Answers its length, or -1 where something stands in it that only the rule knows. */
function normalised(text: string): number {
  const codes = codesOf(text);
  const end = Math.min(text.length, MAX_LETTERS);
  let size = 0;
  for (let at = 0; at < end; ) {
    const code = lower(codes[at]!);
    const kind = code < KINDS.length ? KINDS[code]! : 0;
    if (kind === 0) return -1;
    if (kind === DIGIT) {
      const to = endOfNumber(codes, at, end);
      if (to > endOfDigits(codes, at, end)) size = put(VERSION, size);
      else if (isStatusCode(codes, at, to, end, size)) size = put(CODE, size);
      else plain[size++] = 48;
      at = to;
    } else if ((code === 104 || code === 119) && isAddress(codes, at, end)) {
      while (at < end && !isSpace(codes[at]!)) at++;
      size = put(URL, size);
    } else {
      plain[size++] = code;
      at++;
    }
  }
  return size;
}

function lower(code: number): number {
  if (code < 0xc0) return code >= 65 && code <= 90 ? code + 32 : code;
  if (code <= 0xde) return code === 0xd7 ? code : code + 32;
  return code === 0x2019 ? 39 : code;
}

/** Where an address goes on to, anything is space that the rule calls so. */
function isSpace(code: number): boolean {
  return code < 0x100 ? KINDS[code] === SPACE : /\s/.test(String.fromCharCode(code));
}

function isAddress(codes: Uint16Array, at: number, end: number): boolean {
  const second = at + 1 < end ? lower(codes[at + 1]!) : 0;
  if (second === 119) return stands("www.", codes, at, end);
  return second === 116 && (stands("http://", codes, at, end) || stands("https://", codes, at, end));
}

/** Whether a beginning stands there with something after it. */
function stands(beginning: string, codes: Uint16Array, from: number, end: number): boolean {
  const to = from + beginning.length;
  if (to >= end || isSpace(codes[to]!)) return false;
  for (let n = 0; n < beginning.length; n++) if (lower(codes[from + n]!) !== beginning.charCodeAt(n)) return false;
  return true;
}

function isDigitAt(codes: Uint16Array, at: number, end: number): boolean {
  return at < end && codes[at]! >= 48 && codes[at]! <= 57;
}

function endOfDigits(codes: Uint16Array, at: number, end: number): number {
  while (isDigitAt(codes, at, end)) at++;
  return at;
}

function endOfNumber(codes: Uint16Array, at: number, end: number): number {
  let to = endOfDigits(codes, at, end);
  while (to < end && codes[to] === 46 && isDigitAt(codes, to + 1, end)) to = endOfDigits(codes, to + 1, end);
  return to;
}

/** Such as 404 or 503, standing alone. */
function isStatusCode(codes: Uint16Array, at: number, to: number, end: number, size: number): boolean {
  if (to - at !== 3 || (codes[at] !== 52 && codes[at] !== 53)) return false;
  if (size > 0 && isWordSign(plain[size - 1]!)) return false;
  return to >= end || !isWordSign(lower(codes[to]!)) || isAddress(codes, to, end);
}

function isWordSign(code: number): boolean {
  return code < 128 && KINDS[code]! <= UNDERSCORE;
}

function put(signs: Uint16Array, size: number): number {
  plain.set(signs, size);
  return size + signs.length;
}

function cutPlain(length: number, words: Word[]): void {
  let at = 0;
  while (at < length && words.length < MAX_WORDS) {
    const start = at;
    const kind = KINDS[plain[at++]!]!;
    if (kind === SPACE) continue;
    if (kind === CRY) while (at < length && KINDS[plain[at]!] === CRY) at++;
    else if (kind !== SIGN) {
      while (at < length && KINDS[plain[at]!]! <= UNDERSCORE) at++;
      if (at + 1 < length && plain[at] === 39 && KINDS[plain[at + 1]!] === LETTER) {
        at++;
        while (at < length && KINDS[plain[at]!] === LETTER) at++;
      }
    }
    words.push(dictionary.at(plain, start, at));
  }
}

function wordOf(text: string, value: number, id: number): Word {
  const skeleton = skeletonOf(text);
  return { id, text, hash: value, skeleton: hash(skeleton, 0x7ed55d16) | 0, isBlank: skeleton === BLANK, ends: /^[.!?]/.test(text), letters: lettersOf(text), ...feelingOf(text), cue: cueOf(text) };
}

/** Runs of 3 to 5 letters within a word. */
function lettersOf(word: string): Int32Array {
  if (word.length < 3 || word.length > 24) return new Int32Array(0);
  const found: number[] = [];
  const framed = `<${word}>`;
  for (let start = 0; start < framed.length; start++) {
    let run = 0x2c1b3c6d;
    for (let end = start; end < framed.length && end - start < 5; end++) {
      run = fnvStep(run, framed.charCodeAt(end));
      if (end - start >= 2) found.push(mix(run));
    }
  }
  return Int32Array.from(found);
}
