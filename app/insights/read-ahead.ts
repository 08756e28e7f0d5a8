import { sql } from "drizzle-orm";
import { breather } from "#app/core/breathe.ts";
import { db } from "#db/client.ts";
import type { Glossary } from "./glossary.ts";
import { isUnread, minedOf, readPosts } from "./mine-posts.ts";
import type { Model } from "./mining/model.ts";
import type { MinedStatement } from "./statements-of-post.ts";

/** What posts say that come next, each with the version of the rows it was read from, and by which reader. */
export type ReadAhead = { reader: string; posts: Map<string, { version: string; mined: MinedStatement[] }> };

/**
 * Reads what the posts after some others say, while the database is busy with storing those: it depends on the posts
 * alone, and is taken only where their rows are the same when their turn comes. Never fails: what was not read ahead is
 * read then.
 */
export async function readAhead(model: Model, glossary: Glossary, reader: string, { after, until, most }: { after: number; until: number; most: number }): Promise<ReadAhead> {
  const ahead: ReadAhead = { reader, posts: new Map() };
  try {
    const ids = await db.execute<{ id: string }>(sql`
      select id from (
        select p.id, ${isUnread(reader)} as "isDue" from posts p left join mined_posts m on m.post_id = p.id where p.id > ${after} and p.id <= ${until} order by p.id limit ${most}
      ) next where "isDue"`);
    if (ids.length === 0) return ahead;
    const breathe = breather();
    for (const post of await readPosts(db, ids.map(({ id }) => Number(id)))) {
      await breathe();
      if (post.isRead) ahead.posts.set(post.id, { version: post.version, mined: minedOf(post, model, glossary) });
    }
  } catch {
    // Reading them in their turn says what is wrong.
  }
  return ahead;
}
