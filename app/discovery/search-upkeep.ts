import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob } from "#app/core/jobs.ts";
import { log } from "#app/core/log.ts";
import { db } from "#db/client.ts";
import { meiliFromEnvironment, meiliClient } from "#search/meilisearch-client.ts";
import { liveIndex } from "#search/rebuild.ts";
import { reconcile } from "#search/reconcile.ts";
import { LOG_DAYS } from "./search-log.ts";

/** How many of the newest documents are asked first: see search/postgres.ts. */
const RECENT_DOCUMENTS = 100_000;

/** Counts the words people use, for corrections; lets go of documents that are no longer recent; forgets old queries. Twice is once. */
export const keepSearch = defineJob({
  name: "discovery.keep-search",
  input: z.looseObject({}),
  maxAttempts: 3,
  async run() {
    await db.execute(sql`select search_count_words()`);
    await db.execute(sql`update search_documents set is_recent = false where is_recent and id <
      (select id from search_documents order by id desc offset ${RECENT_DOCUMENTS} limit 1)`);
    await db.execute(sql`delete from search_queries where created_at < now() - make_interval(days => ${LOG_DAYS}::int)`);
  },
});

/** Compares the whole index of Meilisearch with the database, and has every difference put right. Nightly; twice is once. */
export const compareSearch = defineJob({
  name: "discovery.compare-search",
  input: z.looseObject({}),
  maxAttempts: 3,
  async run() {
    const meili = meiliFromEnvironment();
    const live = meili && (await liveIndex());
    if (!live) return;
    const differences = await reconcile(meiliClient(meili), live.liveUid);
    if (differences.missing + differences.stale + differences.extra > 0) log.warn(differences, "the search index was not what it should be, and is being put right");
  },
});
