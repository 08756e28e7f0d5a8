import { eld } from "eld/small";

/** Fewer letters than this tell no language. */
const TOO_SHORT = 24;

const COMMON = /\b(the|and|is|it|to|of|in|for|that|this|with|on|not|are|be|was|have|can|you|we|my|i|a|how|what|when|why|does|do|please|would|could|should)\b/i;

/**
 * Whether the English models may say anything about a text. Emoji, code dumps and other languages are not guessed at.
 * Short texts in Latin letters pass: a language detector is no better than a coin there.
 */
export function isUnderstood(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 2 || letters < text.replace(/\s/g, "").length * 0.4) return false;
  if ((text.match(/\p{Script=Latin}/gu)?.length ?? 0) < letters * 0.8) return false;
  if (letters < TOO_SHORT || COMMON.test(text)) return true;
  return eld.detect(text.slice(0, 400)).language === "en";
}
