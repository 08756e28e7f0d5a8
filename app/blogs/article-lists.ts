import { and, desc, eq, inArray, isNull, ne, sql, type SQL } from "drizzle-orm";
import { isModeratorOf, type Member, type Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { imageAddress, imageCopyAddress } from "#app/ui/rich-text/image-address.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articles, articleTags, blogs, blogSeries } from "#db/schema/blogs.ts";
import { categories } from "#db/schema/community.ts";
import { files, type FileVariant } from "#db/schema/files.ts";
import { tags } from "#db/schema/forums.ts";
import type { AccessedBlog } from "./blogs.ts";
import { minutesToRead } from "./words.ts";

/** An article as lists and cards show it. */
export type ArticleCard = Awaited<ReturnType<typeof listArticles>>["items"][number];

export type ArticleFilter = { blogId?: number; divisionId?: number; seriesId?: number; tag?: string; authorId?: number; /** Not this one. */ exceptId?: number };

/** A picture with its smaller copies, the sizes known, so that nothing moves when it comes. */
export type Cover = { src: string; copies: { src: string; width: number }[]; width: number | null; height: number | null; alt: string };

const cardColumns = {
  id: articles.id, slug: articles.slug, title: articles.title, excerpt: articles.excerpt, publishedAt: articles.publishedAt, wordCount: articles.wordCount,
  coverAlt: articles.coverAlt, coverKey: files.storageKey, coverWidth: files.width, coverHeight: files.height, coverVariants: files.variants,
  author: { id: members.id, username: members.username, name: members.name, label: members.label, avatarFileId: members.avatarFileId },
  blog: { slug: blogs.slug, name: blogs.name },
  series: { slug: blogSeries.slug, title: blogSeries.title },
  part: articles.seriesPart,
  commentCount: sql<number>`coalesce((select greatest(talk.post_count - 1, 0) from topics talk where talk.article_id = ${articles.id} and talk.removed_at is null), 0)::int`,
};

/** Published articles that the viewer sees, the newest first, after the one named by `after` where it is in the list too. */
export async function listArticles(on: Executor, viewer: Viewer, filter: ArticleFilter, { after, limit = 12 }: { after?: number; limit?: number } = {}) {
  const wanted = and(...conditionsOf(viewer, filter));
  const start = after === undefined ? [] : await on.select({ id: articles.id }).from(articles).innerJoin(categories, eq(categories.id, articles.categoryId)).where(and(wanted, eq(articles.id, after)));
  const rows = await on
    .select(cardColumns)
    .from(articles)
    .innerJoin(members, eq(members.id, articles.authorId))
    .innerJoin(blogs, eq(blogs.id, articles.blogId))
    .innerJoin(categories, eq(categories.id, articles.categoryId))
    .leftJoin(blogSeries, eq(blogSeries.id, articles.seriesId))
    .leftJoin(files, eq(files.id, articles.coverFileId))
    .where(and(wanted, start[0] && sql`(${articles.publishedAt}, ${articles.id}) < (select start.published_at, start.id from articles start where start.id = ${start[0].id})`))
    .orderBy(desc(articles.publishedAt), desc(articles.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(asCard);
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
}

/** What is on its way in a blog: drafts, scheduled and taken back, the latest touched first. Its editors see all of it, authors their own. */
export function listUnpublished(on: Executor, blog: Pick<AccessedBlog, "id">, authorId: number | null, { limit = 50 } = {}) {
  return on
    .select(ownColumns)
    .from(articles)
    .innerJoin(blogs, eq(blogs.id, articles.blogId))
    .innerJoin(members, eq(members.id, articles.authorId))
    .where(and(eq(articles.blogId, blog.id), ne(articles.state, "published"), isNull(articles.removedAt), authorId === null ? undefined : eq(articles.authorId, authorId)))
    .orderBy(desc(articles.updatedAt))
    .limit(limit);
}

const ownColumns = {
  id: articles.id, slug: articles.slug, title: articles.title, state: articles.state, publishAt: articles.publishAt, publishZone: articles.publishZone, publishedAt: articles.publishedAt,
  updatedAt: articles.updatedAt, wordCount: articles.wordCount, removedAt: articles.removedAt, blog: { slug: blogs.slug, name: blogs.name }, author: { username: members.username, name: members.name },
};

/** All that a member wrote where they still see it, what is not public first; what a moderator removed is not among it. */
export async function listOwnArticles(on: Executor, member: Member, { after, limit = 30 }: { after?: number; limit?: number } = {}) {
  const rows = await on
    .select({ ...ownColumns, divisionId: categories.divisionId, removedById: articles.removedById })
    .from(articles)
    .innerJoin(blogs, eq(blogs.id, articles.blogId))
    .innerJoin(categories, eq(categories.id, articles.categoryId))
    .innerJoin(members, eq(members.id, articles.authorId))
    .where(and(
      eq(articles.authorId, member.id), inArray(articles.categoryId, visibleCategoryIds(member)),
      after === undefined ? undefined : sql`(${articles.state} = 'published', -${articles.id}) > (select start.state = 'published', -start.id from articles start where start.id = ${after} and start.author_id = ${member.id})`,
    ))
    .orderBy(sql`${articles.state} = 'published'`, desc(articles.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items: items.filter((row) => !row.removedAt || row.removedById === member.id || isModeratorOf(member, row.divisionId)), next: rows.length > limit ? items.at(-1)!.id : null };
}

/** The tags of a blog's published articles, the most used first. */
export function listBlogTags(on: Executor, blogId: number, { limit = 20 } = {}) {
  return on
    .select({ slug: tags.slug, name: tags.name, count: sql<number>`count(*)::int` })
    .from(articleTags)
    .innerJoin(tags, eq(tags.id, articleTags.tagId))
    .innerJoin(articles, eq(articles.id, articleTags.articleId))
    .where(and(eq(articles.blogId, blogId), eq(articles.state, "published"), isNull(articles.removedAt)))
    .groupBy(tags.id)
    .orderBy(sql`count(*) desc`, tags.slug)
    .limit(limit);
}

/** Who has published in a blog, whoever wrote most first. */
export function listWriters(on: Executor, blogId: number, { limit = 20 } = {}) {
  return on
    .select({ id: members.id, username: members.username, name: members.name, avatarFileId: members.avatarFileId, label: members.label, count: sql<number>`count(*)::int` })
    .from(articles)
    .innerJoin(members, eq(members.id, articles.authorId))
    .where(and(eq(articles.blogId, blogId), eq(articles.state, "published"), isNull(articles.removedAt)))
    .groupBy(members.id)
    .orderBy(sql`count(*) desc`, members.username)
    .limit(limit);
}

type CoverColumns = { coverKey: string | null; coverWidth: number | null; coverHeight: number | null; coverVariants: FileVariant[] | null; coverAlt: string };

/** The picture of an article, where its files can be had. A preview has them at an address of its own. */
export function coverOf({ coverKey: key, coverWidth: width, coverHeight: height, coverVariants, coverAlt: alt }: CoverColumns): Cover | null {
  if (!key) return null;
  return { src: imageAddress({ key, width, height }), copies: (coverVariants ?? []).map((copy) => ({ src: imageCopyAddress(key, copy.width), width: copy.width })), width, height, alt };
}

function conditionsOf(viewer: Viewer, { blogId, divisionId, seriesId, tag, authorId, exceptId }: ArticleFilter): (SQL | undefined)[] {
  return [
    eq(articles.state, "published"),
    isNull(articles.removedAt),
    inArray(articles.categoryId, visibleCategoryIds(viewer)),
    blogId === undefined ? undefined : eq(articles.blogId, blogId),
    divisionId === undefined ? undefined : eq(categories.divisionId, divisionId),
    seriesId === undefined ? undefined : eq(articles.seriesId, seriesId),
    authorId === undefined ? undefined : eq(articles.authorId, authorId),
    exceptId === undefined ? undefined : ne(articles.id, exceptId),
    tag === undefined ? undefined : sql`exists (select from article_tags tagged join tags on tags.id = tagged.tag_id where tagged.article_id = ${articles.id} and tags.slug = ${tag})`,
  ];
}

function asCard<Row extends CoverColumns & { wordCount: number; publishedAt: Date | null; series: { slug: string; title: string } | null }>({ coverKey, coverWidth, coverHeight, coverVariants, coverAlt, wordCount, publishedAt, ...row }: Row) {
  return { ...row, publishedAt: publishedAt!, minutes: minutesToRead(wordCount), cover: coverOf({ coverKey, coverWidth, coverHeight, coverVariants, coverAlt }) };
}
