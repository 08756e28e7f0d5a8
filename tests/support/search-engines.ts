import { sql } from "drizzle-orm";
import { searchConnection } from "#db/search-client.ts";
import { db } from "#db/client.ts";
import type { SearchEngine } from "#search/engine.ts";
import { INDEX_PREFIX, meiliClient } from "#search/meilisearch-client.ts";
import { meilisearchEngine } from "#search/meilisearch.ts";
import { postgresEngine } from "#search/postgres.ts";
import { syncOnce } from "#search/sync.ts";
import { hasOpenApi } from "./meili-openapi.ts";
import { startStandIn, type StandIn } from "./meili-stand-in.ts";

export type EngineUnderTest = {
  name: string;
  start: () => Promise<{ engine: SearchEngine; /** Waits until the engine knows all that Postgres does. */ settle: () => Promise<void>; stop: () => Promise<void> }>;
};

/** Every engine the contract is tried on. A real Meilisearch, one for these tests alone, joins where MEILI_URL names it. */
export const enginesUnderTest: EngineUnderTest[] = [
  {
    name: "PostgreSQL",
    start: async () => ({ engine: postgresEngine, settle: async () => void (await searchConnection()`select search_count_words()`), stop: async () => {} }),
  },
  {
    name: "Meilisearch (stand-in)",
    start: async () => {
      const standIn = await startStandIn();
      return { engine: meilisearchEngine({ url: standIn.url }), settle: () => settleWith(standIn.url, standIn), stop: standIn.stop };
    },
  },
  ...(process.env.MEILI_TEST_URL
    ? [{
        name: "Meilisearch (real)",
        start: async () => {
          const settings = { url: process.env.MEILI_TEST_URL!, key: process.env.MEILI_TEST_KEY };
          return { engine: meilisearchEngine(settings), settle: () => settleWith(settings.url, undefined, settings.key), stop: () => removeIndexes(settings) };
        },
      }]
    : []),
];

console.info(`The contract of search is tried on: ${enginesUnderTest.map(({ name }) => name).join(", ")}.${process.env.MEILI_TEST_URL ? "" : " No real Meilisearch: MEILI_URL is not set."}${hasOpenApi ? "" : " Requests are not checked against the published API: its description is not there."}`);

/** Each test makes an index of its own: a server that stays gets them taken away again. */
async function removeIndexes(settings: { url: string; key?: string }): Promise<void> {
  const client = meiliClient(settings);
  const { results } = await client.getRawIndexes({ limit: 1000 });
  for (const { uid } of results) if (uid.startsWith(INDEX_PREFIX)) await client.deleteIndex(uid);
}

/** Runs rounds of syncing until nothing waits. */
export async function settleWith(url: string, standIn?: StandIn, key?: string): Promise<void> {
  const client = meiliClient({ url, key });
  for (let round = 0; round < 200; round++) {
    await syncOnce(client);
    standIn?.work();
    await db.execute(sql`update search_outbox set due_at = now() where due_at > now()`);
    if ((await waitingDocuments()) === 0) return;
    // A real server works in its own time.
    if (!standIn) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the outbox does not empty");
}

/** How many documents wait, those put aside not counted. */
export async function waitingDocuments(): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from search_outbox where parked_because is null`);
  return row!.count;
}
