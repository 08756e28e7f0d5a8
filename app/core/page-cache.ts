/** What `make` made, and its weight; `null` for an answer that only those who waited for it may have. */
export type Made<Page> = { page: Page; bytes: number | null };

type Entry<Page> = { page: Page; bytes: number; tags: string[]; until: number };
type Flight<Page> = { promise: Promise<Page>; tags: string[]; isStale: boolean };

/** The tag that every page bears. */
export const ALL_PAGES = "all";

export type PageCache<Page> = ReturnType<typeof createPageCache<Page>>;

/**
 * Keeps pages under their addresses, bounded by bytes, the least recently asked for going first. Each bears tags that
 * say what it shows; dropping a tag drops them, also those just being made: they answer whoever waits, and are not kept.
 * It begins shut, and keeps and gives nothing until it is opened by whoever tells it of changes.
 */
export function createPageCache<Page>({ maxBytes, maxAgeSeconds, now = Date.now }: { maxBytes: number; maxAgeSeconds: number; now?: () => number }) {
  const entries = new Map<string, Entry<Page>>();
  const keysByTag = new Map<string, Set<string>>();
  const flights = new Map<string, Flight<Page>>();
  let bytes = 0;
  let isOpen = false;

  function get(key: string): Page | undefined {
    const entry = entries.get(key);
    if (!entry) return undefined;
    if (entry.until <= now()) return void remove(key);
    // Last in the map is last to go.
    entries.delete(key);
    entries.set(key, entry);
    return entry.page;
  }

  /** Makes a page once for all who ask at the same time, and keeps it if it may be kept and nothing it shows has changed. */
  function make(key: string, tags: string[], render: () => Promise<Made<Page>>): Promise<Page> {
    const running = flights.get(key);
    if (running) return running.promise;
    const flight: Flight<Page> = { tags: [...tags, ALL_PAGES], isStale: !isOpen, promise: undefined as never };
    flight.promise = render()
      .then((made) => {
        if (made.bytes !== null && !flight.isStale) keep(key, { page: made.page, bytes: made.bytes, tags: flight.tags, until: now() + maxAgeSeconds * 1000 });
        return made.page;
      })
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    flights.set(key, flight);
    return flight.promise;
  }

  function keep(key: string, entry: Entry<Page>): void {
    remove(key);
    // One page never takes more than a sixteenth of the room.
    if (entry.bytes > maxBytes / 16) return;
    entries.set(key, entry);
    bytes += entry.bytes;
    for (const tag of entry.tags) {
      const keys = keysByTag.get(tag);
      if (keys) keys.add(key);
      else keysByTag.set(tag, new Set([key]));
    }
    for (const oldest of entries.keys()) {
      if (bytes <= maxBytes) break;
      remove(oldest);
    }
  }

  function remove(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    bytes -= entry.bytes;
    for (const tag of entry.tags) {
      const keys = keysByTag.get(tag)!;
      keys.delete(key);
      if (keys.size === 0) keysByTag.delete(tag);
    }
  }

  function drop(tags: string[]): void {
    for (const tag of tags) for (const key of keysByTag.get(tag) ?? []) remove(key);
    for (const [key, flight] of flights) {
      if (!flight.tags.some((tag) => tags.includes(tag))) continue;
      flight.isStale = true;
      // Whoever asks from now on must not get what was read before the change.
      flights.delete(key);
    }
  }

  return {
    get,
    make,
    drop,
    /** Changes are heard from now on. */
    open() {
      drop([ALL_PAGES]);
      isOpen = true;
    },
    /** Changes may be missed from now on. */
    shut() {
      isOpen = false;
      drop([ALL_PAGES]);
    },
    size: () => ({ pages: entries.size, bytes }),
  };
}
