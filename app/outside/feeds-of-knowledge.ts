import { and, desc, eq, gt, inArray, isNull, sql, type SQL } from "drizzle-orm";
import { accessBlog } from "#app/blogs/blogs.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { articlePath, blogPath, pagePath, wikiPath } from "#app/core/knowledge-paths.ts";
import { translate } from "#app/core/messages.ts";
import { imageAddress } from "#app/ui/rich-text/image-address.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { escaped } from "#app/core/rich-text/escape.ts";
import { accessProfile } from "#app/profiles/profiles.ts";
import { accessWiki } from "#app/wikis/wikis.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articles, articleTags, blogs, blogSeries } from "#db/schema/blogs.ts";
import { files } from "#db/schema/files.ts";
import { tags } from "#db/schema/forums.ts";
import { pageRevisions, pages, type Wiki } from "#db/schema/wikis.ts";
import { ENTRIES, keyOf, laterOf, tagUri, type FeedEntry, type FoundFeed } from "./feed.ts";

/** The newest articles of all blogs. */
export async function feedOfArticles(viewer: Viewer): Promise<FoundFeed> {
  return { key: keyOf("articles"), title: translate(viewer.locale, "outside.newArticles"), description: "", home: "/blogs", path: "/blogs", readEntries: () => articleEntries(viewer) };
}

/** @throws NotFoundError when the viewer may not see the blog */
export async function feedOfBlog(viewer: Viewer, slug: string): Promise<FoundFeed> {
  const blog = await accessBlog(db, viewer, slug);
  const path = blogPath(blog.slug);
  const inBlog = eq(articles.blogId, blog.id);
  return { key: keyOf("blog", blog.id), title: blog.name, description: blog.description, home: path, path, readEntries: () => articleEntries(viewer, inBlog) };
}

/** What one of a blog's authors wrote in it. @throws NotFoundError */
export async function feedOfAuthor(viewer: Viewer, slug: string, username: string): Promise<FoundFeed> {
  const blog = await accessBlog(db, viewer, slug);
  const author = await accessProfile(db, viewer, username);
  const home = `${blogPath(blog.slug)}/by/${author.username.toLowerCase()}`;
  const theirs = and(eq(articles.blogId, blog.id), eq(articles.authorId, author.id));
  return { key: keyOf("blog", blog.id, "author", author.id), title: translate(viewer.locale, "outside.inBlog", { name: author.name, blog: blog.name }), description: "", home, path: `${home}/articles`, readEntries: () => articleEntries(viewer, theirs) };
}

/** Those of a blog's articles that bear a tag. @throws NotFoundError when the viewer sees none */
export async function feedOfBlogTag(viewer: Viewer, slug: string, name: string): Promise<FoundFeed> {
  const blog = await accessBlog(db, viewer, slug);
  const [tag] = await db.select().from(tags).where(eq(tags.slug, name));
  const tagged = tag && and(eq(articles.blogId, blog.id), inArray(articles.id, db.select({ id: articleTags.articleId }).from(articleTags).where(eq(articleTags.tagId, tag.id))));
  const entries = tag ? await articleEntries(viewer, tagged) : [];
  // The name of a tag that nobody may see can tell what is spoken of.
  if (!tag || entries.length === 0) throw new NotFoundError("tag");
  const home = `${blogPath(blog.slug)}/tag/${encodeURIComponent(tag.slug)}`;
  return { key: keyOf("blog", blog.id, "tag", tag.id), title: translate(viewer.locale, "outside.inBlog", { name: `#${tag.name}`, blog: blog.name }), description: tag.description, home, path: `${home}/articles`, readEntries: async () => entries };
}

/** @throws NotFoundError when the viewer sees no article of the series */
export async function feedOfSeries(viewer: Viewer, slug: string, series: string): Promise<FoundFeed> {
  const blog = await accessBlog(db, viewer, slug);
  const [found] = await db.select().from(blogSeries).where(and(eq(blogSeries.blogId, blog.id), eq(blogSeries.slug, series)));
  const entries = found ? await articleEntries(viewer, eq(articles.seriesId, found.id)) : [];
  if (!found || entries.length === 0) throw new NotFoundError("series");
  const path = `${blogPath(blog.slug)}/series/${found.slug}`;
  return { key: keyOf("series", found.id), title: translate(viewer.locale, "outside.inBlog", { name: found.title, blog: blog.name }), description: found.description, home: path, path, readEntries: async () => entries };
}

/** What readers of a wiki were last shown anew. @throws NotFoundError when the viewer may not see it */
export async function feedOfWiki(viewer: Viewer, slug: string): Promise<FoundFeed> {
  const wiki = await accessWiki(db, viewer, slug);
  const path = wikiPath(wiki.slug);
  return { key: keyOf("wiki", wiki.id), title: wiki.name, description: wiki.description, home: path, path, readEntries: () => pageEntries(viewer, wiki) };
}

async function pageEntries(viewer: Viewer, wiki: Pick<Wiki, "id" | "slug">): Promise<FeedEntry[]> {
  const rows = await db
    .select({
      id: pages.id, slug: pages.slug, title: pages.title, html: pages.bodyHtml, revision: pages.publishedRevision, createdAt: pages.createdAt, editedAt: pages.editedAt,
      // A moderator may have hidden the revision for just this word.
      reason: sql<string>`case when ${pageRevisions.removedAt} is null then ${pageRevisions.reason} else '' end`, name: members.name, username: members.username, label: members.label,
    })
    .from(pages)
    .innerJoin(pageRevisions, and(eq(pageRevisions.pageId, pages.id), eq(pageRevisions.revision, pages.publishedRevision)))
    .innerJoin(members, eq(members.id, pageRevisions.editorId))
    .where(and(eq(pages.wikiId, wiki.id), inArray(pages.categoryId, visibleCategoryIds(viewer)), isNull(pages.removedAt), gt(pages.publishedRevision, 0), eq(pages.isTemplate, false)))
    .orderBy(desc(pages.editedAt), desc(pages.id))
    .limit(ENTRIES);
  // Each published state is an entry of its own: what is watched here are changes.
  return rows.map(({ id, slug, title, html, revision, createdAt, editedAt, reason, name, username, label }): FeedEntry => ({
    id: tagUri("page", id, revision), title, href: pagePath({ wiki: wiki.slug, slug, id }), html, summary: reason, tags: [],
    publishedAt: revision === 1 ? createdAt : editedAt, updatedAt: laterOf(createdAt, editedAt), authors: [{ name, username, label }],
  }));
}

/** Published articles, the newest first. One that is at home elsewhere is told of too: whoever follows the blog wants to know. */
async function articleEntries(viewer: Viewer, which?: SQL): Promise<FeedEntry[]> {
  const rows = await db
    .select({
      id: articles.id, slug: articles.slug, blog: blogs.slug, title: articles.title, summary: articles.excerpt, html: articles.bodyHtml, publishedAt: articles.publishedAt, editedAt: articles.editedAt,
      name: members.name, username: members.username, label: members.label, coverKey: files.storageKey, coverWidth: files.width, coverHeight: files.height, coverAlt: articles.coverAlt,
      tags: sql<string[]>`array(select tags.name from article_tags join tags on tags.id = article_tags.tag_id where article_tags.article_id = ${articles.id} order by tags.slug)`,
    })
    .from(articles)
    .innerJoin(blogs, eq(blogs.id, articles.blogId))
    .innerJoin(members, eq(members.id, articles.authorId))
    .leftJoin(files, eq(files.id, articles.coverFileId))
    .where(and(inArray(articles.categoryId, visibleCategoryIds(viewer)), eq(articles.state, "published"), isNull(articles.removedAt), which))
    .orderBy(desc(articles.publishedAt), desc(articles.id))
    .limit(ENTRIES);
  return rows.map(({ id, slug, blog, title, summary, html, publishedAt, editedAt, name, username, label, tags, ...cover }) => ({
    id: tagUri("article", id), title, href: articlePath({ blog, slug, id }), summary, html: coverHtml(cover) + html, tags,
    publishedAt: publishedAt!, updatedAt: laterOf(publishedAt!, editedAt), authors: [{ name, username, label }],
  }));
}

function coverHtml({ coverKey, coverWidth, coverHeight, coverAlt }: { coverKey: string | null; coverWidth: number | null; coverHeight: number | null; coverAlt: string }): string {
  return coverKey ? `<p><img src="${escaped(imageAddress({ key: coverKey, width: coverWidth, height: coverHeight }))}" alt="${escaped(coverAlt)}" /></p>` : "";
}
