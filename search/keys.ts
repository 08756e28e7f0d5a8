import type { Meilisearch } from "meilisearch";
import { INDEX_PREFIX } from "./meilisearch-client.ts";

/** What each of our keys may do, and nothing else: on our indexes only. */
const wanted = {
  search: { name: "Wellspring: search", description: "Searches, and nothing else.", actions: ["search"] },
  indexing: {
    name: "Wellspring: indexing",
    description: "Fills, settles and replaces the indexes of the community.",
    actions: ["documents.add", "documents.get", "documents.delete", "indexes.create", "indexes.get", "indexes.delete", "settings.get", "settings.update", "tasks.get", "stats.get", "version"],
  },
} as const;

/** Makes the two keys that the community runs with, or finds those made before. `client` holds the master key. */
export async function makeKeys(client: Meilisearch): Promise<Record<keyof typeof wanted, string>> {
  const { results } = await client.getKeys({ limit: 1000 });
  const keyFor = async (what: keyof typeof wanted) => {
    const { name, description, actions } = wanted[what];
    const there = results.find((key) => key.name === name);
    return (there ?? (await client.createKey({ name, description, actions: [...actions], indexes: [`${INDEX_PREFIX}*`], expiresAt: null }))).key;
  };
  return { search: await keyFor("search"), indexing: await keyFor("indexing") };
}

/** Whether a key may do more than the community needs: a master key also lists all keys. */
export async function isTooMighty(client: Meilisearch): Promise<boolean> {
  return client.getKeys({ limit: 1 }).then(() => true, () => false);
}
