import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uniqueIndex, uuid, type AnyPgColumn } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { articles } from "./blogs.ts";
import { createdAt, id, idOf, moment } from "./columns.ts";
import { categories, followLevel } from "./community.ts";
import type { RichText } from "./rich-text.ts";
import { topicKind } from "./topic-kind.ts";
import { pages } from "./wikis.ts";

/** How far a pinned topic stays on top. */
export const pinScope = pgEnum("pin_scope", ["category", "division", "site"]);
export type PinScope = (typeof pinScope.enumValues)[number];

/** Where an idea stands. */
export const ideaStatus = pgEnum("idea_status", ["open", "under_review", "planned", "shipped", "declined"]);
export type IdeaStatus = (typeof ideaStatus.enumValues)[number];

export const topics = pgTable(
  "topics",
  {
    id: id(),
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "restrict" }),
    authorId: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    kind: topicKind().notNull().default("discussion"),
    title: text().notNull(),
    /**
     * What it is the talk about: the comments of an article, the talk of a page. It lies where that lies, is called as
     * that is called, and is out of sight while that is: db/programs/talk.sql sees to it.
     */
    articleId: idOf().unique().references((): AnyPgColumn => articles.id, { onDelete: "cascade" }),
    pageId: idOf().unique().references((): AnyPgColumn => pages.id, { onDelete: "cascade" }),
    /** Removed because what it is about went out of sight; it comes back with that. */
    isRemovedWithSubject: boolean().notNull().default(false),
    /** For people reading an address. The id decides; a wrong slug is redirected. */
    slug: text().notNull(),
    /** The first words of the opening post, plain, for lists and cards. */
    excerpt: text().notNull().default(""),
    /** The highest post number given out; never lowered, so that a number is never used twice. */
    lastPostNumber: integer().notNull().default(0),
    /** Posts that are not removed, the opening post included. */
    postCount: integer().notNull().default(0),
    lastPostAt: moment().notNull().defaultNow(),
    lastPostAuthorId: idOf().references(() => members.id, { onDelete: "restrict" }),
    /** Up to five who posted: the author first, then the most recent. For the faces in lists. */
    participantIds: idOf().array().notNull().default([]),
    /** Raised by every change that readers of the topic should see; live rooms compare it. */
    version: integer().notNull().default(1),
    acceptedPostId: idOf().references((): AnyPgColumn => posts.id, { onDelete: "set null" }),
    acceptedById: idOf().references(() => members.id, { onDelete: "set null" }),
    acceptedAt: moment(),
    ideaStatus: ideaStatus().notNull().default("open"),
    ideaStatusReason: text().notNull().default(""),
    /** Votes for the topic; `importedVotes` is the share that came with an import and has no member behind it. */
    voteCount: integer().notNull().default(0),
    importedVotes: integer().notNull().default(0),
    /** Reactions on all its posts. */
    reactionCount: integer().notNull().default(0),
    /** Orders "top": kept by the commands that change what it is made of, see app/forums/top-score.ts. */
    topScore: doublePrecision().notNull().default(0),
    pinScope: pinScope(),
    pinnedUntil: moment(),
    /** Shown above every page of its scope until the reader dismisses it. */
    bannerAt: moment(),
    /** When it was closed to new posts; null while it is open. */
    lockedAt: moment(),
    lockedReason: text().notNull().default(""),
    autoCloseAt: moment(),
    /** Reached by its address only, in no list. */
    unlistedAt: moment(),
    archivedAt: moment(),
    removedAt: moment(),
    removedById: idOf().references(() => members.id, { onDelete: "set null" }),
    removedReason: text().notNull().default(""),
    /** When its title and all its posts were erased: nothing brings it back. Who and why is said as of one removed. */
    purgedAt: moment(),
    createdAt: createdAt(),
  },
  (topic) => [
    // Lists read those that are listed only, so the indexes hold no others. Ids break ties, for cursors. `nullsFirst` is
    // how `order by … desc` means it; without it the index is in another order, and every page sorts a whole category.
    index("topics_latest").on(topic.lastPostAt.desc().nullsFirst(), topic.id.desc().nullsFirst()).where(sql`removed_at is null and unlisted_at is null`),
    index("topics_latest_in_category").on(topic.categoryId, topic.lastPostAt.desc().nullsFirst(), topic.id.desc().nullsFirst()).where(sql`removed_at is null and unlisted_at is null`),
    index("topics_newest").on(topic.createdAt.desc().nullsFirst(), topic.id.desc().nullsFirst()).where(sql`removed_at is null and unlisted_at is null`),
    index("topics_newest_in_category").on(topic.categoryId, topic.createdAt.desc().nullsFirst(), topic.id.desc().nullsFirst()).where(sql`removed_at is null and unlisted_at is null`),
    index("topics_top").on(topic.topScore.desc().nullsFirst(), topic.id.desc().nullsFirst()).where(sql`removed_at is null and unlisted_at is null`),
    index("topics_top_in_category").on(topic.categoryId, topic.topScore.desc().nullsFirst(), topic.id.desc().nullsFirst()).where(sql`removed_at is null and unlisted_at is null`),
    index("topics_unanswered_in_category").on(topic.categoryId, topic.createdAt.desc().nullsFirst(), topic.id.desc().nullsFirst()).where(sql`removed_at is null and unlisted_at is null and kind = 'question' and accepted_post_id is null`),
    index("topics_pinned").on(topic.pinScope).where(sql`pin_scope is not null`),
    index("topics_to_close").on(topic.autoCloseAt).where(sql`auto_close_at is not null and locked_at is null`),
    index("topics_by_accepted_post").on(topic.acceptedPostId).where(sql`accepted_post_id is not null`),
    index("topics_by_author").on(topic.authorId, topic.createdAt.desc().nullsFirst()),
    check("topics_one_subject", sql`num_nonnulls(${topic.articleId}, ${topic.pageId}) <= 1`),
    check("topics_title_length", sql`char_length(${topic.title}) between 1 and 200`),
  ],
);
export type Topic = typeof topics.$inferSelect;

export const posts = pgTable(
  "posts",
  {
    id: id(),
    topicId: idOf().notNull().references(() => topics.id, { onDelete: "cascade" }),
    /** The place in the topic: 1 is the opening post. */
    number: integer().notNull(),
    authorId: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    /** The number of the post it answers; null when it answers the topic. */
    replyToNumber: integer(),
    replyCount: integer().notNull().default(0),
    /** What was written: the truth, from which the next three are made. */
    body: jsonb().$type<RichText>().notNull(),
    bodyHtml: text().notNull(),
    bodyText: text().notNull(),
    /** The renderer that made `bodyHtml`; an older one means that it waits to be made again. */
    renderVersion: integer().notNull(),
    /** 1 as first written; each edit that is kept in the history raises it. */
    revision: integer().notNull().default(1),
    editedAt: moment(),
    /** Reactions by kind, kept with `reactions` in one transaction: `{ "like": 3 }`. */
    reactionCounts: jsonb().$type<Record<string, number>>().notNull().default({}),
    /** Approval that came with an import and has no member behind it. */
    importedScore: integer().notNull().default(0),
    /** Posted by staff as a notice about the topic: looks different from talk. */
    isStaffNote: boolean().notNull().default(false),
    createdAt: createdAt(),
    /** Set instead of deleting the row, so that answers to it keep their place. */
    removedAt: moment(),
    removedById: idOf().references(() => members.id, { onDelete: "set null" }),
    removedReason: text().notNull().default(""),
    /** When its words were erased: its number stays, nothing brings it back. Who and why is said as of one removed. */
    purgedAt: moment(),
  },
  (post) => [
    unique("posts_by_topic").on(post.topicId, post.number),
    // With what profiles count by, so that counting someone's posts reads none of them.
    index("posts_by_author").on(post.authorId, post.createdAt.desc().nullsFirst(), post.id.desc().nullsFirst(), post.topicId, post.number).where(sql`removed_at is null`),
    index("posts_by_render_version").on(post.renderVersion),
  ],
);
export type Post = typeof posts.$inferSelect;

/** What a post said before each edit, and at the end what it says now is in `posts`. Number 1 is as first written. */
export const postRevisions = pgTable(
  "post_revisions",
  {
    postId: idOf().notNull().references(() => posts.id, { onDelete: "cascade" }),
    revision: integer().notNull(),
    /** Of the topic, with the opening post. */
    title: text(),
    body: jsonb().$type<RichText>().notNull(),
    bodyText: text().notNull(),
    editorId: idOf().notNull().references(() => members.id, { onDelete: "restrict" }),
    reason: text().notNull().default(""),
    createdAt: createdAt(),
    /** When this version alone was erased, by whom and why; its words are gone, who changed it and when stays. */
    purgedAt: moment(),
    purgedById: idOf().references(() => members.id, { onDelete: "set null" }),
    purgedReason: text().notNull().default(""),
  },
  (row) => [primaryKey({ columns: [row.postId, row.revision] })],
);

export const reactionKind = pgEnum("reaction_kind", ["like", "thanks", "insightful", "celebrate", "same_here", "funny"]);
export type ReactionKind = (typeof reactionKind.enumValues)[number];

export const reactions = pgTable(
  "reactions",
  {
    postId: idOf().notNull().references(() => posts.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    kind: reactionKind().notNull(),
    createdAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.postId, row.memberId, row.kind] }), index("reactions_by_member").on(row.memberId, row.createdAt)],
);

export const topicVotes = pgTable(
  "topic_votes",
  {
    topicId: idOf().notNull().references(() => topics.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.topicId, row.memberId] }), index("topic_votes_by_member").on(row.memberId, row.createdAt)],
);

/** A named set of tags, such as "Product" or "Version". */
export const tagGroups = pgTable("tag_groups", {
  id: id(),
  name: text().notNull().unique(),
  description: text().notNull().default(""),
  /** Whether a topic bears one of its tags at most. */
  isSingle: boolean().notNull().default(false),
  position: integer().notNull().default(0),
  createdAt: createdAt(),
});
export type TagGroup = typeof tagGroups.$inferSelect;

export const tags = pgTable("tags", {
  id: id(),
  /** Lower case, words joined by hyphens; also its address. */
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull().default(""),
  /** The tag that is meant instead: its address redirects there. */
  synonymOfId: idOf().references((): AnyPgColumn => tags.id, { onDelete: "set null" }),
  /** Of synonyms, that of the tag that is meant counts. */
  tagGroupId: idOf().references(() => tagGroups.id, { onDelete: "set null" }),
  createdAt: createdAt(),
}, (tag) => [index("tags_by_group").on(tag.tagGroupId, tag.slug).where(sql`tag_group_id is not null`), index("tags_by_meant").on(tag.synonymOfId).where(sql`synonym_of_id is not null`)]);
export type Tag = typeof tags.$inferSelect;

export const topicTags = pgTable(
  "topic_tags",
  {
    topicId: idOf().notNull().references(() => topics.id, { onDelete: "cascade" }),
    tagId: idOf().notNull().references(() => tags.id, { onDelete: "cascade" }),
  },
  (row) => [primaryKey({ columns: [row.topicId, row.tagId] }), index("topic_tags_by_tag").on(row.tagId, row.topicId)],
);

/**
 * How many listed topics of a category bear a tag: what a viewer may be told is the sum over the categories they see.
 * Kept by the triggers of db/programs/tags.sql, and by nothing else.
 */
export const tagCounts = pgTable(
  "tag_counts",
  {
    tagId: idOf().notNull().references(() => tags.id, { onDelete: "cascade" }),
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    topicCount: integer().notNull().default(0),
  },
  (row) => [primaryKey({ columns: [row.tagId, row.categoryId] })],
);

/** Tags a member follows or mutes. */
export const tagFollows = pgTable(
  "tag_follows",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    tagId: idOf().notNull().references(() => tags.id, { onDelete: "cascade" }),
    level: followLevel().notNull(),
    updatedAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.tagId] }), index("tag_follows_by_tag").on(row.tagId, row.level)],
);

/** How many tags a topic of a category bears at least. A category without a row asks for none. */
export const categoryTagRules = pgTable(
  "category_tag_rules",
  {
    categoryId: idOf().primaryKey().references(() => categories.id, { onDelete: "cascade" }),
    minimum: integer().notNull().default(0),
  },
  (row) => [check("category_tag_rules_minimum", sql`${row.minimum} between 0 and 5`)],
);

/** `required`: at least one tag of the group. Where any group is `allowed`, tags of no other groups are, but required ones. */
export const tagGroupUse = pgEnum("tag_group_use", ["allowed", "required"]);
export type TagGroupUse = (typeof tagGroupUse.enumValues)[number];

export const categoryTagGroups = pgTable(
  "category_tag_groups",
  {
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    tagGroupId: idOf().notNull().references(() => tagGroups.id, { onDelete: "cascade" }),
    use: tagGroupUse().notNull(),
  },
  (row) => [primaryKey({ columns: [row.categoryId, row.tagGroupId] }), index("category_tag_groups_by_group").on(row.tagGroupId)],
);

/** What the form for a new topic begins with, by its kind: "Which version? What did you expect?" */
export const postTemplates = pgTable(
  "post_templates",
  {
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    kind: topicKind().notNull(),
    /** One line of guidance above the text. */
    hint: text().notNull().default(""),
    /** Markdown, to be written on. */
    body: text().notNull().default(""),
  },
  (row) => [primaryKey({ columns: [row.categoryId, row.kind] })],
);

/** How far a member has read a topic, and how closely they follow it. */
export const topicReads = pgTable(
  "topic_reads",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    topicId: idOf().notNull().references(() => topics.id, { onDelete: "cascade" }),
    /** The highest post number that was on their screen; 0 when it was only opened. Never lowered. */
    lastReadNumber: integer().notNull().default(0),
    level: followLevel().notNull().default("normal"),
    lastVisitedAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.topicId] }), index("topic_reads_by_topic").on(row.topicId, row.level)],
);

/** Text not yet posted. Kept until it is posted or thrown away. */
export const drafts = pgTable(
  "drafts",
  {
    id: id(),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    /** What it is for: `topic`, `reply:12` (a topic), `edit:34` (a post). */
    key: text().notNull(),
    title: text().notNull().default(""),
    body: jsonb().$type<RichText>().notNull(),
    /** The rest of the form: category, kind, tags, the post answered. */
    fields: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** The version a browser last saw; saving over a newer one makes a second draft instead. */
    version: integer().notNull().default(1),
    /** True for the copy that lost such a race: offered beside the other, never dropped. */
    isConflict: boolean().notNull().default(false),
    updatedAt: createdAt(),
  },
  (row) => [
    uniqueIndex("drafts_one_current").on(row.memberId, row.key).where(sql`not is_conflict`),
    index("drafts_by_member").on(row.memberId, row.updatedAt.desc().nullsFirst()),
  ],
);

export const postMentions = pgTable(
  "post_mentions",
  {
    postId: idOf().notNull().references(() => posts.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
  },
  (row) => [primaryKey({ columns: [row.postId, row.memberId] }), index("post_mentions_by_member").on(row.memberId)],
);

/** Forms already answered: the same key from the same member gets the same answer. Emptied after a day. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    key: uuid().notNull(),
    /** SHA-256 of what was sent: the same key with other content is refused. */
    requestHash: text().notNull(),
    /** Where the first answer led, such as `/t/slug/12/3`. */
    result: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.key] }), index("idempotency_keys_by_age").on(row.createdAt)],
);
