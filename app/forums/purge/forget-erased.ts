import { sql } from "drizzle-orm";
import { z } from "zod";
import { deleteFile } from "#app/core/files/store.ts";
import { defineJob } from "#app/core/jobs.ts";
import { db } from "#db/client.ts";

/**
 * What lies outside the rows that a purge changed: the bytes of files, and the samples of values that Postgres keeps to
 * plan its queries, in which a title or a word may still stand. Running it twice changes nothing.
 */
export const forgetErased = defineJob({
  name: "forums.forget-erased",
  input: z.object({ files: z.array(z.string()) }),
  maxAttempts: 17,
  async run({ files }) {
    for (const key of files) await deleteFile(key);
    await db.execute(sql`analyze topics (title, slug, excerpt), post_revisions, drafts, search_documents (words, title_words), search_words, search_queries, files, tags, idempotency_keys, themes, theme_events, theme_summaries, theme_clusters, learned_models, site_settings`);
    await db.execute(sql`analyze articles, article_revisions, pages, page_revisions, notifications`);
    await db.execute(sql`analyze posts (body_text, body_html, body)`);
  },
});
