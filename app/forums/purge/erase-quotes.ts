import { eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { erasedQuote, withQuotes } from "#app/core/quotes.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { documentToMarkdown, markdownToDocument, plainText } from "#app/core/rich-text.ts";
import { wordsOf } from "#app/core/rich-text/plain-text.ts";
import type { Member } from "#app/core/viewer.ts";
import type { Tx } from "#db/client.ts";
import { articles } from "#db/schema/blogs.ts";
import { posts, topics } from "#db/schema/forums.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pages } from "#db/schema/wikis.ts";
import { EXCERPT_LENGTH } from "../posts.ts";
import { changeTopic, ofPost } from "../lock-topic.ts";
import { writePostLinks } from "../post-links.ts";

/** Which quotes go: those of these posts, where `stays` does not say that their words are still to be read in the post. */
export type QuotesToErase = { postIds: number[]; stays: (words: string) => boolean };

export type ErasedQuotes = { posts: number; versions: number; drafts: number; articles: number; pages: number };

/** A document in which erased quotes say only that they are; null where there are none. */
export function withoutQuotes(body: RichText, { postIds, stays }: QuotesToErase): RichText | null {
  const gone = new Set(postIds);
  let count = 0;
  const without = withQuotes(body, (quote) => {
    if (!gone.has(Number(quote.attrs?.postId)) || stays(wordsOf(quote.content ?? []))) return quote;
    const erased = erasedQuote(quote);
    if (JSON.stringify(erased.content) !== JSON.stringify(quote.content)) count++;
    return erased;
  });
  return count > 0 ? without : null;
}

/**
 * Takes erased words out of whatever quotes them: posts and what they said before, texts not yet posted, articles and
 * pages. For those who hold the lock of quotes: see app/core/quotes.ts.
 */
export async function eraseQuotes(tx: Tx, actor: Member, which: QuotesToErase): Promise<ErasedQuotes> {
  return {
    posts: await eraseInPosts(tx, actor, which),
    versions: await eraseInRows(tx, "post_revisions", which),
    drafts: await eraseInDrafts(tx, which),
    articles: (await eraseInArticles(tx, which)) + (await eraseInRows(tx, "article_revisions", which)),
    pages: (await eraseInPages(tx, which)) + (await eraseInRows(tx, "page_revisions", which)),
  };
}

async function eraseInPosts(tx: Tx, actor: Member, which: QuotesToErase): Promise<number> {
  // Topics first and in the order of their numbers, as every act on a post holds its topic before the post.
  await tx.execute(sql`
    select id from topics where id in (select topic_id from posts join ${quoting("posts", which)} on found.row_id = posts.ctid) order by id for update`);
  const rows = await tx.execute<{ id: string }>(sql`select posts.id from posts join ${quoting("posts", which)} on found.row_id = posts.ctid order by posts.id`);
  let count = 0;
  for (const { id } of rows) {
    const [row] = await tx.select({ post: posts, topic: { id: topics.id, categoryId: topics.categoryId } }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).where(eq(posts.id, Number(id)));
    const { post, topic } = row!;
    const body = withoutQuotes(post.body, which);
    if (!body) continue;
    const rendered = renderedBody(body);
    await tx.update(posts).set(rendered).where(eq(posts.id, post.id));
    await writePostLinks(tx, post.authorId, post.id, body, post.body);
    await changeTopic(tx, topic.id, post.number === 1 ? { excerpt: rendered.bodyText.slice(0, EXCERPT_LENGTH) } : {});
    await record(tx, { type: "post.edited", ...ofPost(topic, post), editorId: actor.id });
    count++;
  }
  return count;
}

async function eraseInRows(tx: Tx, table: "post_revisions" | "article_revisions" | "page_revisions", which: QuotesToErase): Promise<number> {
  const name = sql.identifier(table);
  const rows = await tx.execute<{ at: string; body: RichText }>(sql`select ${name}.ctid as at, ${name}.body from ${name} join ${quoting(table, which)} on found.row_id = ${name}.ctid for update of ${name}`);
  let count = 0;
  for (const { at, body: before } of rows) {
    const body = withoutQuotes(before, which);
    if (!body) continue;
    await tx.execute(sql`update ${name} set body = ${JSON.stringify(body)}::jsonb, body_text = ${plainText(body)} where ctid = ${at}::tid`);
    count++;
  }
  return count;
}

/** A text half typed as Markdown names what it quotes by an address that ends with the post's number. */
async function eraseInDrafts(tx: Tx, which: QuotesToErase): Promise<number> {
  const rows = await tx.execute<{ id: string; body: RichText; markdown: string | null }>(sql`
    select id, body, fields->>'markdown' as markdown from drafts
    where body @? '$.** ? (@.type == "postQuote")' or fields->>'markdown' like '%](/t/-/%' for update`);
  let count = 0;
  for (const { id, body: before, markdown } of rows) {
    const body = withoutQuotes(before, which);
    const typed = markdown === null ? null : withoutQuotes(markdownToDocument(markdown), which);
    if (body) await tx.execute(sql`update drafts set body = ${JSON.stringify(body)}::jsonb, version = version + 1 where id = ${id}::bigint`);
    if (typed) await tx.execute(sql`update drafts set fields = jsonb_set(fields, '{markdown}', to_jsonb(${documentToMarkdown(typed)}::text)), version = version + 1 where id = ${id}::bigint`);
    if (body || typed) count++;
  }
  return count;
}

async function eraseInArticles(tx: Tx, which: QuotesToErase): Promise<number> {
  const rows = await tx.execute<{ id: string; body: RichText }>(sql`select id, body from articles join ${quoting("articles", which)} on found.row_id = articles.ctid for update of articles`);
  const changed = rows.flatMap(({ id, body }) => ofRow(id, withoutQuotes(body, which)));
  for (const { id, body } of changed) await tx.update(articles).set(renderedBody(body)).where(eq(articles.id, id));
  return changed.length;
}

async function eraseInPages(tx: Tx, which: QuotesToErase): Promise<number> {
  const rows = await tx.execute<{ id: string; body: RichText }>(sql`select id, body from pages join ${quoting("pages", which)} on found.row_id = pages.ctid for update of pages`);
  const changed = rows.flatMap(({ id, body }) => ofRow(id, withoutQuotes(body, which)));
  for (const { id, body } of changed) await tx.update(pages).set(renderedBody(body)).where(eq(pages.id, id));
  return changed.length;
}

function ofRow(id: string, body: RichText | null): { id: number; body: RichText }[] {
  return body ? [{ id: Number(id), body }] : [];
}

/** The rows of a table that quote any of the posts, by their place in it: asked of an index post by post where there is one. */
function quoting(table: "posts" | "post_revisions" | "articles" | "article_revisions" | "pages" | "page_revisions", { postIds }: QuotesToErase) {
  return sql`(
    select distinct quoting.ctid as row_id from unnest(${sql.param(postIds)}::bigint[]) gone(id)
    cross join lateral (select ctid from ${sql.identifier(table)} where body @? '$.** ? (@.type == "postQuote")' and quoted_posts(body) @> to_jsonb(gone.id)) quoting) found`;
}
