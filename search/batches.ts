/** Meilisearch refuses requests beyond 100 MB, and digests those of a tenth of it best. In bytes. */
const MOST = 10_000_000;

/** The same things in the same order, in requests that are not too large. One that is larger alone travels alone. */
export function inBatches<Thing>(things: Thing[], most = MOST): Thing[][] {
  const batches: Thing[][] = [];
  let size = Infinity;
  for (const thing of things) {
    const bytes = Buffer.byteLength(JSON.stringify(thing));
    if (size + bytes > most) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)!.push(thing);
    size += bytes;
  }
  return batches;
}
