import { sql } from "drizzle-orm";
import { bigint, boolean, check, date, doublePrecision, index, integer, jsonb, pgEnum, pgTable, primaryKey, real, smallint, text, uniqueIndex, type AnyPgColumn } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { bytea, createdAt, id, idOf, moment } from "./columns.ts";
import { categories, divisions } from "./community.ts";
import { posts, topics } from "./forums.ts";

// What was said, mined into evidence. No table here holds words of members: a quote is a post, a version and two offsets,
// and is cut out of the post when it is shown, under the rights of whoever looks. What is edited, removed or erased there
// is gone here.

/** The same lists as in app/insights/mining/kinds.ts; a test holds them together. */
export const statementIntent = pgEnum("statement_intent", ["churn", "bug", "feature", "competitor", "purchase", "docs_gap", "complaint", "praise", "question", "other"]);
export const statementSentiment = pgEnum("statement_sentiment", ["neg", "neu", "pos"]);
export const statementUrgency = pgEnum("statement_urgency", ["low", "normal", "high"]);
export const statementBand = pgEnum("statement_band", ["auto", "review", "ignore", "not_understood"]);
/** Where in the post it stands: an opening post has its topic's title, too. */
export const statementPart = pgEnum("statement_part", ["title", "body"]);
/** Why a statement is no evidence: said by the company itself, or not there to be seen. */
export const statementExclusion = pgEnum("statement_exclusion", ["employee", "removed"]);
/** What people may set right about a statement. */
export const labelKind = pgEnum("label_kind", ["intent", "sentiment", "urgency", "area", "theme"]);
export type LabelKind = (typeof labelKind.enumValues)[number];
export const placedBy = pgEnum("placed_by", ["auto", "human"]);

export const lifecycleStage = pgEnum("lifecycle_stage", ["planned", "beta", "active", "legacy", "retired"]);

/** A part of the product in the words of the company: "Gateway" under "Store", also called "the grey box". */
export const productAreas = pgTable(
  "product_areas",
  {
    id: id(),
    parentId: idOf().references((): AnyPgColumn => productAreas.id, { onDelete: "restrict" }),
    /** Null: in every division. */
    divisionId: idOf().references(() => divisions.id, { onDelete: "set null" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    /** What members call it. The name itself always counts. */
    synonyms: text().array().notNull().default([]),
    versions: text().array().notNull().default([]),
    stage: lifecycleStage().notNull().default("active"),
    position: integer().notNull().default(0),
    archivedAt: moment(),
    createdAt: createdAt(),
  },
  (area) => [
    uniqueIndex("product_areas_name").on(sql`lower(${area.name})`).where(sql`archived_at is null`),
    check("product_areas_name_length", sql`char_length(${area.name}) between 1 and 80`),
  ],
);
export type ProductArea = typeof productAreas.$inferSelect;

export const themeState = pgEnum("theme_state", ["new", "triaged", "accepted", "planned", "shipped", "declined"]);
export type ThemeState = (typeof themeState.enumValues)[number];

/** What a theme's place in the ranking is made of, as shown line by line: app/insights/score.ts. */
export type ScoreFactors = {
  people: number; accounts: number; value: number; severity: number; freshness: number; velocity: number;
  /** What went in: for the lines that explain it. */
  recent: number; baseline: number; negative: number; urgent: number; ageDays: number; halfLifeDays: number;
};

/** Statements that ask for, report or praise the same thing. Numbers are kept by app/insights/refresh-themes.ts. */
export const themes = pgTable(
  "themes",
  {
    id: id(),
    /** The theme it is now part of, always one that is part of none. Its own statements, followers and log stay with it, so that parting them loses nothing. */
    mergedIntoId: idOf().references((): AnyPgColumn => themes.id, { onDelete: "set null" }),
    /** As a person named it. Null: it is called by the words of `titleStatementId`. */
    title: text(),
    titleStatementId: idOf().references((): AnyPgColumn => statements.id, { onDelete: "set null" }),
    /** The name is the title of the topic in which that statement stands. */
    titleOfTopic: boolean().notNull().default(false),
    intent: statementIntent().notNull(),
    areaId: idOf().references(() => productAreas.id, { onDelete: "set null" }),
    divisionId: idOf().references(() => divisions.id, { onDelete: "set null" }),
    state: themeState().notNull().default("new"),
    stateChangedAt: createdAt(),
    reason: text().notNull().default(""),
    ownerId: idOf().references(() => members.id, { onDelete: "set null" }),
    dueOn: date({ mode: "string" }),
    trackerUrl: text(),
    /** Null: proposed by the machine. */
    createdById: idOf().references(() => members.id, { onDelete: "set null" }),
    statementCount: integer().notNull().default(0),
    topicCount: integer().notNull().default(0),
    /** Distinct members who said it, or voted for a topic whose title says it. */
    peopleCount: integer().notNull().default(0),
    accountCount: integer().notNull().default(0),
    /** Worth of the distinct accounts behind it, a year. */
    accountValue: doublePrecision().notNull().default(0),
    negativeCount: integer().notNull().default(0),
    urgentCount: integer().notNull().default(0),
    firstAt: moment(),
    lastAt: moment(),
    score: doublePrecision().notNull().default(0),
    factors: jsonb().$type<ScoreFactors>(),
    /** The day the score was worked out for: freshness and speed change by the day. */
    scoredOn: date({ mode: "string" }),
    createdAt: createdAt(),
  },
  (theme) => [
    index("themes_by_score").on(theme.score.desc().nullsFirst(), theme.id.desc().nullsFirst()).where(sql`merged_into_id is null`),
    index("themes_by_state").on(theme.state, theme.score.desc().nullsFirst(), theme.id.desc().nullsFirst()).where(sql`merged_into_id is null`),
    index("themes_by_last").on(theme.lastAt.desc().nullsFirst(), theme.id.desc().nullsFirst()).where(sql`merged_into_id is null`),
    index("themes_by_age").on(theme.createdAt.desc().nullsFirst(), theme.id.desc().nullsFirst()).where(sql`merged_into_id is null`),
    index("themes_merged").on(theme.mergedIntoId).where(sql`merged_into_id is not null`),
    index("themes_by_owner").on(theme.ownerId, theme.state).where(sql`owner_id is not null`),
    index("themes_by_title_statement").on(theme.titleStatementId).where(sql`title_statement_id is not null`),
    check("themes_declined_says_why", sql`${theme.state} <> 'declined' or ${theme.reason} <> ''`),
    check("themes_not_merged_into_itself", sql`${theme.mergedIntoId} <> ${theme.id}`),
    check("themes_title_length", sql`char_length(${theme.title}) between 1 and 160`),
  ],
);
export type Theme = typeof themes.$inferSelect;

/** Of a cluster: whether it is new, or has become a quarter larger since it was last compared. */
export const hasGrown = sql`not is_forgotten and size > compared_size * 5 / 4`;

/** What the engine of themes remembers: its clusters, which come together in groups. A group is not a theme until a second voice is in it. */
export const themeClusters = pgTable(
  "theme_clusters",
  {
    /** Given by the engine, in the order of opening. */
    id: idOf().primaryKey(),
    /** What the engine itself calls a theme. */
    groupId: idOf().notNull(),
    themeId: idOf().references(() => themes.id, { onDelete: "set null" }),
    size: integer().notNull(),
    /** Left the engine's memory: one old statement that nobody joined. */
    isForgotten: boolean().notNull().default(false),
    /** How large it was when it was last compared by its meaning with what is said elsewhere: app/insights/join-by-meaning.ts. */
    comparedSize: integer().notNull().default(0),
    state: jsonb().$type<ClusterState>().notNull(),
  },
  (row) => [index("theme_clusters_by_theme").on(row.themeId), index("theme_clusters_by_group").on(row.groupId), index("theme_clusters_to_compare").on(row.id).where(hasGrown)],
);
export type ClusterState = { sum: number[]; words: [word: string, count: number][]; firstAt: number; lastAt: number };

/** One sentence or passage of a post that says one thing. */
export const statements = pgTable(
  "statements",
  {
    id: id(),
    postId: idOf().notNull().references(() => posts.id, { onDelete: "cascade" }),
    topicId: idOf().notNull().references(() => topics.id, { onDelete: "cascade" }),
    /** Of the topic: who may read the words is asked of it. Follows when the topic moves. */
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    authorId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    part: statementPart().notNull().default("body"),
    /** Of the title or the post's `body_text`, in UTF-16 units: `text.slice(start, end)` is the quote. */
    start: integer().notNull(),
    end: integer().notNull(),
    /** The version of the post that was read, and a hash of the text it was cut from. */
    revision: integer().notNull(),
    textHash: text().notNull(),
    /** A hash of the quote itself: by it a statement is known again when the rest of its post was edited. */
    quoteHash: text().notNull(),
    language: text().notNull(),
    intent: statementIntent().notNull(),
    confidence: real().notNull(),
    sentiment: statementSentiment().notNull(),
    urgency: statementUrgency().notNull(),
    band: statementBand().notNull(),
    /** What a look at it is worth: how likely it is of use, times how unsure the machine is. */
    reviewWorth: real().notNull().default(0),
    areaId: idOf().references(() => productAreas.id, { onDelete: "set null" }),
    /** Fields that a person has set: no machine writes over them. */
    corrected: labelKind().array().notNull().default([]),
    modelVersion: text().notNull(),
    excluded: statementExclusion(),
    clusterId: idOf(),
    themeId: idOf().references(() => themes.id, { onDelete: "set null" }),
    similarity: real(),
    placedBy: placedBy().notNull().default("auto"),
    /** From 0 (nice to have) to 3 (cannot do without), as captured by hand. */
    importance: smallint(),
    capturedById: idOf().references(() => members.id, { onDelete: "set null" }),
    /** When a person last said what it is, or that the machine was right. */
    reviewedAt: moment(),
    /** When the post was written. */
    createdAt: moment().notNull(),
  },
  (row) => [
    uniqueIndex("statements_by_place").on(row.postId, row.part, row.start, row.end),
    index("statements_by_topic").on(row.topicId),
    index("statements_by_author").on(row.authorId),
    index("statements_by_category").on(row.categoryId),
    index("statements_by_theme").on(row.themeId, row.createdAt.desc().nullsFirst(), row.id.desc().nullsFirst()).where(sql`theme_id is not null`),
    index("statements_by_cluster").on(row.clusterId).where(sql`cluster_id is not null`),
    index("statements_to_review").on(row.reviewWorth.desc().nullsFirst(), row.id.desc().nullsFirst()).where(sql`band = 'review' and reviewed_at is null and excluded is null and intent <> 'other'`),
    index("statements_by_intent").on(row.intent, row.createdAt.desc().nullsFirst(), row.id.desc().nullsFirst()).where(sql`excluded is null`),
    index("statements_by_time").on(row.createdAt.desc().nullsFirst(), row.id.desc().nullsFirst()).where(sql`excluded is null`),
    index("statements_by_area").on(row.areaId, row.createdAt.desc().nullsFirst()).where(sql`area_id is not null`),
    check("statements_offsets", sql`${row.start} >= 0 and ${row.end} > ${row.start}`),
    check("statements_importance", sql`${row.importance} between 0 and 3`),
  ],
);
export type StatementRow = typeof statements.$inferSelect;

/**
 * What the encoder makes of all that a theme's statements say, as one direction: by it themes that say the same in other
 * words find each other. Holds no words, and is made anew as the theme grows: app/insights/theme-meanings.ts.
 */
export const themeMeanings = pgTable("theme_meanings", {
  themeId: idOf().primaryKey().references(() => themes.id, { onDelete: "cascade" }),
  /** Numbers of four bytes, little end first. */
  direction: bytea().notNull(),
  /** How many statements the theme had when it was made. */
  statementCount: integer().notNull(),
  /** What made it: directions of two encoders have nothing to do with each other. */
  encoder: text().notNull(),
});

/** Which state of each post has been read: the same again changes nothing. */
export const minedPosts = pgTable(
  "mined_posts",
  {
    postId: idOf().primaryKey().references(() => posts.id, { onDelete: "cascade" }),
    /** Of everything that the reading depends on: text, title, place, author's standing, model and glossary. */
    fingerprint: text().notNull(),
    modelVersion: text().notNull(),
    minedAt: createdAt(),
  },
  (row) => [index("mined_posts_by_model").on(row.modelVersion, row.postId)],
);

/** Posts that were written, edited, removed or brought back and wait to be read: together, because reading many costs little more than reading one. */
export const postsToMine = pgTable("posts_to_mine", {
  postId: idOf().primaryKey().references(() => posts.id, { onDelete: "cascade" }),
});

/** A read over all that there is, from the first post to the last. Goes on where it stopped. */
export const miningRuns = pgTable(
  "mining_runs",
  {
    id: id(),
    modelVersion: text().notNull(),
    reason: text().notNull(),
    /** The last post that is done. */
    cursor: idOf().notNull().default(0),
    /** The last there was when it began; newer ones are read as they come. */
    until: idOf().notNull(),
    postCount: integer().notNull().default(0),
    statementCount: integer().notNull().default(0),
    startedById: idOf().references(() => members.id, { onDelete: "set null" }),
    startedAt: createdAt(),
    updatedAt: createdAt(),
    finishedAt: moment(),
  },
  () => [uniqueIndex("mining_runs_one_at_a_time").on(sql`(true)`).where(sql`finished_at is null`)],
);
export type MiningRun = typeof miningRuns.$inferSelect;

/** What people said of a statement, the latest last: the truth that models learn from. */
export const statementLabels = pgTable(
  "statement_labels",
  {
    id: id(),
    statementId: idOf().notNull().references(() => statements.id, { onDelete: "cascade" }),
    kind: labelKind().notNull(),
    value: text().notNull(),
    /** What stood there before, and how sure the machine was if it was the machine's. */
    before: text(),
    confidence: real(),
    modelVersion: text().notNull(),
    /** Drawn at random for the measurement, or corrected because it looked wrong. Only the first may be measured by. */
    isSample: boolean().notNull().default(false),
    byId: idOf().references(() => members.id, { onDelete: "set null" }),
    at: createdAt(),
  },
  (row) => [index("statement_labels_by_statement").on(row.statementId, row.kind, row.id), index("statement_labels_by_kind").on(row.kind, row.id), index("statement_labels_by_member").on(row.byId)],
);

/** The twenty statements of a week that measure how often the machine is right. */
export const sampledStatements = pgTable(
  "sampled_statements",
  {
    /** The Monday. */
    week: date({ mode: "string" }).notNull(),
    statementId: idOf().notNull().references(() => statements.id, { onDelete: "cascade" }),
    /** As the machine had it when it was drawn, or at a second reading that came before a person. */
    intent: statementIntent().notNull(),
    band: statementBand().notNull(),
    confidence: real().notNull(),
    modelVersion: text().notNull(),
    /** As a person has it. */
    truth: statementIntent(),
    judgedById: idOf().references(() => members.id, { onDelete: "set null" }),
    judgedAt: moment(),
  },
  (row) => [primaryKey({ columns: [row.week, row.statementId] }), index("sampled_statements_by_statement").on(row.statementId), index("sampled_statements_judged").on(row.judgedAt).where(sql`judged_at is not null`)],
);

export const learnedKind = pgEnum("learned_kind", ["intent", "area"]);
/** Why one is no longer used: an admin went back to the one before, later corrections spoke against it, or those it came from are gone. */
export const retiredWhy = pgEnum("retired_why", ["by_hand", "worse_since", "labels_gone"]);

/** What corrections taught: a difference to the shipped model or to the glossary, kept here because it is the community's own. */
export const learnedModels = pgTable(
  "learned_models",
  {
    id: id(),
    kind: learnedKind().notNull(),
    /** The shipped model it adds to; `glossary` where it adds to that. */
    baseVersion: text().notNull(),
    /** Of all it came from: the same corrections are never weighed twice. */
    version: text().notNull().unique(),
    labelCount: integer().notNull(),
    /** How corrections that were held back were told without it and with it: app/insights/learning/scores.ts. */
    scores: jsonb().$type<Record<string, number>>().notNull().default({}),
    weights: bytea().notNull().default(sql`''::bytea`),
    phrases: jsonb().$type<LearnedPhrase[]>().notNull().default([]),
    /** Null: it was not taken. `refusal` says why. */
    activeFrom: moment(),
    refusal: text(),
    retiredAt: moment(),
    retiredWhy: retiredWhy(),
    retiredById: idOf().references(() => members.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (row) => [
    index("learned_models_in_use").on(row.kind, row.baseVersion, row.id.desc().nullsFirst()).where(sql`active_from is not null and retired_at is null`),
    check("learned_models_taken_or_why_not", sql`(${row.activeFrom} is null) = (${row.refusal} is not null)`),
  ],
);
export type LearnedModel = typeof learnedModels.$inferSelect;
/** Words that people say of an area of the product, as their corrections showed. */
export type LearnedPhrase = { areaId: number; words: string };

/** How many spoke for a theme on each day: trends are drawn from it. */
export const themeDays = pgTable(
  "theme_days",
  {
    themeId: idOf().notNull().references(() => themes.id, { onDelete: "cascade" }),
    day: date({ mode: "string" }).notNull(),
    statements: integer().notNull(),
    people: integer().notNull(),
    negative: integer().notNull(),
  },
  (row) => [primaryKey({ columns: [row.themeId, row.day] }), index("theme_days_by_day").on(row.day)],
);

/** Everything that was done with a theme, and why. */
export const themeEvents = pgTable(
  "theme_events",
  {
    id: id(),
    themeId: idOf().notNull().references(() => themes.id, { onDelete: "cascade" }),
    /** `state`, `owner`, `due`, `title`, `tracker`, `merged`, `unmerged`, `split`, `captured`, `moved`, `created` … */
    kind: text().notNull(),
    from: text(),
    to: text(),
    reason: text().notNull().default(""),
    /** Null: the machine. */
    actorId: idOf().references(() => members.id, { onDelete: "set null" }),
    at: createdAt(),
  },
  (row) => [index("theme_events_by_theme").on(row.themeId, row.id.desc().nullsFirst()), index("theme_events_by_time").on(row.at.desc().nullsFirst(), row.id.desc().nullsFirst()), index("theme_events_by_actor").on(row.actorId)],
);

/** Which themes were made part of another, so that just they can be parted again. */
export const themeMerges = pgTable(
  "theme_merges",
  {
    id: id(),
    fromId: idOf().notNull().references(() => themes.id, { onDelete: "cascade" }),
    intoId: idOf().notNull().references(() => themes.id, { onDelete: "cascade" }),
    /** `fromId` and those that had been merged into it before. */
    movedIds: idOf().array().notNull(),
    byId: idOf().references(() => members.id, { onDelete: "set null" }),
    at: createdAt(),
    undoneAt: moment(),
    undoneById: idOf().references(() => members.id, { onDelete: "set null" }),
  },
  (row) => [index("theme_merges_by_target").on(row.intoId), index("theme_merges_by_source").on(row.fromId)],
);

/** Product people who want to hear of a theme. */
export const themeFollowers = pgTable(
  "theme_followers",
  {
    themeId: idOf().notNull().references(() => themes.id, { onDelete: "cascade" }),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    since: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.themeId, row.memberId] }), index("theme_followers_by_member").on(row.memberId)],
);

/** Topics that have been told of a theme's state: once, whatever is repeated. */
export const toldTopics = pgTable(
  "told_topics",
  {
    themeId: idOf().notNull().references(() => themes.id, { onDelete: "cascade" }),
    state: themeState().notNull(),
    topicId: idOf().notNull().references(() => topics.id, { onDelete: "cascade" }),
    postId: idOf().references(() => posts.id, { onDelete: "set null" }),
    at: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.themeId, row.state, row.topicId] }), index("told_topics_by_topic").on(row.topicId), index("told_topics_by_post").on(row.postId)],
);

/** The same for people who asked for it or voted for it. */
export const toldMembers = pgTable(
  "told_members",
  {
    themeId: idOf().notNull().references(() => themes.id, { onDelete: "cascade" }),
    state: themeState().notNull(),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    topicId: idOf().references(() => topics.id, { onDelete: "set null" }),
    at: createdAt(),
    /** When it was told by mail too, to those who want that. */
    mailedAt: moment(),
  },
  (row) => [primaryKey({ columns: [row.themeId, row.state, row.memberId] }), index("told_members_by_member").on(row.memberId)],
);

/** A customer as the company's books know it: one account may have many members. */
export const customerAccounts = pgTable("customer_accounts", {
  id: id(),
  name: text().notNull(),
  /** What the company's own systems call it. */
  externalKey: text().unique(),
  segment: text().notNull().default(""),
  /** Worth a year, in the company's currency. */
  value: doublePrecision().notNull().default(0),
  createdAt: createdAt(),
});

export const accountMembers = pgTable(
  "account_members",
  {
    memberId: idOf().primaryKey().references(() => members.id, { onDelete: "cascade" }),
    accountId: idOf().notNull().references(() => customerAccounts.id, { onDelete: "cascade" }),
  },
  (row) => [index("account_members_by_account").on(row.accountId)],
);

/** A list of themes that a product manager comes back to. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The query of its address. */
    query: text().notNull(),
    createdAt: createdAt(),
  },
  (row) => [uniqueIndex("saved_views_name").on(row.memberId, sql`lower(${row.name})`), check("saved_views_name_length", sql`char_length(${row.name}) between 1 and 60`)],
);

/** Areas that a member wants left out of their weekly brief; area 0 is the whole brief. */
export const briefRefusals = pgTable(
  "brief_refusals",
  {
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    areaId: idOf().notNull(),
    at: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.memberId, row.areaId] })],
);

/** Briefs that went out: a week is told once. */
export const sentBriefs = pgTable(
  "sent_briefs",
  {
    /** The Monday. */
    week: date({ mode: "string" }).notNull(),
    memberId: idOf().notNull().references(() => members.id, { onDelete: "cascade" }),
    itemCount: integer().notNull(),
    at: createdAt(),
  },
  (row) => [primaryKey({ columns: [row.week, row.memberId] }), index("sent_briefs_by_member").on(row.memberId)],
);

/**
 * A sentence about a theme and names for it that an outside language model proposed. It stands for just the statements
 * it was made from: with one of them gone, edited or moved out of sight, it is shown to nobody and deleted.
 */
export const themeSummaries = pgTable("theme_summaries", {
  themeId: idOf().primaryKey().references(() => themes.id, { onDelete: "cascade" }),
  sentence: text().notNull(),
  titles: text().array().notNull().default([]),
  statementIds: idOf().array().notNull(),
  /** Of the quotes, in the same order. */
  quoteHashes: text().array().notNull(),
  model: text().notNull(),
  promptVersion: text().notNull(),
  createdAt: createdAt(),
});

/** Calls to an outside language model, if one is set up: what it was asked, what data it saw, what it cost. No words are kept. */
export const modelCalls = pgTable(
  "model_calls",
  {
    id: id(),
    at: createdAt(),
    purpose: text().notNull(),
    model: text().notNull(),
    promptVersion: text().notNull(),
    /** The most private of what was sent: `public`, `members`, `private`. */
    dataClass: text().notNull(),
    inputTokens: integer().notNull().default(0),
    outputTokens: integer().notNull().default(0),
    /** In millionths of the currency of the settings. */
    costMicros: bigint({ mode: "number" }).notNull().default(0),
    durationMs: integer().notNull().default(0),
    themeId: idOf().references(() => themes.id, { onDelete: "set null" }),
    /** `used`, `empty` (nothing of the answer could be used), `nonsense`, `refused` (429 and other 4xx), `failed`, `timeout`. */
    outcome: text().notNull(),
  },
  (row) => [index("model_calls_by_time").on(row.at.desc().nullsFirst()), index("model_calls_by_theme").on(row.themeId)],
);
