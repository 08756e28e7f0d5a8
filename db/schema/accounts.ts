import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, idOf, moment } from "./columns.ts";

/** Who is speaking, shown wherever they speak. Set by admins, never by the member. */
export const speakerLabel = pgEnum("speaker_label", ["employee", "partner", "champion"]);
export type SpeakerLabel = (typeof speakerLabel.enumValues)[number];

/** How the pages look to a member; `system` follows their device. */
export const colourScheme = pgEnum("colour_scheme", ["system", "light", "dark"]);

export const members = pgTable(
  "members",
  {
    id: id(),
    /** Unique whatever its capitals: nobody can be @Ada beside @ada. */
    username: text().notNull(),
    /** The username folded so that look-alikes are equal (UTS 39 skeleton). */
    usernameSkeleton: text().notNull(),
    name: text().notNull(),
    /** Always a proven one. Null for members who came with an import, or have not opened the link we mailed. */
    email: text(),
    emailVerifiedAt: moment(),
    /**
     * An address they gave and have not yet proven to be theirs. It becomes `email` by the mailed link and not before,
     * so that nobody holds another's address, and whether one is known here cannot be found out by trying.
     */
    pendingEmail: text(),
    /** Argon2id in PHC form; null for members who cannot sign in by password. */
    passwordHash: text(),
    label: speakerLabel(),
    /** A short line under the name: "Product manager, Bikes". */
    title: text().notNull().default(""),
    bio: text().notNull().default(""),
    location: text().notNull().default(""),
    website: text().notNull().default(""),
    /** Other addresses of theirs, in the order they gave. */
    links: text().array().notNull().default(sql`'{}'`),
    /** The file id of the picture; null shows initials. No foreign key: files belong to members. */
    avatarFileId: idOf(),
    /** The wide picture above the profile, in the same way; null shows none. */
    coverFileId: idOf(),
    locale: text().notNull().default("en"),
    timeZone: text().notNull().default("UTC"),
    colourScheme: colourScheme().notNull().default("system"),
    /** Lists in pages instead of "load more". */
    prefersPages: boolean().notNull().default(false),
    hidesPresence: boolean().notNull().default(false),
    suspendedUntil: moment(),
    suspendedReason: text(),
    /** Kept in the same transaction as the posts they count; removed ones are not counted. */
    topicCount: integer().notNull().default(0),
    postCount: integer().notNull().default(0),
    /** Answers of theirs that were accepted. */
    solutionCount: integer().notNull().default(0),
    lastSeenAt: moment(),
    createdAt: createdAt(),
  },
  (member) => [
    uniqueIndex("members_username").on(sql`lower(${member.username})`),
    uniqueIndex("members_username_skeleton").on(member.usernameSkeleton),
    uniqueIndex("members_email").on(sql`lower(${member.email})`),
    // An address has one @ only: app/core/email-address.ts takes no other.
    index("members_by_domain").on(sql`lower(split_part(${member.email}, '@', 2))`, member.id).where(sql`email_verified_at is not null`),
    check("members_username_letters", sql`${member.username} ~ '^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,28}[A-Za-z0-9_])$'`),
    check("members_name_length", sql`char_length(${member.name}) between 1 and 60`),
    check("members_bio_length", sql`char_length(${member.bio}) <= 3000`),
  ],
);
export type MemberRow = typeof members.$inferSelect;

export const sessions = pgTable(
  "sessions",
  {
    /** SHA-256 of the token in the cookie, in hex. The token itself is stored nowhere. */
    id: text().primaryKey(),
    userId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    expiresAt: moment().notNull(),
    createdAt: createdAt(),
    lastSeenAt: createdAt(),
    ip: text().notNull().default(""),
    userAgent: text().notNull().default(""),
  },
  (row) => [index("sessions_by_member").on(row.userId)],
);

export const emailTokenKind = pgEnum("email_token_kind", ["verify", "reset", "change_email", "claim_ownership"]);

/** A one-time link that was mailed, or printed to the log for the first owner. */
export const emailTokens = pgTable(
  "email_tokens",
  {
    /** SHA-256 of the token, in hex. */
    hash: text().primaryKey(),
    kind: emailTokenKind().notNull(),
    /** Null only for the link that makes the first owner. */
    memberId: idOf().references(() => members.id, { onDelete: "cascade" }),
    /** The address it was sent to: what is verified is this one, whatever the member's is by then. */
    email: text(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    createdAt: createdAt(),
  },
  (row) => [index("email_tokens_by_member").on(row.memberId, row.kind)],
);

/** A question on the profile that admins add, such as "Your bike". */
export const profileFields = pgTable("profile_fields", {
  id: id(),
  name: text().notNull().unique(),
  hint: text().notNull().default(""),
  /** Staff-only answers appear in no page, feed, export or index that others get. */
  staffOnly: boolean().notNull().default(false),
  position: integer().notNull().default(0),
});

export const profileAnswers = pgTable(
  "profile_answers",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    fieldId: idOf().notNull().references(() => profileFields.id, { onDelete: "cascade" }),
    value: text().notNull(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.fieldId] })],
);

export const badgeTier = pgEnum("badge_tier", ["bronze", "silver", "gold"]);

export const badges = pgTable("badges", {
  id: id(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull().default(""),
  tier: badgeTier().notNull().default("bronze"),
});

export const memberBadges = pgTable(
  "member_badges",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    badgeId: idOf().notNull().references(() => badges.id, { onDelete: "cascade" }),
    earnedCount: integer().notNull().default(1),
    earnedAt: moment().notNull(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.badgeId] }), index("member_badges_by_badge").on(row.badgeId, row.earnedAt)],
);

/** What a member did or was refused that staff must be able to look up later. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    at: createdAt(),
    /** Null for the system itself. Not a foreign key: the entry outlives the account. */
    actorId: idOf(),
    action: text().notNull(),
    target: text().notNull().default(""),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (row) => [index("audit_log_by_actor").on(row.actorId, row.at), index("audit_log_by_time").on(row.at)],
);
