import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Meilisearch } from "meilisearch";
import { db } from "#db/client.ts";

/** The words that admins say mean the same: a list of lists, lower case. */
export async function readSynonyms(): Promise<string[][]> {
  return (await db.execute<{ words: string[] }>(sql`select words from search_synonyms order by id`)).map(({ words }) => words);
}

/** Names a set of synonyms: the same as long as they are. */
export function synonymsHash(groups: string[][]): string {
  return createHash("sha256").update(JSON.stringify(groups)).digest("hex").slice(0, 8);
}

/** Tells an index of the synonyms, which needs no filling anew. Answers their hash, to be noted once they are told. */
export async function tellSynonyms(client: Meilisearch, uid: string): Promise<string> {
  const groups = await readSynonyms();
  const synonyms: Record<string, string[]> = {};
  for (const words of groups) for (const word of words) synonyms[word] = [...(synonyms[word] ?? []), ...words.filter((other) => other !== word)];
  await client.index(uid).updateSynonyms(synonyms);
  return synonymsHash(groups);
}

/** Tells the live index where the synonyms have changed since. */
export async function keepSynonyms(client: Meilisearch): Promise<void> {
  const [live] = await db.execute<{ uid: string; told: string }>(sql`select live_uid as uid, synonyms_hash as told from search_indexes where name = 'content' and live_uid <> ''`);
  if (!live || live.told === synonymsHash(await readSynonyms())) return;
  const told = await tellSynonyms(client, live.uid);
  await db.execute(sql`update search_indexes set synonyms_hash = ${told} where live_uid = ${live.uid}`);
}
