import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";

const BATCH = 2000;

/** Makes the documents of all posts anew, a few at a time, so that nobody waits; then counts the words. Answers how many posts there are. */
export async function rebuildPostgres(progress: (posts: number) => void = () => {}): Promise<number> {
  let total = 0;
  for (let after = 0; ; ) {
    const rows = await db.execute<{ id: number }>(sql`select id::int as id from posts where id > ${after} order by id limit ${BATCH}`);
    if (rows.length === 0) break;
    await db.execute(sql`select search_put_posts(array(select id from posts where id > ${after} and id <= ${rows.at(-1)!.id}))`);
    after = rows.at(-1)!.id;
    total += rows.length;
    progress(total);
  }
  await db.execute(sql`delete from search_documents where source = 'post' and not exists (select from posts where posts.id = source_id)`);
  await db.execute(sql`select search_count_words()`);
  return total;
}
