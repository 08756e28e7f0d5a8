import { and, eq, inArray, sql } from "drizzle-orm";
import type { Executor, Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories } from "#db/schema/community.ts";
import { posts, topics } from "#db/schema/forums.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { InvalidInputError } from "./errors.ts";
import { translate } from "./messages.ts";
import { quotedPostsIn } from "./rich-text.ts";
import { isModeratorOf, type Member } from "./viewer.ts";
import { listWider, visibleCategoryIds } from "./visibility.ts";

type Place = {
  /** Where the text will stand. */
  categoryId: number;
  /** The writer was told that more people read there than where the quoted words stand, and wants it all the same. */
  knowsReaders: boolean;
  /** What stood there before: quotes that were in it need no second answer. */
  before?: RichText;
};

/**
 * A text with its quotes set right: each says who wrote what it quotes and where, as it is and not as was sent. Of what
 * the writer may not see only words are left, without a name or an address; of what was erased not even these.
 *
 * To be asked before any row is locked: whoever erases a post waits for texts that quote it, and they for them.
 *
 * @throws InvalidInputError at `knowsReaders` when words are carried to people who may not read them where they stand
 */
export async function withTrueQuotes(tx: Tx, writer: Member, body: RichText, { categoryId, knowsReaders, before }: Place): Promise<RichText> {
  const ids = quotedPostsIn(body);
  if (ids.length === 0) return body;
  await holdQuotes(tx);
  const held = new Set(before ? quotedPostsIn(before) : []);
  const sources = new Map((await readSources(tx, writer, ids)).map((source) => [source.postId, source]));
  if (!knowsReaders) await refusePrivate(tx, writer, [...sources.values()].filter(({ postId, isErased }) => !held.has(postId) && !isErased), categoryId);
  return withQuotes(body, (quote) => {
    const postId = Number(quote.attrs?.postId);
    const source = sources.get(postId);
    if (source?.isErased) return erasedQuote(quote);
    if (source?.isSeen) return { ...quote, attrs: { postId, topicId: source.topicId, number: source.number, username: source.username } };
    return held.has(postId) ? quote : { type: "blockquote", content: quote.content };
  });
}

/** A text that is kept, such as a draft, without the words of posts that were erased since it was begun. */
export async function withoutErasedQuotes(tx: Tx, body: RichText): Promise<RichText> {
  const ids = quotedPostsIn(body);
  if (ids.length === 0) return body;
  await holdQuotes(tx);
  const rows = await tx.select({ id: posts.id }).from(posts).where(and(inArray(posts.id, ids), sql`${posts.purgedAt} is not null`));
  const erased = new Set(rows.map(({ id }) => id));
  return erased.size === 0 ? body : withQuotes(body, (quote) => (erased.has(Number(quote.attrs?.postId)) ? erasedQuote(quote) : quote));
}

/** What is left of a quote of something erased: who wrote it, and where. */
export function erasedQuote(quote: RichTextNode): RichTextNode {
  return { ...quote, content: [{ type: "paragraph", content: [{ type: "text", text: translate("en", "core.quoteErased") }] }] };
}

/** The document with each quote of a post as `change` has it. */
export function withQuotes(body: RichText, change: (quote: RichTextNode) => RichTextNode): RichText {
  return { ...body, content: body.content?.map((node) => changed(node, change)) };
}

function changed(node: RichTextNode, change: (quote: RichTextNode) => RichTextNode): RichTextNode {
  const whole = node.content ? { ...node, content: node.content.map((child) => changed(child, change)) } : node;
  return whole.type === "postQuote" ? change(whole) : whole;
}

/** For whoever writes a text with quotes: what it quotes is not erased until that is there to be found. */
export async function holdQuotes(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('core.quotes'))`);
}

/** For whoever erases what may be quoted: waits for all texts with quotes that are being written, and keeps others waiting. One at a time. */
export async function stopQuotes(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('core.quotes'))`);
}

async function readSources(on: Executor, writer: Member, ids: number[]) {
  const rows = await on
    .select({
      postId: posts.id, topicId: posts.topicId, number: posts.number, username: members.username, categoryId: topics.categoryId, place: categories.name, divisionId: categories.divisionId,
      isErased: sql<boolean>`${posts.purgedAt} is not null`, isRemoved: sql<boolean>`num_nonnulls(${posts.removedAt}, ${topics.removedAt}) > 0`,
      isOpen: sql<boolean>`${topics.categoryId} in (${visibleCategoryIds(writer)})`,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(inArray(posts.id, ids));
  return rows.map((row) => ({ ...row, isSeen: row.isOpen && (!row.isRemoved || isModeratorOf(writer, row.divisionId)) }));
}

async function refusePrivate(on: Executor, { locale }: Member, sources: Awaited<ReturnType<typeof readSources>>, categoryId: number): Promise<void> {
  const seen = sources.filter((source) => source.isSeen && source.categoryId !== categoryId);
  const names = new Set<string>();
  for (const { id, name } of new Map(seen.map(({ categoryId: id, place: name }) => [id, { id, name }])).values()) {
    if ((await listWider(on, [categoryId], id)).size > 0) names.add(name);
  }
  if (names.size > 0) throw new InvalidInputError("knowsReaders", "core.quotesPrivate", { places: new Intl.ListFormat(locale).format(names) });
}
