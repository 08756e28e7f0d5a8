import { Meilisearch } from "meilisearch";

/** `key` fills the indexes; `searchKey`, which may do nothing else, asks them. */
export type MeiliSettings = { url: string; key?: string; searchKey?: string; timeoutMilliseconds?: number };

/** The official client makes no end of waiting by itself: every request here does. */
export function meiliClient({ url, key, timeoutMilliseconds = 10_000 }: MeiliSettings): Meilisearch {
  return new Meilisearch({ host: url, apiKey: key, timeout: timeoutMilliseconds });
}

/** Begins the names of our indexes, for servers that others use too. */
export const INDEX_PREFIX = "wellspring_content";

/** Where Meilisearch is, from the environment; null where none is in use. */
export function meiliFromEnvironment(): MeiliSettings | null {
  const url = process.env.MEILI_URL;
  return url ? { url, key: process.env.MEILI_KEY || undefined, searchKey: process.env.MEILI_SEARCH_KEY || undefined } : null;
}
