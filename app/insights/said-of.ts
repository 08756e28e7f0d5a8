import { sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { readQuotes } from "./quotes.ts";

/** One voice out of a theme, short enough to be read in a list. */
export type Said = { words: string; href: string; name: string; account: string | null };

/** For each of some themes what somebody said, as far as the viewer may read any of it: the words most like the theme, beside those it is named by. */
export async function readSaidOf(viewer: Viewer, themeIds: number[]): Promise<Record<number, Said>> {
  if (themeIds.length === 0) return {};
  const visible = await listVisibleCategoryIds(db, viewer);
  const rows = await db.execute<{ root: string; id: string }>(sql`
    select distinct on (th.id) th.id as root, s.id from themes th join themes own on own.id = th.id or own.merged_into_id = th.id join statements s on s.theme_id = own.id
      join topics t on t.id = s.topic_id and t.removed_at is null join posts p on p.id = s.post_id and p.removed_at is null
    where th.id = any(${sql.param(themeIds)}::bigint[]) and s.excluded is null and s.part = 'body' and s.id is distinct from th.title_statement_id and s."end" - s.start between 24 and 220
      and t.category_id = any(${sql.param(visible)}::bigint[])
    order by th.id, s.intent = th.intent desc, s.similarity desc nulls last, s.id`);
  const rootOf = new Map(rows.map(({ root, id }) => [Number(id), Number(root)]));
  const quotes = await readQuotes(db, viewer, { where: sql`s.id = any(${sql.param([...rootOf.keys()])}::bigint[])`, limit: themeIds.length });
  return Object.fromEntries(quotes.flatMap(({ id, words, href, author }) => (words && href && author ? [[rootOf.get(id)!, { words, href, name: author.name, account: author.account }]] : [])));
}
