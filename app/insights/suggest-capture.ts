import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import type { Topic } from "#db/schema/forums.ts";
import { findQuote } from "./find-quote.ts";
import type { Intent } from "./mining/kinds.ts";

type Said = { intent: Intent; themeId: string | null; isHere: boolean; count: number };

export type Suggestion = { kind: Intent; themeId: number | null };

/**
 * What taking these words as evidence most likely means, so that one click more is enough: the kind that the machine read
 * them as, and the theme they stand in, or else the one that most of their topic speaks of.
 */
export async function suggestCapture(on: Executor, topic: Pick<Topic, "id">, post: { id: number; bodyText: string }, quote: string): Promise<Suggestion> {
  const place = quote === "" ? null : findQuote(post.bodyText, quote);
  const said = await on.execute<Said>(sql`
    select s.intent, coalesce(th.merged_into_id, th.id) as "themeId", count(*)::int as count,
      ${place ? sql`s.post_id = ${post.id} and s.part = 'body' and s.start < ${place.end} and s."end" > ${place.start}` : sql`false`} as "isHere"
    from statements s left join themes th on th.id = s.theme_id where s.topic_id = ${topic.id} and s.band in ('auto', 'review')
    group by 1, 2, 4 order by 4 desc, 3 desc, 2`);
  const here = said.filter(({ isHere }) => isHere);
  const themeId = [...here, ...said].find((one) => one.themeId !== null)?.themeId ?? null;
  return { kind: here.find(({ intent }) => intent !== "other")?.intent ?? "feature", themeId: themeId === null ? null : Number(themeId) };
}
