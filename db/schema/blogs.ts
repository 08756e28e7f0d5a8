import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { createdAt, id, idOf, moment } from "./columns.ts";
import { categories } from "./community.ts";
import type { RichText } from "./rich-text.ts";

/** Whose voice a blog is. */
export const blogVoice = pgEnum("blog_voice", ["division", "team", "person"]);
export type BlogVoice = (typeof blogVoice.enumValues)[number];

/** A blog is a category that holds one: see, comment (`reply`) and write (`create`) are the rights of that category. */
export const blogs = pgTable(
  "blogs",
  {
    id: id(),
    categoryId: idOf().notNull().unique().references(() => categories.id, { onDelete: "restrict" }),
    /** Unique on the site, because it is the address: `/b/<slug>`. */
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    voice: blogVoice().notNull().default("division"),
    /** Of a person's blog. */
    ownerId: idOf().references(() => members.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  // What the reference of articles needs: an article lies where its blog lies.
  (row) => [unique("blogs_in_category").on(row.id, row.categoryId)],
);
export type Blog = typeof blogs.$inferSelect;

/** Members who write in a blog whatever their groups may do. They must see it all the same. */
export const blogAuthors = pgTable(
  "blog_authors",
  {
    blogId: idOf().notNull().references(() => blogs.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    addedAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.blogId, row.memberId] }), index("blog_authors_by_member").on(row.memberId)],
);

/** Members who are told of each new article. */
export const blogFollows = pgTable(
  "blog_follows",
  {
    blogId: idOf().notNull().references(() => blogs.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    followedAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.blogId, row.memberId] }), index("blog_follows_by_member").on(row.memberId)],
);

/** Articles that belong together, read in their order. */
export const blogSeries = pgTable(
  "blog_series",
  {
    id: id(),
    blogId: idOf().notNull().references(() => blogs.id, { onDelete: "cascade" }),
    slug: text().notNull(),
    title: text().notNull(),
    description: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (row) => [unique("blog_series_slug").on(row.blogId, row.slug), unique("blog_series_of_blog").on(row.id, row.blogId)],
);

/** Only `published` is shown to readers. `scheduled` becomes that at `publishAt`; `unpublished` was that once. */
export const articleState = pgEnum("article_state", ["draft", "scheduled", "published", "unpublished"]);
export type ArticleState = (typeof articleState.enumValues)[number];

export const articles = pgTable(
  "articles",
  {
    id: id(),
    blogId: idOf().notNull(),
    /** That of its blog, always: the rule of visibility reads it. */
    categoryId: idOf().notNull(),
    authorId: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    state: articleState().notNull().default("draft"),
    title: text().notNull(),
    /** For people reading an address. The id decides; a wrong slug is redirected. */
    slug: text().notNull(),
    body: jsonb().$type<RichText>().notNull(),
    bodyHtml: text().notNull(),
    bodyText: text().notNull(),
    renderVersion: integer().notNull(),
    wordCount: integer().notNull().default(0),
    /** One or two sentences for lists, cards and feeds: the author's own, or else the first words. */
    excerpt: text().notNull().default(""),
    isOwnExcerpt: boolean().notNull().default(false),
    /** A file of `files`; the picture above the article and on its card. */
    coverFileId: idOf(),
    coverAlt: text().notNull().default(""),
    seriesId: idOf(),
    seriesPart: integer(),
    /** Where it was published first, elsewhere; empty for here. */
    canonicalUrl: text().notNull().default(""),
    /** When a scheduled one becomes public, and the zone its author thought in (IANA). */
    publishAt: moment(),
    publishZone: text().notNull().default("UTC"),
    /** Who set that hour: they must still be allowed to when it has come. */
    scheduledById: idOf().references(() => members.id, { onDelete: "set null" }),
    /** When it became public first; kept when it is unpublished, so that feeds do not call it new. */
    publishedAt: moment(),
    /** 1 as first saved, raised with each save: a save that was based on an older one is not let through. */
    revision: integer().notNull().default(1),
    editedAt: moment(),
    /** SHA-256 of the secret in the address of its preview; null when there is none. Gone on publication. */
    previewTokenHash: text().unique(),
    commentsClosedAt: moment(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    removedAt: moment(),
    removedById: idOf().references(() => members.id, { onDelete: "set null" }),
    removedReason: text().notNull().default(""),
  },
  (article) => [
    foreignKey({ name: "articles_in_blog", columns: [article.blogId, article.categoryId], foreignColumns: [blogs.id, blogs.categoryId] }).onUpdate("cascade").onDelete("restrict"),
    foreignKey({ name: "articles_in_series", columns: [article.seriesId, article.blogId], foreignColumns: [blogSeries.id, blogSeries.blogId] }).onDelete("restrict"),
    index("articles_of_blog").on(article.blogId, article.publishedAt.desc().nullsFirst(), article.id.desc().nullsFirst()).where(sql`state = 'published' and removed_at is null`),
    index("articles_newest").on(article.publishedAt.desc().nullsFirst(), article.id.desc().nullsFirst()).where(sql`state = 'published' and removed_at is null`),
    index("articles_by_author").on(article.authorId, article.publishedAt.desc().nullsFirst(), article.id.desc().nullsFirst()).where(sql`state = 'published' and removed_at is null`),
    index("articles_unpublished").on(article.blogId, article.updatedAt.desc().nullsFirst()).where(sql`state <> 'published' and removed_at is null`),
    index("articles_due").on(article.publishAt).where(sql`state = 'scheduled' and removed_at is null`),
    index("articles_of_series").on(article.seriesId, article.seriesPart).where(sql`series_id is not null`),
    index("articles_in_category").on(article.categoryId),
    index("articles_by_render_version").on(article.renderVersion),
    check("articles_title_length", sql`char_length(${article.title}) between 1 and 200`),
    check("articles_published_at", sql`${article.state} <> 'published' or ${article.publishedAt} is not null`),
    check("articles_publish_at", sql`${article.state} <> 'scheduled' or ${article.publishAt} is not null`),
  ],
);
export type Article = typeof articles.$inferSelect;

/** What an article said before each save; what it says now is in `articles`. */
export const articleRevisions = pgTable(
  "article_revisions",
  {
    articleId: idOf().notNull().references(() => articles.id, { onDelete: "cascade" }),
    revision: integer().notNull(),
    title: text().notNull(),
    body: jsonb().$type<RichText>().notNull(),
    bodyText: text().notNull(),
    editorId: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.articleId, row.revision] })],
);

/** The tags of the forums, so that what belongs together is found together. `tagId` refers to `tags`. */
export const articleTags = pgTable(
  "article_tags",
  {
    articleId: idOf().notNull().references(() => articles.id, { onDelete: "cascade" }),
    tagId: idOf().notNull(),
  },
  (row) => [primaryKey({ columns: [row.articleId, row.tagId] }), index("article_tags_by_tag").on(row.tagId, row.articleId)],
);

/** Which articles show a file: whoever sees one of them sees the file. */
export const articleFiles = pgTable(
  "article_files",
  {
    articleId: idOf().notNull().references(() => articles.id, { onDelete: "cascade" }),
    fileId: idOf().notNull(),
  },
  (row) => [primaryKey({ columns: [row.articleId, row.fileId] }), index("article_files_by_file").on(row.fileId)],
);

/** An address a blog had before it was renamed; it is redirected for ever. */
export const blogSlugs = pgTable("blog_slugs", {
  slug: text().primaryKey(),
  blogId: idOf().notNull().references(() => blogs.id, { onDelete: "cascade" }),
});
