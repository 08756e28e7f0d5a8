/** Raised when cards are drawn in another way, so that none is kept that looks as before. */
const DRAWING = 1;

/** A name for what stands on a card: with another title, place, colour or site it is another picture. No secret, and no proof of anything. */
export function cardVersion({ title, place, accent, site }: { title: string; place: string; accent: string; site: string }): string {
  return fnv1a(JSON.stringify([DRAWING, title, place, accent, site]));
}

/** FNV-1a of 32 bits (Fowler, Noll and Vo), over UTF-16 units: tells pictures of one thing apart, and is the same in browsers. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
