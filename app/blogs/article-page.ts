import { eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { articleTags, blogSeries, type Article } from "#db/schema/blogs.ts";
import { files } from "#db/schema/files.ts";
import { tags } from "#db/schema/forums.ts";
import { coverOf } from "./article-lists.ts";
import { listParts } from "./series.ts";
import { minutesToRead } from "./words.ts";

export type ReadingData = Awaited<ReturnType<typeof readReading>>;

/** What the page of an article shows of an article the viewer has been given: by whom, under which picture, in which series. */
export async function readReading(on: Executor, article: Article) {
  const [[author], [cover], tagged, series] = await Promise.all([
    on.select({ id: members.id, username: members.username, name: members.name, label: members.label, avatarFileId: members.avatarFileId, title: members.title, bio: members.bio }).from(members).where(eq(members.id, article.authorId)),
    article.coverFileId ? on.select({ key: files.storageKey, width: files.width, height: files.height, variants: files.variants }).from(files).where(eq(files.id, article.coverFileId)) : [],
    listArticleTags(on, article.id),
    article.seriesId ? readSeriesOf(on, article.seriesId, article.id) : null,
  ]);
  const { id, slug, title, bodyHtml, excerpt, isOwnExcerpt, state, publishedAt, editedAt, canonicalUrl, publishAt, publishZone, updatedAt, removedReason, wordCount } = article;
  return {
    id, slug, title, bodyHtml, excerpt, isOwnExcerpt, state, publishedAt, editedAt, canonicalUrl, publishAt, publishZone, updatedAt, wordCount,
    removal: article.removedAt && { at: article.removedAt, reason: removedReason },
    minutes: minutesToRead(wordCount),
    author: { ...author!, bio: firstLine(author!.bio) },
    cover: cover ? coverOf({ coverKey: cover.key, coverWidth: cover.width, coverHeight: cover.height, coverVariants: cover.variants, coverAlt: article.coverAlt }) : null,
    tags: tagged,
    series,
  };
}

export function listArticleTags(on: Executor, articleId: number) {
  return on.select({ slug: tags.slug, name: tags.name }).from(articleTags).innerJoin(tags, eq(tags.id, articleTags.tagId)).where(eq(articleTags.articleId, articleId)).orderBy(tags.slug);
}

/** The title of its series, for its form. */
export async function readSeriesTitle(on: Executor, seriesId: number | null): Promise<string> {
  if (seriesId === null) return "";
  const [series] = await on.select({ title: blogSeries.title }).from(blogSeries).where(eq(blogSeries.id, seriesId));
  return series?.title ?? "";
}

async function readSeriesOf(on: Executor, seriesId: number, articleId: number) {
  const [[series], parts] = await Promise.all([on.select({ slug: blogSeries.slug, title: blogSeries.title, description: blogSeries.description }).from(blogSeries).where(eq(blogSeries.id, seriesId)), listParts(on, seriesId)]);
  const at = parts.findIndex(({ id }) => id === articleId);
  return { ...series!, parts, at, before: at > 0 ? parts[at - 1]! : null, after: at >= 0 ? (parts[at + 1] ?? null) : null };
}

function firstLine(bio: string): string {
  const [line = ""] = bio.split("\n");
  return line.length > 180 ? `${line.slice(0, 180).trimEnd()}…` : line;
}
