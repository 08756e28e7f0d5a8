import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Draft } from "#app/core/drafts.ts";
import { articlePath, blogPath, pagePath, promotePath, wikiPath } from "#app/core/knowledge-paths.ts";
import type { Member } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { pages, wikis } from "#db/schema/wikis.ts";

export type KnowledgePlace = { title: string; href: string };

/** Where drafts of comments, articles and pages were begun, by their keys; those that their member may not see any more are left out. */
export async function readKnowledgePlaces(on: Executor, member: Member, drafts: Draft[]): Promise<Map<string, KnowledgePlace>> {
  const idsOf = (...kinds: string[]) => drafts.flatMap(({ key }) => (kinds.includes(key.split(":")[0]!) ? [Number(key.split(":")[1])] : []));
  const seen = visibleCategoryIds(member);
  const articleIds = idsOf("article-talk", "article-edit");
  const pageIds = idsOf("page-talk", "page-edit");
  const [ofArticles, ofPages, ofBlogs, ofWikis, ofPosts] = await Promise.all([
    articleIds.length === 0 ? [] : on
      .select({ id: articles.id, slug: articles.slug, title: articles.title, blog: blogs.slug })
      .from(articles)
      .innerJoin(blogs, eq(blogs.id, articles.blogId))
      .where(and(inArray(articles.id, articleIds), or(eq(articles.state, "published"), eq(articles.authorId, member.id)), isNull(articles.removedAt), inArray(articles.categoryId, seen))),
    pageIds.length === 0 ? [] : on
      .select({ id: pages.id, slug: pages.slug, title: pages.title, wiki: wikis.slug })
      .from(pages)
      .innerJoin(wikis, eq(wikis.id, pages.wikiId))
      .where(and(inArray(pages.id, pageIds), or(gt(pages.publishedRevision, 0), eq(pages.createdById, member.id)), isNull(pages.removedAt), inArray(pages.categoryId, seen))),
    ofIds(idsOf("article-new"), (ids) => on.select({ id: blogs.id, slug: blogs.slug, name: blogs.name }).from(blogs).where(and(inArray(blogs.id, ids), inArray(blogs.categoryId, seen)))),
    ofIds(idsOf("page-new"), (ids) => on.select({ id: wikis.id, slug: wikis.slug, name: wikis.name }).from(wikis).where(and(inArray(wikis.id, ids), inArray(wikis.categoryId, seen)))),
    ofIds(idsOf("page-of"), (ids) =>
      on
        .select({ id: posts.id, number: posts.number, topic: { id: topics.id, slug: topics.slug, title: topics.title } })
        .from(posts)
        .innerJoin(topics, eq(topics.id, posts.topicId))
        .where(and(inArray(posts.id, ids), isNull(posts.removedAt), isNull(topics.removedAt), inArray(topics.categoryId, seen)))),
  ]);
  return new Map([
    ...ofArticles.flatMap((article) => [
      [`article-talk:${article.id}`, { title: article.title, href: articlePath(article) }] as const,
      [`article-edit:${article.id}`, { title: article.title, href: `${articlePath(article)}/edit` }] as const,
    ]),
    ...ofPages.flatMap((page) => [
      [`page-talk:${page.id}`, { title: page.title, href: pagePath(page) }] as const,
      [`page-edit:${page.id}`, { title: page.title, href: `${pagePath(page)}/edit` }] as const,
    ]),
    ...ofBlogs.map((blog) => [`article-new:${blog.id}`, { title: "", href: `${blogPath(blog.slug)}/new` }] as const),
    ...ofPosts.map(({ id, number, topic }) => [`page-of:${id}`, { title: topic.title, href: promotePath(topic, number) }] as const),
    ...ofWikis.map((wiki) => [`page-new:${wiki.id}`, { title: "", href: `${wikiPath(wiki.slug)}/new` }] as const),
  ]);
}

async function ofIds<Row>(ids: number[], read: (ids: number[]) => PromiseLike<Row[]>): Promise<Row[]> {
  return ids.length === 0 ? [] : read(ids);
}
