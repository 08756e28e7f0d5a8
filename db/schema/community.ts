import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uniqueIndex, type AnyPgColumn } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { createdAt, id, idOf, moment } from "./columns.ts";
import { topicKind } from "./topic-kind.ts";

/** An entry of a division's own menu, beside its categories. */
export type MenuEntry = { label: string; href: string };

/** A sub-community with its own home, colour, menu and tree of categories. */
export const divisions = pgTable("divisions", {
  id: id(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  tagline: text().notNull().default(""),
  description: text().notNull().default(""),
  /** `#rrggbb`: the page derives readable tones for light and dark from it. */
  accent: text().notNull().default("#2f6f5e"),
  logoFileId: idOf(),
  menu: jsonb().$type<MenuEntry[]>().notNull().default([]),
  position: integer().notNull().default(0),
  createdAt: createdAt(),
});

export const roleName = pgEnum("role_name", ["owner", "admin", "moderator", "product_manager", "editor"]);
export type RoleName = (typeof roleName.enumValues)[number];

/** A duty over the whole site (`divisionId` null) or one division. */
export const memberRoles = pgTable(
  "member_roles",
  {
    id: id(),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    role: roleName().notNull(),
    divisionId: idOf().references(() => divisions.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (row) => [
    uniqueIndex("member_roles_once").on(row.memberId, row.role, sql`coalesce(${row.divisionId}, 0)`),
    check("member_roles_site_wide", sql`${row.role} not in ('owner', 'admin') or ${row.divisionId} is null`),
  ],
);

/** Divisions a member joined: they order their home and rail, and give no rights. */
export const divisionMembers = pgTable(
  "division_members",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    divisionId: idOf().notNull().references(() => divisions.id, { onDelete: "cascade" }),
    joinedAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.divisionId] }), index("division_members_by_division").on(row.divisionId)],
);

/**
 * What lies in a category. A blog and a wiki are places with rights like any other, whose topics are the talk about their
 * articles and pages: see topics.articleId and topics.pageId.
 */
export const categoryHolds = pgEnum("category_holds", ["topics", "blog", "wiki"]);
export type CategoryHolds = (typeof categoryHolds.enumValues)[number];

/** A place for content on one subject, such as "Ideas" or "Help". */
export const categories = pgTable(
  "categories",
  {
    id: id(),
    divisionId: idOf().notNull().references(() => divisions.id, { onDelete: "restrict" }),
    holds: categoryHolds().notNull().default("topics"),
    /** Null at the top of a division. */
    parentId: idOf().references((): AnyPgColumn => categories.id, { onDelete: "restrict" }),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(""),
    /** `#rrggbb`; null takes the division's. */
    colour: text(),
    /** A name of the icon sprite. */
    icon: text().notNull().default("message-circle"),
    position: integer().notNull().default(0),
    /** What the composer offers first here. */
    defaultKind: topicKind().notNull().default("discussion"),
    allowedKinds: topicKind().array().notNull().default(["discussion", "question", "idea", "announcement"]),
    /** False: it has rights of its own. True: those of its parent. Tops never inherit. */
    inheritsRights: boolean().notNull().default(true),
    /** Whether the insights module may read what is said here. The category's page says which. */
    readForFeedback: boolean().notNull().default(true),
    topicCount: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (row) => [
    unique("categories_slug_in_division").on(row.divisionId, row.slug),
    index("categories_by_parent").on(row.parentId, row.position),
  ],
);
export type Category = typeof categories.$inferSelect;
export type Division = typeof divisions.$inferSelect;

/** Everyone, members and staff have no rows of membership: see `groupsOf` in app/core/visibility.ts. */
export const groupKind = pgEnum("group_kind", ["everyone", "members", "staff", "custom"]);
export type GroupKind = (typeof groupKind.enumValues)[number];

/** How members come in who are not put in by hand: not at all, by asking, or as they like. */
export const groupJoining = pgEnum("group_joining", ["closed", "request", "open"]);
export type GroupJoining = (typeof groupJoining.enumValues)[number];

export const groups = pgTable(
  "groups",
  {
    id: id(),
    kind: groupKind().notNull().default("custom"),
    name: text().notNull().unique(),
    description: text().notNull().default(""),
    joining: groupJoining().notNull().default("closed"),
    /** Whether members who are not in it know of it. Of others it is not even said that they exist. */
    isListed: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (group) => [check("groups_joinable_is_listed", sql`${group.joining} = 'closed' or ${group.isListed}`), index("groups_listed").on(group.name, group.id).where(sql`is_listed`)],
);

/**
 * "Whoever proved an address at acme.com belongs to this group." Kept by app/community/group-rules.ts, which says of each
 * membership to which rule it is owed.
 */
export const groupRules = pgTable(
  "group_rules",
  {
    id: id(),
    groupId: idOf().notNull().references(() => groups.id, { onDelete: "cascade" }),
    /** Lower case and in ASCII, as mail is addressed: that domain alone, and none below it. */
    domain: text().notNull(),
    createdById: idOf().references(() => members.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    /** Taken back: it brings nobody in, and goes when the last of those it brought is out. */
    endedAt: moment(),
  },
  (rule) => [unique("group_rules_once").on(rule.groupId, rule.domain), index("group_rules_by_domain").on(rule.domain), check("group_rules_domain", sql`${rule.domain} ~ '^[a-z0-9.-]+$'`)],
);

export const groupMembers = pgTable(
  "group_members",
  {
    groupId: idOf().notNull().references(() => groups.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    isOwner: boolean().notNull().default(false),
    /** The rule that brought them, and takes them out again; null for those who were put in, let in or came in by themselves. */
    ruleId: idOf().references(() => groupRules.id, { onDelete: "cascade" }),
    addedAt: createdAt(),
  },
  (row) => [
    primaryKey({ columns: [row.memberId, row.groupId] }),
    index("group_members_by_group").on(row.groupId, row.addedAt.desc().nullsFirst(), row.memberId.desc().nullsFirst()),
    index("group_members_owning").on(row.groupId, row.memberId).where(sql`is_owner`),
    index("group_members_by_rule").on(row.ruleId, row.memberId).where(sql`rule_id is not null`),
    check("group_members_owners_by_hand", sql`not (${row.isOwner} and ${row.ruleId} is not null)`),
  ],
);

export const requestState = pgEnum("request_state", ["open", "approved", "declined", "withdrawn"]);
export type RequestState = (typeof requestState.enumValues)[number];

/** Who asks to be let into a group, and what was answered. */
export const groupRequests = pgTable(
  "group_requests",
  {
    id: id(),
    groupId: idOf().notNull().references(() => groups.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    message: text().notNull().default(""),
    state: requestState().notNull().default("open"),
    decidedById: idOf().references(() => members.id, { onDelete: "set null" }),
    decidedAt: moment(),
    reason: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (row) => [
    uniqueIndex("group_requests_one_open").on(row.groupId, row.memberId).where(sql`state = 'open'`),
    index("group_requests_queue").on(row.groupId, row.id).where(sql`state = 'open'`),
    index("group_requests_by_member").on(row.memberId, row.groupId, row.id.desc().nullsFirst()),
  ],
);

/** Who may not come back into a group by any way until it is lifted. */
export const groupBans = pgTable(
  "group_bans",
  {
    groupId: idOf().notNull().references(() => groups.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    reason: text().notNull().default(""),
    bannedById: idOf().references(() => members.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.groupId, row.memberId] }), index("group_bans_by_member").on(row.memberId), index("group_bans_latest").on(row.groupId, row.createdAt.desc().nullsFirst(), row.memberId.desc().nullsFirst())],
);

/** In rising order: each level includes those before it. Postgres compares them in this order. */
export const rightsLevel = pgEnum("rights_level", ["see", "reply", "create"]);
export type RightsLevel = (typeof rightsLevel.enumValues)[number];

/** What a group may do, as admins set it, in a category that does not inherit. No row: the group does not even see it. */
export const categoryRights = pgTable(
  "category_rights",
  {
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    groupId: idOf().notNull().references(() => groups.id, { onDelete: "cascade" }),
    level: rightsLevel().notNull(),
  },
  (right) => [primaryKey({ columns: [right.categoryId, right.groupId] })],
);

/**
 * The same with inheritance worked out, one row for each category and group: what the rule of visibility reads.
 * Written only by `refreshAccess` (app/community/rights.ts), in the transaction of whatever changed the tree or its rights.
 */
export const categoryAccess = pgTable(
  "category_access",
  {
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    groupId: idOf().notNull().references(() => groups.id, { onDelete: "cascade" }),
    level: rightsLevel().notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.categoryId, row.groupId] }),
    index("category_access_by_group").on(row.groupId, row.categoryId),
  ],
);

/** Site-wide settings that admins change in the browser: name, tagline, brand tokens. */
export const siteSettings = pgTable("site_settings", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: createdAt(),
  updatedById: idOf().references(() => members.id, { onDelete: "set null" }),
});

/** Categories a member follows or mutes. */
export const followLevel = pgEnum("follow_level", ["muted", "normal", "tracking", "watching"]);
export type FollowLevel = (typeof followLevel.enumValues)[number];

export const categoryFollows = pgTable(
  "category_follows",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    level: followLevel().notNull(),
    updatedAt: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.categoryId] }), index("category_follows_by_category").on(row.categoryId, row.level)],
);
