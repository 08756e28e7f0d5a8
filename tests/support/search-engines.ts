import { sql } from "drizzle-orm";
import { searchConnection } from "#db/search-client.ts";
import { db } from "#db/client.ts";
import type { SearchEngine } from "#search/engine.ts";
import { meiliClient } from "#search/meilisearch-client.ts";
import { meilisearchEngine } from "#search/meilisearch.ts";
import { postgresEngine } from "#search/postgres.ts";
import { syncOnce } from "#search/sync.ts";
import { startStandIn, type StandIn } from "./meili-stand-in.ts";

export type EngineUnderTest = {
  name: string;
  start: () => Promise<{ engine: SearchEngine; /** Waits until the engine knows all that Postgres does. */ settle: () => Promise<void>; stop: () => Promise<void> }>;
};

/** Every engine the contract is tried on. A real Meilisearch joins where MEILI_TEST_URL names one. */
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
          return { engine: meilisearchEngine(settings), settle: () => settleWith(settings.url, undefined, settings.key), stop: async () => {} };
        },
      }]
    : []),
];

/** Runs rounds of syncing until nothing waits. */
export async function settleWith(url: string, standIn?: StandIn, key?: string): Promise<void> {
  const client = meiliClient({ url, key });
  for (let round = 0; round < 200; round++) {
    await syncOnce(client);
    standIn?.work();
    await db.execute(sql`update search_outbox set due_at = now() where due_at > now()`);
    if ((await waitingDocuments()) === 0) return;
  }
  throw new Error("the outbox does not empty");
}

/** How many documents wait, those put aside not counted. */
export async function waitingDocuments(): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from search_outbox where parked_because is null`);
  return row!.count;
}
