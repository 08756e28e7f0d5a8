let codes = new Uint16Array(8192);
let last = "";

/**
 * The letters of a text as numbers, up to its length; good until another text is asked for. Many readers look at the
 * same text one after another, and looking into a piece cut out of a long text is slow.
 */
export function codesOf(text: string): Uint16Array {
  if (text === last) return codes;
  if (text.length > codes.length) codes = new Uint16Array(text.length * 2);
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at);
  last = text;
  return codes;
}
