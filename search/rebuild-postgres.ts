import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";

const BATCH = 2000;

/** Where each kind of text is, and the function that makes its documents or groups (db/programs/search.sql). */
const makers = [
  { table: "topics", put: "search_put_topics" },
  { table: "posts", put: "search_put_posts" },
  { table: "articles", put: "search_put_articles" },
  { table: "pages", put: "search_put_pages" },
] as const;

/** Makes all documents anew, a few at a time, so that nobody waits; then counts the words. Answers how many texts there are. */
export async function rebuildPostgres(progress: (texts: number) => void = () => {}): Promise<number> {
  let total = 0;
  for (const { table, put } of makers) {
    for (let after = 0; ; ) {
      const rows = await db.execute<{ id: number }>(sql`select id::int as id from ${sql.identifier(table)} where id > ${after} order by id limit ${BATCH}`);
      if (rows.length === 0) break;
      await db.execute(sql`select ${sql.identifier(put)}(${sql.param(rows.map(({ id }) => id))}::bigint[])`);
      after = rows.at(-1)!.id;
      // Topics are no texts of their own: their posts are.
      if (table !== "topics") progress((total += rows.length));
    }
  }
  for (const { source, table } of [{ source: "post", table: "posts" }, { source: "article", table: "articles" }, { source: "page", table: "pages" }]) {
    await db.execute(sql`delete from search_documents d where d.source = ${source} and not exists (select from ${sql.identifier(table)} there where there.id = d.source_id)`);
  }
  for (const { source, table } of [{ source: "post", table: "topics" }, { source: "article", table: "articles" }, { source: "page", table: "pages" }]) {
    await db.execute(sql`delete from search_groups g where g.source = ${source} and not exists (select from ${sql.identifier(table)} there where there.id = g.group_id)`);
  }
  await db.execute(sql`select search_count_words()`);
  return total;
}
