import { eld } from "eld/small";
import { codesOf } from "./codes.ts";
import { FNV_START, fnvStep } from "./hash.ts";

/** Fewer letters than this tell no language. */
const TOO_SHORT = 24;
/** More than this is not needed to know a language. */
const LOOKED_AT = 1200;

/** Words that are common in English and in no other language written with these letters. */
const ENGLISH = (
  "the and it of to for that this with are be have has had you your we our my they what when how which would could should please does did doesn't don't isn't there their them if or not can't cannot " +
  "but from about after because been get use when why who where will just than then some any only also after since every i'm i've it's i'd thanks was were is can by at"
).split(" ");
const BY_HASH = new Map(ENGLISH.map((word) => [[...word].reduce((value, letter) => fnvStep(value, letter.charCodeAt(0)), FNV_START), word]));

const LONGEST = Math.max(...ENGLISH.map((word) => word.length));

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
  const { words, english } = wordsIn(text);
  if (english >= 2 && english >= words * 0.18) return true;
  const language = languageOf(text);
  return language === "en" || (language === "und" && english > 0);
}

/** The language of a text by two letters, "und" when there is no telling. */
export function languageOf(text: string): string {
  return eld.detect(text.slice(0, 400)).language || "und";
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

/** How many words stand there, of letters from a to z and one apostrophe, and how many of them only English has. */
function wordsIn(text: string): { words: number; english: number } {
  const codes = codesOf(text);
  const end = text.length;
  let [words, english] = [0, 0];
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
    if (at - start <= LONGEST && BY_HASH.get(value)?.length === at - start) english++;
  }
  return { words, english };
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
