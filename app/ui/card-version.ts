/** Raised when cards are drawn in another way, so that none is kept that looks as before. */
const DRAWING = 1;

/** A name for what stands on a card: with another title, place, colour or site it is another picture. No secret, and no proof of anything. */
export function cardVersion({ title, place, accent, site }: { title: string; place: string; accent: string; site: string }): string {
  return hashOf(JSON.stringify([DRAWING, title, place, accent, site]));
}

/** 53 bits of two mixed 32-bit products: good for telling pictures apart, the same in browsers, and quick enough for each page. */
function hashOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
