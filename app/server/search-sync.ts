import { sql } from "drizzle-orm";
import { log } from "#app/core/log.ts";
import { db } from "#db/client.ts";
import { isTooMighty } from "#search/keys.ts";
import { meiliClient, meiliFromEnvironment } from "#search/meilisearch-client.ts";
import { startSearchSync } from "#search/sync.ts";

/** Tells Meilisearch of every change where one is set. Where none is, forgets that there was one: a later one is filled anew. */
export async function keepSearchInSync(): Promise<() => Promise<void>> {
  const meili = meiliFromEnvironment();
  if (meili && (await isTooMighty(meiliClient(meili)))) log.warn("MEILI_KEY may do everything. `npm run search:keys` makes two keys that may do only what is needed.");
  if (meili) return startSearchSync(process.env.DATABASE_URL!, meili, (problem) => log.warn({ problem }, "search could not be brought up to date, and is tried again"));
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from search_indexes`);
    await tx.execute(sql`delete from search_outbox`);
  });
  return async () => {};
}
