import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, type AnyPgColumn } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { createdAt, id, idOf, moment } from "./columns.ts";
import { categories } from "./community.ts";
import type { RichText } from "./rich-text.ts";

/**
 * A tree of pages. Its rights are those of its category: view (`see`), comment (`reply`) and edit (`create`). A part of
 * the tree with rights of its own lies in a category below that.
 */
export const wikis = pgTable("wikis", {
  id: id(),
  categoryId: idOf().notNull().unique().references(() => categories.id, { onDelete: "restrict" }),
  /** Unique on the site, because it is the address: `/w/<slug>`. */
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull().default(""),
  /** Edits wait for a reviewer (staff of the division, or the owner of the page) before readers see them. */
  needsReview: boolean().notNull().default(false),
  createdAt: createdAt(),
});
export type Wiki = typeof wikis.$inferSelect;

/** An address a wiki had before it was renamed; it is redirected for ever. */
export const wikiSlugs = pgTable("wiki_slugs", {
  slug: text().primaryKey(),
  wikiId: idOf().notNull().references(() => wikis.id, { onDelete: "cascade" }),
});

export const pages = pgTable(
  "pages",
  {
    id: id(),
    wikiId: idOf().notNull().references(() => wikis.id, { onDelete: "restrict" }),
    /** Where it lies for the rule of visibility: that of the page above, unless its part of the tree has rights of its own. */
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "restrict" }),
    /** Null at the top of the wiki. */
    parentId: idOf().references((): AnyPgColumn => pages.id, { onDelete: "restrict" }),
    position: integer().notNull().default(0),
    title: text().notNull(),
    /** For people reading an address. The id decides; a wrong slug is redirected. */
    slug: text().notNull(),
    /** What readers see: the published revision. */
    body: jsonb().$type<RichText>().notNull(),
    bodyHtml: text().notNull(),
    bodyText: text().notNull(),
    renderVersion: integer().notNull(),
    /** The number of the latest saved revision. A save based on an older one leads to the merge view. */
    revision: integer().notNull().default(1),
    /** Which revision readers see; 0 while it was never published. A higher `revision` is a draft beside it. */
    publishedRevision: integer().notNull().default(0),
    /** Since when a draft waits for review, and who asked; null when none does. */
    reviewAskedAt: moment(),
    reviewAskedById: idOf().references(() => members.id, { onDelete: "set null" }),
    /** What a reviewer wants changed before the draft can be published; empty when nobody asked for anything. */
    reviewNote: text().notNull().default(""),
    /** A page that others begin from; not part of the tree that readers see. */
    isTemplate: boolean().notNull().default(false),
    /** Who answers for it being true. */
    ownerId: idOf().references(() => members.id, { onDelete: "set null" }),
    /** The last day on which its owner vouches for it. After that it carries a notice and stands in their queue. */
    verifiedUntil: date({ mode: "string" }),
    verifiedById: idOf().references(() => members.id, { onDelete: "set null" }),
    verifiedAt: moment(),
    lastEditorId: idOf().references(() => members.id, { onDelete: "set null" }),
    createdById: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
    /** When what readers see last changed. */
    editedAt: createdAt(),
    removedAt: moment(),
    removedById: idOf().references(() => members.id, { onDelete: "set null" }),
    removedReason: text().notNull().default(""),
  },
  (page) => [
    uniqueIndex("pages_title_in_wiki").on(page.wikiId, sql`lower(${page.title})`).where(sql`removed_at is null`),
    index("pages_by_parent").on(page.wikiId, page.parentId, page.position, page.id),
    index("pages_below").on(page.parentId),
    index("pages_in_category").on(page.categoryId, page.editedAt.desc().nullsFirst(), page.id.desc().nullsFirst()),
    index("pages_recent").on(page.wikiId, page.editedAt.desc().nullsFirst(), page.id.desc().nullsFirst()).where(sql`removed_at is null and published_revision > 0`),
    index("pages_in_review").on(page.wikiId, page.reviewAskedAt).where(sql`review_asked_at is not null and removed_at is null`),
    index("pages_to_verify").on(page.ownerId, page.verifiedUntil).where(sql`verified_until is not null and removed_at is null`),
    index("pages_by_render_version").on(page.renderVersion),
    check("pages_title_length", sql`char_length(${page.title}) between 1 and 200`),
    check("pages_not_own_parent", sql`${page.parentId} <> ${page.id}`),
    check("pages_published_revision", sql`${page.publishedRevision} between 0 and ${page.revision}`),
  ],
);
export type Page = typeof pages.$inferSelect;

/** Every saved state of a page, the latest too. Never changed, but that moderators can hide one. */
export const pageRevisions = pgTable(
  "page_revisions",
  {
    pageId: idOf().notNull().references(() => pages.id, { onDelete: "cascade" }),
    revision: integer().notNull(),
    title: text().notNull(),
    body: jsonb().$type<RichText>().notNull(),
    bodyText: text().notNull(),
    editorId: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    reason: text().notNull().default(""),
    /** A typo, a comma: watchers are not told. */
    isMinor: boolean().notNull().default(false),
    /** The revision its editor began from; 0 for the first. */
    baseRevision: integer().notNull().default(0),
    /** The earlier revision it brings back. */
    revertOf: integer(),
    /** Who let it through, where edits are reviewed. */
    reviewedById: idOf().references(() => members.id, { onDelete: "set null" }),
    removedAt: moment(),
    removedById: idOf().references(() => members.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.pageId, row.revision] }), index("page_revisions_by_editor").on(row.editorId, row.createdAt.desc().nullsFirst())],
);

/** Which pages a published page links to, by id, and which titles it wishes for that no page has. */
export const pageLinks = pgTable(
  "page_links",
  {
    id: id(),
    pageId: idOf().notNull().references(() => pages.id, { onDelete: "cascade" }),
    targetId: idOf().references(() => pages.id, { onDelete: "cascade" }),
    wantedTitle: text(),
  },
  (row) => [
    uniqueIndex("page_links_once").on(row.pageId, row.targetId).where(sql`target_id is not null`),
    uniqueIndex("page_links_wanted_once").on(row.pageId, sql`lower(${row.wantedTitle})`).where(sql`wanted_title is not null`),
    index("page_links_by_target").on(row.targetId),
    index("page_links_wanted").on(sql`lower(${row.wantedTitle})`).where(sql`wanted_title is not null`),
    check("page_links_one_end", sql`num_nonnulls(${row.targetId}, ${row.wantedTitle}) = 1`),
  ],
);

/**
 * What a page was made from: an answer, or a topic as a whole (`postId` null). `topicId` and `postId` refer to the forums.
 * Where the page came in from another community, only words are known: what it was called there, and who said it.
 */
export const pageSources = pgTable(
  "page_sources",
  {
    id: id(),
    pageId: idOf().notNull().references(() => pages.id, { onDelete: "cascade" }),
    topicId: idOf(),
    postId: idOf(),
    title: text(),
    authors: text().array(),
    promotedById: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    promotedAt: createdAt(),
  },
  (row) => [
    index("page_sources_of_page").on(row.pageId),
    index("page_sources_by_topic").on(row.topicId).where(sql`topic_id is not null`),
    check("page_sources_here_or_in_words", sql`num_nonnulls(${row.topicId}, ${row.title}) = 1 and num_nonnulls(${row.title}, ${row.authors}) <> 1 and (${row.postId} is null or ${row.topicId} is not null)`),
  ],
);

/** Members who are told of edits: of one page, or of all below it too. */
export const pageFollows = pgTable(
  "page_follows",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    pageId: idOf().notNull().references(() => pages.id, { onDelete: "cascade" }),
    withSubtree: boolean().notNull().default(false),
    followedAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.pageId] }), index("page_follows_by_page").on(row.pageId)],
);

/** Which pages show a file: whoever sees one of them sees the file. */
export const pageFiles = pgTable(
  "page_files",
  {
    pageId: idOf().notNull().references(() => pages.id, { onDelete: "cascade" }),
    fileId: idOf().notNull(),
  },
  (row) => [primaryKey({ columns: [row.pageId, row.fileId] }), index("page_files_by_file").on(row.fileId)],
);
