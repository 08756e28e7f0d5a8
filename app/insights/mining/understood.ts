import { eld } from "eld/small";
import { codesOf } from "./codes.ts";
import { WORDS_OF_SENTENCES } from "./cue-words.ts";
import { FNV_START, fnvStep } from "./hash.ts";

/** Fewer letters than this tell no language. */
const TOO_SHORT = 24;
/** More than this is not needed to know a language. */
const LOOKED_AT = 1200;

/** Words that are common in English and in no other language written with these letters. */
const ENGLISH = (
  "the and it of to for that this with are be have has had you your we our my they what when how which would could should please does did doesn't don't isn't there their them if or not can't cannot " +
  "but from about after because been get use when why who where will just than then some any only also after since every i'm i've it's i'd thanks was were is can by at " +
  "here being something anything nothing everything someone anyone everyone nobody anybody everybody through things week weeks year years think always pretty little lot lots sorry more less many much few both same different another such " +
  "these those they're while still yet already even too very really again own never each need needs want know make makes making take takes give look looks looking help helps good better great right way ways people first " +
  "time times days between without within during before though although else whether you're you've you'll we're we've he she his him let's that's there's here's what's won't wouldn't couldn't aren't weren't hasn't haven't hadn't didn't shouldn't"
).split(" ");
/** Short ones are words of other languages, too. */
const SHORTEST_PLAIN = 3;

// Words by the hash of their letters, in a table that stays in the fastest memory: each word of each statement is looked up.
const ROOM = 1 << 12;
const hashes = new Int32Array(ROOM);
/** How long the word at a place is; twice, plus one where no other language has it. */
const lengths = new Uint8Array(ROOM);
for (const word of WORDS_OF_SENTENCES) if (word.length >= SHORTEST_PLAIN && /^[a-z']+$/.test(word)) learn(word, 0);
for (const word of ENGLISH) learn(word, 1);
const LONGEST = Math.max(...lengths) >> 1;

function learn(word: string, isEnglish: 0 | 1): void {
  let value = FNV_START;
  for (let at = 0; at < word.length; at++) value = fnvStep(value, word.charCodeAt(at));
  let place = placeOf(value);
  while (lengths[place] !== 0 && hashes[place] !== value) place = (place + 1) & (ROOM - 1);
  hashes[place] = value;
  lengths[place] = word.length * 2 + isEnglish;
}

function placeOf(value: number): number {
  return (value ^ (value >>> 15)) & (ROOM - 1);
}

/**
 * Whether the English models may say anything about a text. Emoji, code dumps and other languages are not guessed at.
 * Short texts in Latin letters pass: a language detector is no better than a coin there.
 */
export function isUnderstood(whole: string): boolean {
  const text = whole.length > LOOKED_AT ? whole.slice(0, LOOKED_AT) : whole;
  const { letters, latin, other, signs } = census(text);
  if (letters < 2 || letters < other * 1.2 || latin < letters * 0.8) return false;
  // Programs are full of brackets, semicolons and equals signs.
  if (signs > letters * 0.12 && signs > 12) return false;
  if (letters < TOO_SHORT) return true;
  const { words, english, plain } = wordsIn(text);
  if (english >= 2 && english >= words * 0.18) return true;
  if (plain >= 2 && plain >= words * 0.3) return true;
  const language = languageOf(text);
  return language === "en" || (language === "und" && english > 0);
}

let asked = "";
let answer = "und";

/** The language of a text by two letters, "und" when there is no telling. Asking again of the same text costs nothing. */
export function languageOf(text: string): string {
  const beginning = text.slice(0, 400);
  if (beginning !== asked) {
    answer = eld.detect(beginning).language || "und";
    asked = beginning;
  }
  return answer;
}

const LETTER = /\p{L}/u;
const LATIN = /\p{Script=Latin}/u;

function census(text: string) {
  const codes = codesOf(text);
  let [letters, latin, other, signs] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = codes[at]!;
    if (isLetter(code)) {
      letters++;
      latin++;
    } else if (code < 128) {
      if (code > 32) other++;
      if (code === 59 || code === 61 || code === 40 || code === 41 || (code >= 91 && code <= 93) || code === 123 || code === 125 || code === 60 || code === 62) signs++;
    } else {
      const letter = String.fromCodePoint(text.codePointAt(at)!);
      if (letter.length > 1) at++;
      if (!LETTER.test(letter)) other++;
      else {
        letters++;
        if (LATIN.test(letter)) latin++;
      }
    }
  }
  return { letters, latin, other, signs };
}

/** How many words stand there, of letters from a to z and one apostrophe, how many of them only English has, and how many are plain English. */
function wordsIn(text: string): { words: number; english: number; plain: number } {
  const codes = codesOf(text);
  const end = text.length;
  let [words, english, plain] = [0, 0, 0];
  for (let at = 0; at < end; ) {
    if (!isLetter(codes[at]!)) {
      at++;
      continue;
    }
    const start = at;
    let value = FNV_START;
    for (let marks = 0; at < end; at++) {
      const code = codes[at]!;
      if (isLetter(code)) value = fnvStep(value, code | 32);
      else if ((code === 39 || code === 0x2019) && marks === 0 && at + 1 < end && isLetter(codes[at + 1]!)) {
        marks++;
        value = fnvStep(value, code);
      } else break;
    }
    words++;
    const length = at - start;
    if (length > LONGEST) continue;
    let place = placeOf(value);
    while (lengths[place] !== 0 && hashes[place] !== value) place = (place + 1) & (ROOM - 1);
    const known = lengths[place]!;
    if (known >> 1 !== length) continue;
    english += known & 1;
    if (length >= SHORTEST_PLAIN) plain++;
  }
  return { words, english, plain };
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
