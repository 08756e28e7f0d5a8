import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories, categoryAccess, groups } from "#db/schema/community.ts";
import { InvalidInputError } from "./errors.ts";
import { translate } from "./messages.ts";
import type { Member } from "./viewer.ts";
import { listWider, visibleCategoryIds } from "./visibility.ts";

// Whoever writes a quote of a private place is asked where they write it (quotes.ts). What is moved, or opened to more
// people, carries quotes that were right where they stood: whoever does that is asked here.

/** A quote that stands in a text: which text, the category that lies in, and the one its words come from. */
type Carried = { text: string; standsIn: number; comesFrom: number };

/** What is looked through: one topic, pages with their talk, or all texts of some categories. */
type Holders = { topicId: number } | { pageIds: number[] } | { categoryIds: number[] };

/**
 * The quotes that stand somewhere and come from elsewhere. Those of a topic's own posts move with it, and what was erased
 * says nothing any more. Posts that were removed count as well: they may be brought back.
 */
export async function listCarried(on: Executor, holders: Holders): Promise<Carried[]> {
  const texts: SQL[] = [];
  // The second condition lets the index of posts with quotes answer; all of them together are few.
  const quoting = (body: SQL) => sql`${body} @? '$.** ? (@.type == "postQuote")' and quoted_posts(${body}) @> '[]'::jsonb`;
  const within = (column: SQL, ids: number[]) => sql`${column} = any(${sql.param(ids)}::bigint[])`;
  // The talk of a page goes with it.
  const ofPosts = "topicId" in holders ? sql`topics.id = ${holders.topicId}` : "pageIds" in holders ? within(sql`topics.page_id`, holders.pageIds) : within(sql`topics.category_id`, holders.categoryIds);
  texts.push(sql`select 'post ' || posts.id as text, topics.category_id as stands_in, topics.id as topic_id, posts.body from posts join topics on topics.id = posts.topic_id where ${ofPosts} and ${quoting(sql`posts.body`)}`);
  if ("categoryIds" in holders) texts.push(sql`select 'article ' || id, category_id, null::bigint, body from articles where ${within(sql`category_id`, holders.categoryIds)} and body @? '$.** ? (@.type == "postQuote")'`);
  if (!("topicId" in holders)) {
    const where = "pageIds" in holders ? within(sql`id`, holders.pageIds) : within(sql`category_id`, holders.categoryIds);
    texts.push(sql`select 'page ' || id as text, category_id as stands_in, null::bigint as topic_id, body from pages where ${where} and body @? '$.** ? (@.type == "postQuote")'`);
  }
  const rows = await on.execute<{ text: string; standsIn: string; comesFrom: string }>(sql`
    select distinct holder.text, holder.stands_in as "standsIn", said.category_id as "comesFrom"
    from (${sql.join(texts, sql` union all `)}) holder
    cross join lateral jsonb_array_elements_text(quoted_posts(holder.body)) quoted(id)
    join posts source on source.id::text = quoted.id and source.purged_at is null
    join topics said on said.id = source.topic_id
    where said.id is distinct from holder.topic_id`);
  return rows.map(({ text, standsIn, comesFrom }) => ({ text, standsIn: Number(standsIn), comesFrom: Number(comesFrom) }));
}

/**
 * For whoever moves texts from one category to another: asks them once when quotes in them come from a place that fewer
 * people read than the new one. Where nobody new reads there is nothing to ask.
 *
 * @throws InvalidInputError at `knowsReaders`, with the names of those places as far as they may know them
 */
export async function refuseWiderQuotes(on: Executor, mover: Member, holders: Holders, { from, to }: { from: number; to: number }): Promise<void> {
  if (from === to || (await listWider(on, [to], from)).size === 0) return;
  const sources = [...new Set((await listCarried(on, holders)).map(({ comesFrom }) => comesFrom))].filter((id) => id !== to);
  const narrower: number[] = [];
  for (const id of sources) if ((await listWider(on, [to], id)).size > 0) narrower.push(id);
  if (narrower.length === 0) return;
  const known = await on.select({ name: categories.name }).from(categories).where(and(inArray(categories.id, narrower), inArray(categories.id, visibleCategoryIds(mover)))).orderBy(categories.name);
  const names = known.map(({ name }) => name);
  if (known.length < narrower.length) names.push(translate(mover.locale, "core.aPlaceUnseen"));
  throw new InvalidInputError("knowsReaders", "core.quotesCarried", { places: new Intl.ListFormat(mover.locale).format(names) });
}

type Reader = { id: number; kind: string };
type Readers = { divisionId: number; groups: Reader[] };
/** What stands in some categories and who reads it and its sources, at one moment. */
export type CarriedNow = { carried: Carried[]; readers: Map<number, Readers> };

/** To be asked before rights change, and again after, in the same transaction: see `countWidened`. */
export async function readCarried(on: Executor, categoryIds: number[], carried?: Carried[]): Promise<CarriedNow> {
  const quotes = carried ?? (await listCarried(on, { categoryIds }));
  const ids = [...new Set(quotes.flatMap(({ standsIn, comesFrom }) => [standsIn, comesFrom]))];
  const readers = new Map<number, Readers>();
  if (ids.length === 0) return { carried: quotes, readers };
  const rows = await on
    .select({ categoryId: categories.id, divisionId: categories.divisionId, id: groups.id, kind: groups.kind })
    .from(categories)
    .leftJoin(categoryAccess, eq(categoryAccess.categoryId, categories.id))
    .leftJoin(groups, eq(groups.id, categoryAccess.groupId))
    .where(inArray(categories.id, ids));
  for (const { categoryId, divisionId, id, kind } of rows) {
    const of = readers.get(categoryId) ?? { divisionId, groups: [] };
    if (id !== null && kind !== null) of.groups.push({ id, kind });
    readers.set(categoryId, of);
  }
  return { carried: quotes, readers };
}

/** How many texts show words of a private place to people who read neither them nor that place before. */
export function countWidened(before: CarriedNow, after: CarriedNow): number {
  const widened = before.carried.filter(({ standsIn, comesFrom }) => {
    const [then, now, source] = [before.readers.get(standsIn), after.readers.get(standsIn), after.readers.get(comesFrom)];
    return now?.groups.some((reader) => !isAmong(reader, now, then) && !isAmong(reader, now, source));
  });
  return new Set(widened.map(({ text }) => text)).size;
}

/** Whether all of a group that reads one place read another as well. As `listWider` has it. */
function isAmong(reader: Reader, at: Readers, other: Readers | undefined): boolean {
  return other !== undefined && other.groups.some(({ id, kind }) =>
    kind === "everyone" ||
    (kind === "members" && reader.kind !== "everyone") ||
    // Staff of one division are staff in its categories only.
    (id === reader.id && (kind !== "staff" || at.divisionId === other.divisionId)));
}
