import { randomBytes } from "node:crypto";
import type { Keeper } from "#app/ui/kept.tsx";
import { shared } from "./shared.ts";

/** Of keys and markup together; about as many bytes, twice that for keys with letters beyond Latin. */
const MAX_SIZE = 24_000_000;

type Place = { opening: string; closing: string; key: string | null };

/** Parts of pages as bytes, by all that they were made of, the least recently used first. */
const store = shared("kept markup", () => ({ parts: new Map<string, Buffer>(), size: 0 }));

/**
 * For one page: gives its parts what was made before, and takes from the finished page what had to be made anew.
 *
 * What is given is only a mark, in whose place the bytes are put when the page is whole: copying and encoding the same
 * letters for each page took as long as making the rest of it. The mark is a secret of this page, so that nobody can
 * write one into a text.
 */
export function keepMarkup(): Keeper & { finish: (page: string) => Buffer } {
  const places: Place[] = [];
  const given: Buffer[] = [];
  const mark = `\u0001${randomBytes(12).toString("base64url")}:`;
  return {
    take(opening, closing, key) {
      const whole = opening + key;
      const part = store.parts.get(whole);
      places.push({ opening, closing, key: part === undefined ? whole : null });
      if (part === undefined) return undefined;
      store.parts.delete(whole);
      store.parts.set(whole, part);
      return `${mark}${given.push(part) - 1}\u0001`;
    },
    finish(page) {
      const bytes = filledIn(page, mark, given);
      if (given.length < places.length) learn(bytes.toString(), places);
      return bytes;
    },
  };
}

function filledIn(page: string, mark: string, given: Buffer[]): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = page.indexOf(mark); at >= 0; at = page.indexOf(mark, from)) {
    const end = page.indexOf("\u0001", at + mark.length);
    pieces.push(Buffer.from(page.slice(from, at)), given[Number(page.slice(at + mark.length, end))]!);
    from = end + 1;
  }
  pieces.push(Buffer.from(page.slice(from)));
  return Buffer.concat(pieces);
}

function learn(page: string, places: Place[]): void {
  const missing = new Set(places.flatMap(({ opening, key }) => (key === null ? [] : [opening])));
  const ends = new Map<string, number>();
  // A part can be asked for before one that stands above it, but those that begin alike are asked for in their order.
  for (const { opening, closing, key } of places) {
    if (!missing.has(opening)) continue;
    const start = page.indexOf(opening, ends.get(opening) ?? 0);
    const inside = page.indexOf(">", start + opening.length) + 1;
    const end = page.indexOf(closing, inside);
    if (start < 0 || inside === 0 || end < 0) {
      missing.delete(opening);
      continue;
    }
    if (key !== null) keep(key, Buffer.from(page.slice(inside, end)));
    ends.set(opening, end);
  }
}

function keep(key: string, part: Buffer): void {
  if (store.parts.has(key)) return;
  store.parts.set(key, part);
  store.size += key.length + part.length;
  for (const [oldest, markup] of store.parts) {
    if (store.size <= MAX_SIZE) break;
    store.parts.delete(oldest);
    store.size -= oldest.length + markup.length;
  }
}
