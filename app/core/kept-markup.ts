import type { Keeper } from "#app/ui/kept.tsx";
import { shared } from "./shared.ts";

/** Of keys and markup together; about as many bytes, twice that for text beyond Latin. */
const MAX_CHARACTERS = 24_000_000;

type Place = { opening: string; closing: string; key: string | null };

/** Parts of pages by all that they were made of, the least recently used first. */
const store = shared("kept markup", () => ({ parts: new Map<string, string>(), characters: 0 }));

/** For one page: gives its parts what was made before, and takes from the finished page what had to be made anew. */
export function keepMarkup(): Keeper & { learn: (page: string) => void } {
  const places: Place[] = [];
  return {
    take(opening, closing, key) {
      const whole = opening + key;
      const part = store.parts.get(whole);
      places.push({ opening, closing, key: part === undefined ? whole : null });
      if (part === undefined) return undefined;
      store.parts.delete(whole);
      store.parts.set(whole, part);
      return part;
    },
    learn(page) {
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
        if (key !== null) keep(key, page.slice(inside, end));
        ends.set(opening, end);
      }
    },
  };
}

function keep(key: string, part: string): void {
  if (store.parts.has(key)) return;
  // A slice would hold on to the whole page it was cut from.
  store.parts.set(key, Buffer.from(part).toString());
  store.characters += key.length + part.length;
  for (const [oldest, markup] of store.parts) {
    if (store.characters <= MAX_CHARACTERS) break;
    store.parts.delete(oldest);
    store.characters -= oldest.length + markup.length;
  }
}
