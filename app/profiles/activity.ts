import { and, desc, eq, getTableName, inArray, isNull, lte, ne, sql, type SQL } from "drizzle-orm";
import { pathInTalk, talkHome } from "#app/core/talk-home.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { badges, memberBadges } from "#db/schema/accounts.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { pageRevisions, pages, wikis } from "#db/schema/wikis.ts";
import { mediaBy } from "./media.ts";

// What a member did, as far as the viewer may see it. Counts are counted with the same rule, never taken from the
// member's row: a number that includes the hidden tells of it.

const PAGE = 20;
/** Counting stops here, so that a page about somebody who wrote a million posts costs no more. */
export const COUNT_LIMIT = 10_000;
const EXCERPT_LENGTH = 280;

/** `before` is the id of the last one shown. */
type From = { before?: number };

/** Topics they started, the newest first. */
export async function listTopicsBy(on: Executor, viewer: Viewer, memberId: number, { before }: From = {}) {
  const rows = await on
    .select({
      id: topics.id, slug: topics.slug, title: topics.title, kind: topics.kind, excerpt: topics.excerpt,
      replyCount: sql<number>`${topics.postCount} - 1`, reactionCount: topics.reactionCount, createdAt: topics.createdAt,
      isSolved: sql<boolean>`${topics.acceptedPostId} is not null`, category: place,
    })
    .from(topics)
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(and(startedBy(memberId), shownTo(viewer), olderThan(topics, before)))
    .orderBy(desc(topics.createdAt), desc(topics.id))
    .limit(PAGE + 1);
  return paged(rows);
}

/** Posts they wrote in topics, opening posts aside, the newest first. */
export async function listPostsBy(on: Executor, viewer: Viewer, memberId: number, { before }: From = {}) {
  return paged(await selectPosts(on, and(wrote(memberId), ne(posts.number, 1), shownTo(viewer), olderThan(posts, before))));
}

/** Answers of theirs that were accepted, the newest first. */
export async function listSolutionsBy(on: Executor, viewer: Viewer, memberId: number, { before }: From = {}) {
  return paged(await selectPosts(on, and(wrote(memberId), eq(topics.acceptedPostId, posts.id), shownTo(viewer), olderThan(posts, before))));
}

/** Articles of theirs that are public, the newest first. */
export async function listArticlesBy(on: Executor, viewer: Viewer, memberId: number, { before }: From = {}) {
  const cursor = before ? sql`(${articles.publishedAt}, ${articles.id}) < (select cursor.published_at, cursor.id from articles cursor where cursor.id = ${before})` : undefined;
  return paged(
    await on
      .select({ id: articles.id, slug: articles.slug, title: articles.title, excerpt: articles.excerpt, createdAt: sql<Date>`${articles.publishedAt}`.mapWith(articles.createdAt), place: { slug: blogs.slug, name: blogs.name, colour: sql<string>`coalesce(${categories.colour}, ${divisions.accent})` } })
      .from(articles)
      .innerJoin(blogs, eq(blogs.id, articles.blogId))
      .innerJoin(categories, eq(categories.id, articles.categoryId))
      .innerJoin(divisions, eq(divisions.id, categories.divisionId))
      .where(and(shownArticlesOf(viewer, memberId), cursor))
      .orderBy(desc(articles.publishedAt), desc(articles.id))
      .limit(PAGE + 1),
  );
}

/** Pages they wrote in, each once with their last edit that readers have seen, the latest first. */
export async function listEditsBy(on: Executor, viewer: Viewer, memberId: number, { before }: From = {}) {
  const edits = shownEditsOf(on, viewer, memberId);
  const cursor = before ? sql`(${edits.editedAt}, ${edits.pageId}) < (select max(told.created_at), ${before}::bigint from page_revisions told join pages seen on seen.id = told.page_id
    where told.page_id = ${before} and told.editor_id = ${memberId} and told.removed_at is null and told.revision <= seen.published_revision)` : undefined;
  return paged(
    await on
      .select({ id: edits.pageId, slug: pages.slug, title: pages.title, excerpt: sql<string>`left(${pages.bodyText}, ${EXCERPT_LENGTH})`, createdAt: edits.editedAt, editCount: edits.editCount, place: { slug: wikis.slug, name: wikis.name, colour: sql<string>`coalesce(${categories.colour}, ${divisions.accent})` } })
      .from(edits)
      .innerJoin(pages, eq(pages.id, edits.pageId))
      .innerJoin(wikis, eq(wikis.id, pages.wikiId))
      .innerJoin(categories, eq(categories.id, pages.categoryId))
      .innerJoin(divisions, eq(divisions.id, categories.divisionId))
      .where(cursor)
      .orderBy(desc(edits.editedAt), desc(edits.pageId))
      .limit(PAGE + 1),
  );
}

function shownArticlesOf(viewer: Viewer, memberId: number) {
  return and(eq(articles.authorId, memberId), eq(articles.state, "published"), isNull(articles.removedAt), inArray(articles.categoryId, visibleCategoryIds(viewer)));
}

/** Neither drafts nor what moderators hid. */
function shownEditsOf(on: Executor, viewer: Viewer, memberId: number) {
  return on
    .select({ pageId: pageRevisions.pageId, editedAt: sql<Date>`max(${pageRevisions.createdAt})`.mapWith(pageRevisions.createdAt).as("last_edit_at"), editCount: sql<number>`count(*)::int`.as("edit_count") })
    .from(pageRevisions)
    .innerJoin(pages, eq(pages.id, pageRevisions.pageId))
    .where(and(eq(pageRevisions.editorId, memberId), isNull(pageRevisions.removedAt), lte(pageRevisions.revision, pages.publishedRevision), isNull(pages.removedAt), eq(pages.isTemplate, false), inArray(pages.categoryId, visibleCategoryIds(viewer))))
    .groupBy(pageRevisions.pageId)
    .as("edits");
}

export async function countActivity(on: Executor, viewer: Viewer, memberId: number) {
  const ofPosts = (also: SQL) =>
    on.select({ one: sql`1` }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).where(and(wrote(memberId), also, shownTo(viewer))).limit(COUNT_LIMIT);
  const ofTopics = on.select({ one: sql`1` }).from(topics).where(and(startedBy(memberId), shownTo(viewer))).limit(COUNT_LIMIT);
  const ofBadges = on.select({ one: sql`1` }).from(memberBadges).innerJoin(badges, eq(badges.id, memberBadges.badgeId)).where(eq(memberBadges.memberId, memberId));
  const ofArticles = on.select({ one: sql`1` }).from(articles).where(shownArticlesOf(viewer, memberId)).limit(COUNT_LIMIT);
  const ofEdits = on.select({ one: sql`1` }).from(shownEditsOf(on, viewer, memberId)).limit(COUNT_LIMIT);
  const [counts] = await on.execute<Record<"topics" | "posts" | "articles" | "edits" | "solutions" | "media" | "badges", number>>(sql`select
    (select count(*)::int from ${ofTopics} t) as topics,
    (select count(*)::int from ${ofPosts(ne(posts.number, 1))} p) as posts,
    (select count(*)::int from ${ofArticles} a) as articles,
    (select count(*)::int from ${ofEdits} e) as edits,
    (select count(*)::int from ${ofPosts(eq(topics.acceptedPostId, posts.id))} s) as solutions,
    (select count(*)::int from (${mediaBy(viewer, memberId, COUNT_LIMIT)}) m) as media,
    (select count(*)::int from ${ofBadges} b) as badges`);
  return { topics: counts!.topics, posts: counts!.posts, articles: counts!.articles, edits: counts!.edits, solutions: counts!.solutions, media: counts!.media, badges: counts!.badges };
}

const place = { id: categories.id, slug: categories.slug, name: categories.name, colour: sql<string>`coalesce(${categories.colour}, ${divisions.accent})` };

/** Comments among them, which are read under their article or page. */
async function selectPosts(on: Executor, where: SQL | undefined) {
  const rows = await on
    .select({
      id: posts.id, number: posts.number, excerpt: sql<string>`left(${posts.bodyText}, ${EXCERPT_LENGTH})`, createdAt: posts.createdAt,
      reactionCounts: posts.reactionCounts, isSolution: sql<boolean>`${topics.acceptedPostId} is not distinct from ${posts.id}`,
      topic: { id: topics.id, slug: topics.slug, title: topics.title }, home: talkHome, category: place,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(where)
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(PAGE + 1);
  return rows.map(({ home, ...post }) => ({ ...post, path: pathInTalk(post.topic, home, post.number) }));
}

/** The talk of an article or a page is opened in the name of who wrote that, but by whoever spoke first. */
function startedBy(memberId: number) {
  return and(eq(topics.authorId, memberId), isNull(topics.articleId), isNull(topics.pageId));
}

function wrote(memberId: number) {
  return and(eq(posts.authorId, memberId), isNull(posts.removedAt));
}

/** Lists show what is listed: no removed topic, not even to moderators, and none that is reached by its address only. */
function shownTo(viewer: Viewer) {
  return and(inArray(topics.categoryId, visibleCategoryIds(viewer)), isNull(topics.removedAt), isNull(topics.unlistedAt));
}

/** The place of the cursor is read from its row: its moment is finer than JavaScript can carry. */
function olderThan(table: typeof topics | typeof posts, before: number | undefined) {
  if (!before) return undefined;
  const name = sql.identifier(getTableName(table));
  return sql`(${table.createdAt}, ${table.id}) < (select cursor.created_at, cursor.id from ${name} cursor where cursor.id = ${before})`;
}

function paged<Row extends { id: number }>(rows: Row[]) {
  const shown = rows.slice(0, PAGE);
  return { items: shown, before: rows.length > PAGE ? shown.at(-1)!.id : null };
}
