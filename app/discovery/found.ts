import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { pathInTalk, talkHome } from "#app/core/talk-home.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { ASKING, seeingOf, visibleCategoryIds } from "#app/core/visibility.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { members } from "#db/schema/accounts.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import { documentId, type SearchDocument } from "#search/document.ts";
import type { SearchHit } from "#search/engine.ts";
import { markAll, type MarkedText } from "./marked-text.ts";
import { articlePath, blogPath, pagePath, wikiPath } from "./paths.ts";

/** Something found: a topic by the post that answers best, an article, a page. */
export type Found = {
  /** `post-12` */
  id: string;
  kind: SearchDocument["kind"];
  path: string;
  title: MarkedText;
  excerpt: MarkedText;
  isSolved: boolean;
  /** How many answers a topic has; null for what has none. */
  replyCount: number | null;
  createdAt: Date;
  author: { username: string; name: string; label: typeof members.$inferSelect.label };
  place: { path: string; name: string; division: string };
};
type Read = Omit<Found, "title" | "excerpt"> & { title: string; body: string };

/** More of a text is not looked at for what was found in it. */
const LONGEST = 20_000;

/**
 * What stands behind the hits, in their order, with the words found marked. Asks the rule of visibility again: an engine
 * may be behind, and what is hidden by now must not be shown.
 */
export async function readFound(on: Executor, viewer: Viewer, hits: SearchHit[], words: string): Promise<Found[]> {
  const idsOf = (source: SearchHit["source"]) => hits.filter((hit) => hit.source === source).map(({ sourceId }) => sourceId);
  const read = await Promise.all([readPosts(on, viewer, idsOf("post")), readArticles(on, viewer, idsOf("article")), readPages(on, viewer, idsOf("page"))]);
  const byId = new Map(read.flat().map((one) => [one.id, one]));
  const there = hits.flatMap((hit) => byId.get(documentId(hit)) ?? []);
  const marks = await markAll(there, words);
  return there.map(({ id, kind, path, isSolved, replyCount, createdAt, author, place }, at) => ({ id, kind, path, ...marks[at]!, isSolved, replyCount, createdAt, author, place }));
}

const author = { username: members.username, name: members.name, label: members.label };
const idIn = (column: typeof posts.id | typeof articles.id | typeof pages.id) => sql`${column} = any (${sql.placeholder("ids")}::bigint[])`;

const postRows = prepared(() =>
  db
    .select({
      id: posts.id, number: posts.number, createdAt: posts.createdAt, body: sql<string>`left(${posts.bodyText}, ${sql.raw(String(LONGEST))})`,
      home: talkHome,
      topic: { id: topics.id, slug: topics.slug, title: topics.title, kind: topics.kind, acceptedPostId: topics.acceptedPostId, postCount: topics.postCount },
      author,
      category: { id: categories.id, slug: categories.slug, name: categories.name },
      division: { name: divisions.name },
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(and(idIn(posts.id), isNull(posts.removedAt), isNull(topics.removedAt), isNull(topics.unlistedAt), inArray(topics.categoryId, visibleCategoryIds(ASKING)))),
);

async function readPosts(on: Executor, viewer: Viewer, ids: number[]): Promise<Read[]> {
  if (ids.length === 0) return [];
  return (await postRows(on, { ids, ...seeingOf(viewer) })).map(({ id, number, createdAt, body, home, topic, author, category, division }) => ({
    id: documentId({ source: "post", sourceId: id }), kind: topic.kind, path: pathInTalk(topic, home, number > 1 ? number : null), title: topic.title, body,
    isSolved: topic.acceptedPostId !== null, replyCount: Math.max(0, topic.postCount - 1), createdAt, author,
    place: { path: `/c/${category.slug}/${category.id}`, name: category.name, division: division.name },
  }));
}

const articleRows = prepared(() =>
  db
    .select({
      id: articles.id, slug: articles.slug, title: articles.title, publishedAt: articles.publishedAt, body: sql<string>`left(${articles.bodyText}, ${sql.raw(String(LONGEST))})`,
      author,
      blog: { slug: blogs.slug, name: blogs.name },
      division: { name: divisions.name },
    })
    .from(articles)
    .innerJoin(blogs, eq(blogs.id, articles.blogId))
    .innerJoin(members, eq(members.id, articles.authorId))
    .innerJoin(categories, eq(categories.id, articles.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(and(idIn(articles.id), eq(articles.state, "published"), isNull(articles.removedAt), inArray(articles.categoryId, visibleCategoryIds(ASKING)))),
);

async function readArticles(on: Executor, viewer: Viewer, ids: number[]): Promise<Read[]> {
  if (ids.length === 0) return [];
  return (await articleRows(on, { ids, ...seeingOf(viewer) })).map(({ id, slug, title, publishedAt, body, author, blog, division }) => ({
    id: documentId({ source: "article", sourceId: id }), kind: "article", path: articlePath({ blog: blog.slug, slug, id }), title, body,
    isSolved: false, replyCount: null, createdAt: publishedAt!, author, place: { path: blogPath(blog.slug), name: blog.name, division: division.name },
  }));
}

const pageRows = prepared(() =>
  db
    .select({
      id: pages.id, slug: pages.slug, title: pages.title, editedAt: pages.editedAt, body: sql<string>`left(${pages.bodyText}, ${sql.raw(String(LONGEST))})`,
      author,
      wiki: { slug: wikis.slug, name: wikis.name },
      division: { name: divisions.name },
    })
    .from(pages)
    .innerJoin(wikis, eq(wikis.id, pages.wikiId))
    .innerJoin(members, eq(members.id, pages.createdById))
    .innerJoin(categories, eq(categories.id, pages.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(and(idIn(pages.id), gt(pages.publishedRevision, 0), eq(pages.isTemplate, false), isNull(pages.removedAt), inArray(pages.categoryId, visibleCategoryIds(ASKING)))),
);

async function readPages(on: Executor, viewer: Viewer, ids: number[]): Promise<Read[]> {
  if (ids.length === 0) return [];
  return (await pageRows(on, { ids, ...seeingOf(viewer) })).map(({ id, slug, title, editedAt, body, author, wiki, division }) => ({
    id: documentId({ source: "page", sourceId: id }), kind: "page", path: pagePath({ wiki: wiki.slug, slug, id }), title, body,
    isSolved: false, replyCount: null, createdAt: editedAt, author, place: { path: wikiPath(wiki.slug), name: wiki.name, division: division.name },
  }));
}
