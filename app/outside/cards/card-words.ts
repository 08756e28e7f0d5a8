/** As long as a title on a card may be; what is longer is read on the page. */
const LONGEST = 150;
/** With less than this left of its letters, words say nothing, or something else. */
const ENOUGH = 0.8;

/**
 * Words as they can be drawn: on one line, without what turns the direction of writing or shows nothing, and without
 * what the font has no picture of. Null when too little is left.
 */
export function drawable(words: string, covers: (codePoint: number) => boolean): string | null {
  const letters = [...words.normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\s]+/gu, " ").trim()];
  const shown = letters.filter((letter) => covers(letter.codePointAt(0)!));
  // A smiley or two may be missing, letters may not.
  const said = (signs: string[]) => signs.filter((sign) => /[\p{L}\p{N}]/u.test(sign)).length;
  if (said(shown) === 0 || said(shown) < said(letters) * ENOUGH) return null;
  const text = shown.join("").replace(/ +/g, " ").trim();
  return shown.length > LONGEST ? `${[...text].slice(0, LONGEST).join("").replace(/\s+\S*$/, "")}…` : text;
}
