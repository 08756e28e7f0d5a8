import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob } from "#app/core/jobs.ts";
import { db } from "#db/client.ts";

/** How many of the newest documents are asked first: see search/postgres.ts. */
const RECENT_DOCUMENTS = 200_000;

/** Counts the words people use, for corrections; lets go of documents that are no longer recent; forgets old queries. Twice is once. */
export const keepSearch = defineJob({
  name: "discovery.keep-search",
  input: z.looseObject({}),
  maxAttempts: 3,
  async run() {
    await db.execute(sql`select search_count_words()`);
    await db.execute(sql`update search_documents set is_recent = false where is_recent and id <
      (select id from search_documents order by id desc offset ${RECENT_DOCUMENTS} limit 1)`);
    await db.execute(sql`delete from search_queries where created_at < now() - interval '90 days'`);
  },
});
