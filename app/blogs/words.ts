/** Of a person who reads with care. (Brysbaert 2019 finds 238 for English non-fiction.) */
const WORDS_PER_MINUTE = 220;
/** Where an excerpt of first words may end, in characters. */
const EXCERPT = { least: 120, most: 260 };
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;

/** How many words a text has; two signs of a script without spaces between words count as one. */
export function countWords(text: string): number {
  const signs = text.match(IDEOGRAPHS)?.length ?? 0;
  const words = text.replace(IDEOGRAPHS, " ").match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;
  return words + Math.ceil(signs / 2);
}

/** Whole minutes, one at least. */
export function minutesToRead(wordCount: number): number {
  return Math.max(1, Math.round(wordCount / WORDS_PER_MINUTE));
}

/** The first words of a text, up to the end of a sentence where one is near, else of a word. */
export function firstWords(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= EXCERPT.most) return plain;
  const cut = plain.slice(0, EXCERPT.most);
  const sentence = Math.max(...[". ", "! ", "? ", "。"].map((end) => cut.lastIndexOf(end)));
  if (sentence >= EXCERPT.least) return cut.slice(0, sentence + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), EXCERPT.least)).replace(/[\s,;:–—-]+$/, "")}…`;
}
