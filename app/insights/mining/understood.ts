import { eld } from "eld/small";

/** Fewer letters than this tell no language. */
const TOO_SHORT = 24;
/** More than this is not needed to know a language. */
const LOOKED_AT = 1200;

/** Words that are common in English and in no other language written with these letters. */
const ENGLISH = new Set(
  ("the and it of to for that this with are be have has had you your we our my they what when how which would could should please does did doesn't don't isn't there their them if or not can't cannot " +
    "but from about after because been get use when why who where will just than then some any only also after since every i'm i've it's i'd thanks was were is can by at").split(" "),
);
const WORD = /[a-z]+(?:['’][a-z]+)?/gi;

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
  const words = text.match(WORD) ?? [];
  let english = 0;
  for (const word of words) if (ENGLISH.has(word.toLowerCase())) english++;
  if (english >= 2 && english >= words.length * 0.18) return true;
  const language = eld.detect(text.slice(0, 400)).language;
  return language === "en" || (language === "" && english > 0);
}

/** The language of a text by two letters, "und" when there is no telling. */
export function languageOf(text: string): string {
  return eld.detect(text.slice(0, 400)).language || "und";
}

const LETTER = /\p{L}/u;
const LATIN = /\p{Script=Latin}/u;

function census(text: string) {
  let [letters, latin, other, signs] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) {
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
