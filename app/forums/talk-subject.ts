import { eq, inArray, or } from "drizzle-orm";
import { articlePath, blogPath, pagePath, wikiPath } from "#app/core/knowledge-paths.ts";
import type { Executor } from "#db/client.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import type { Category } from "#db/schema/community.ts";
import type { Topic } from "#db/schema/forums.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import { commentPath, topicPath } from "./paths.ts";

/** What a topic is the talk about, for whoever may see the topic: they lie in the same category. */
export type SubjectView = { kind: "article" | "page"; title: string; path: string; place: { name: string; path: string } };

type MayBeTalk = Pick<Topic, "articleId" | "pageId">;

/** Null for a topic of its own. */
export async function readSubject(on: Executor, { articleId, pageId }: MayBeTalk): Promise<SubjectView | null> {
  if (articleId !== null) {
    const [row] = await on
      .select({ id: articles.id, slug: articles.slug, title: articles.title, blog: blogs.slug, name: blogs.name })
      .from(articles)
      .innerJoin(blogs, eq(blogs.id, articles.blogId))
      .where(eq(articles.id, articleId));
    return row ? { kind: "article", title: row.title, path: articlePath(row), place: { name: row.name, path: blogPath(row.blog) } } : null;
  }
  if (pageId === null) return null;
  const [row] = await on
    .select({ id: pages.id, slug: pages.slug, title: pages.title, wiki: wikis.slug, name: wikis.name })
    .from(pages)
    .innerJoin(wikis, eq(wikis.id, pages.wikiId))
    .where(eq(pages.id, pageId));
  return row ? { kind: "page", title: row.title, path: pagePath(row), place: { name: row.name, path: wikiPath(row.wiki) } } : null;
}

/** The address of the blog or wiki that lies in a category, or of the wiki of which it is a part; null for a place of topics. */
export async function readKnowledgePath(on: Executor, { id, holds }: Pick<Category, "id" | "holds">): Promise<string | null> {
  if (holds === "topics") return null;
  if (holds === "blog") {
    const [blog] = await on.select({ slug: blogs.slug }).from(blogs).where(eq(blogs.categoryId, id));
    return blog ? blogPath(blog.slug) : null;
  }
  const [wiki] = await on
    .select({ slug: wikis.slug })
    .from(wikis)
    .where(or(eq(wikis.categoryId, id), inArray(wikis.id, on.select({ id: pages.wikiId }).from(pages).where(eq(pages.categoryId, id)))))
    .limit(1);
  return wiki ? wikiPath(wiki.slug) : null;
}

/**
 * Where an act on a post leads back to: a comment is at home under its article or page, other posts in their topic. What
 * the talk is about may be out of sight while its moderators still see the talk: they are led to its topic.
 */
export async function homeOfPost(on: Executor, topic: MayBeTalk & Pick<Topic, "id" | "slug" | "removedAt">, postNumber: number): Promise<string> {
  const subject = postNumber > 1 && topic.removedAt === null ? await readSubject(on, topic) : null;
  return subject ? commentPath(subject.path, postNumber) : `${topicPath(topic, postNumber)}#post-${postNumber}`;
}
