import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { db, type Executor } from "#db/client.ts";
import { searchQueries } from "#db/schema/search.ts";

// What people look for, and whether they find it. It says nothing of who looked: no member, no address, no session; and
// what looks like somebody's address or number is not kept at all.

/** For how many days a search is remembered. */
export const LOG_DAYS = 90;

/** How long after a search its results can be opened, for it to count. */
const OPENED_WITHIN_HOURS = 24;

/** E-mail addresses, and numbers as long as those of telephones or cards. */
const personal = /\S+@\S+|(?:\d[ ().+-]?){7,}/g;

/** Remembers a search. Answers the key by which its page may tell that a result was opened. */
export async function logSearch(text: string, found: number, facts: typeof searchQueries.$inferInsert.facts): Promise<string | null> {
  const kept = text.replace(personal, " ").trim().toLowerCase().replace(/\s+/g, " ").slice(0, 200);
  if (kept === "") return null;
  // Nobody waits for the disk: that a crash may lose the last few is no harm.
  const [row] = await db.execute<{ key: string }>(sql`
    insert into search_queries (text, found, facts) values (${kept}, ${found}::int, ${JSON.stringify(facts)}::jsonb)
    returning key, set_config('synchronous_commit', 'off', true)`);
  return row!.key;
}

/** Notes that someone opened a result of a search, once. */
export async function noteOpened(key: string): Promise<void> {
  await db
    .update(searchQueries)
    .set({ openedAt: new Date() })
    .where(and(eq(searchQueries.key, key), isNull(searchQueries.openedAt), gt(searchQueries.createdAt, sql`now() - make_interval(hours => ${OPENED_WITHIN_HOURS}::int)`)));
}

export type SearchGap = { text: string; searches: number; lastAt: Date };

/** What was looked for in the last days and not found, or found and never opened: most often first. For people and for mining alike. */
export async function listSearchGaps(on: Executor, { days, limit = 50 }: { days: number; limit?: number }): Promise<{ notFound: SearchGap[]; notOpened: SearchGap[] }> {
  const gaps = (condition: ReturnType<typeof sql>) => on.execute<{ text: string; searches: number; lastAt: string }>(sql`
    select text, count(*)::int as searches, max(created_at) as "lastAt" from search_queries
    where created_at > now() - make_interval(days => ${days}::int)
    group by text having ${condition} order by 2 desc, 3 desc limit ${limit}`);
  const dated = (rows: Iterable<{ text: string; searches: number; lastAt: string }>) => [...rows].map((row) => ({ ...row, lastAt: new Date(row.lastAt) }));
  const [notFound, notOpened] = await Promise.all([
    gaps(sql`max(found) = 0 or (bool_and(coalesce((facts->>'isPartial')::boolean, false)) and count(opened_at) = 0)`),
    // Once may be a slip of the fingers; twice is a wish.
    gaps(sql`max(found) > 0 and count(opened_at) = 0 and count(*) > 1 and not bool_and(coalesce((facts->>'isPartial')::boolean, false))`),
  ]);
  return { notFound: dated(notFound), notOpened: dated(notOpened) };
}

export type SearchFigures = { searches: number; foundNothing: number; opened: number; medianMilliseconds: number | null };

/** How searching went in the last days. */
export async function readSearchFigures(on: Executor, { days }: { days: number }): Promise<SearchFigures> {
  const [row] = await on.execute<SearchFigures>(sql`
    select count(*)::int as searches, count(*) filter (where found = 0)::int as "foundNothing", count(opened_at)::int as opened,
      percentile_disc(0.5) within group (order by (facts->>'milliseconds')::int) as "medianMilliseconds"
    from search_queries where created_at > now() - make_interval(days => ${days}::int)`);
  return row!;
}
