/**
 * Where words stand in a text. What a browser selects may differ in its white space only; the offsets are those of the
 * text itself. Null when it does not say that.
 */
export function findQuote(text: string, quote: string): { start: number; end: number } | null {
  const exact = text.indexOf(quote);
  if (quote && exact >= 0) return { start: exact, end: exact + quote.length };
  const wanted = quote.replace(/\s+/g, "");
  if (!wanted) return null;
  let dense = "";
  const places: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text[at]!)) continue;
    dense += text[at];
    places.push(at);
  }
  const found = dense.indexOf(wanted);
  return found < 0 ? null : { start: places[found]!, end: places[found + wanted.length - 1]! + 1 };
}
