import { sql } from "drizzle-orm";
import { index, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { articles } from "./blogs.ts";
import { createdAt, id, idOf, moment } from "./columns.ts";
import { groups } from "./community.ts";
import { posts, topics } from "./forums.ts";
import { pages } from "./wikis.ts";

export const notificationKind = pgEnum("notification_kind", ["mention", "reply", "quote", "post", "reaction", "accepted", "vote", "topic", "staff", "decision", "article", "page", "review", "credit", "group"]);
export type NotificationKind = (typeof notificationKind.enumValues)[number];

/**
 * One line of a member's inbox. Whether they may still see what it is about is asked when it is shown, not when it is made.
 * Unread lines with the same `groupKey` are one: ten likes on a post count up `actorCount`.
 */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    kind: notificationKind().notNull(),
    groupKey: text().notNull(),
    topicId: idOf().references(() => topics.id, { onDelete: "cascade" }),
    postId: idOf().references(() => posts.id, { onDelete: "cascade" }),
    /** Of lines about an article or a page itself; about talk of it, they name the topic. */
    articleId: idOf().references(() => articles.id, { onDelete: "cascade" }),
    pageId: idOf().references(() => pages.id, { onDelete: "cascade" }),
    /** Of lines about a group: who asks to be let in, and what was answered. */
    groupId: idOf().references(() => groups.id, { onDelete: "cascade" }),
    /** The most recent who caused it. */
    actorId: idOf().references(() => members.id, { onDelete: "cascade" }),
    actorIds: idOf().array().notNull().default([]),
    actorCount: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    readAt: moment(),
  },
  (row) => [
    index("notifications_by_member").on(row.memberId, row.updatedAt.desc().nullsFirst(), row.id.desc().nullsFirst()),
    uniqueIndex("notifications_grouped").on(row.memberId, row.groupKey).where(sql`read_at is null`),
    index("notifications_unread").on(row.memberId).where(sql`read_at is null`),
    index("notifications_by_post").on(row.postId),
    index("notifications_by_topic").on(row.topicId),
    index("notifications_by_article").on(row.articleId).where(sql`article_id is not null`),
    index("notifications_by_group").on(row.groupId).where(sql`group_id is not null`),
    index("notifications_by_page").on(row.pageId).where(sql`page_id is not null`),
  ],
);

/** Mail that a member has stopped, by the name of what it tells. What has no row here comes. */
export const mailRefusals = pgTable(
  "mail_refusals",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    /** A name in app/notifications/paths.ts. */
    mail: text().notNull(),
    at: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.mail] })],
);
