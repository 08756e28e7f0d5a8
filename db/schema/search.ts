import { sql } from "drizzle-orm";
import { bigserial, boolean, customType, index, integer, jsonb, pgEnum, pgTable, primaryKey, real, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { members } from "./accounts.ts";
import { createdAt, id, idOf, moment } from "./columns.ts";
import { categories } from "./community.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** What a search document stands for. */
export const searchSource = pgEnum("search_source", ["post", "page", "article", "comment", "event"]);
export type SearchSource = (typeof searchSource.enumValues)[number];

/**
 * One searchable text, kept by triggers (db/programs/search.sql) in the transaction that changes what it is made of,
 * so that no writer can forget it: pages, importers and bulk loads alike.
 */
export const searchDocuments = pgTable(
  "search_documents",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    source: searchSource().notNull(),
    sourceId: idOf().notNull(),
    /** What results are grouped by: the topic of a post, the page itself. */
    groupId: idOf().notNull(),
    /** Where it lies: all that the index knows of access. Who sees the category is asked with each query. */
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    authorId: idOf().references(() => members.id, { onDelete: "set null" }),
    /** Opening posts and pages: these carry the title. */
    isLead: boolean().notNull(),
    createdAt: moment().notNull(),
    /** Among the newest 100,000, which are asked first: a nightly job lets go of older ones. */
    isRecent: boolean().notNull().default(true),
    /** Title A, tags B, text of a lead C, text of an answer D. */
    words: tsvector().notNull(),
    /** The title alone, for suggestions while typing; null for answers. */
    titleWords: tsvector(),
    /** Raised by every change (a trigger does): tells another engine's copy from this one. */
    version: idOf().notNull().default(0),
  },
  (row) => [
    unique("search_documents_once").on(row.source, row.sourceId),
    index("search_documents_by_group").on(row.groupId, row.source),
    index("search_documents_by_version").on(row.version),
    uniqueIndex("search_documents_lead_of_group").on(row.groupId, row.source).where(sql`is_lead`),
    index("search_documents_by_author").on(row.authorId, row.id),
    index("search_documents_words").using("gin", row.words),
    index("search_documents_recent_words").using("gin", row.words).where(sql`is_recent`),
    index("search_documents_title_words").using("gin", row.titleWords).where(sql`is_lead`),
    index("search_documents_recent_title_words").using("gin", row.titleWords).where(sql`is_lead and is_recent`),
  ],
);

/**
 * What documents belong to and results show one of: a topic, an article, a page. Its facts, for conditions and counts,
 * kept by the same triggers. What is hidden or unlisted has no row. Narrow, because each search reads a thousand.
 */
export const searchGroups = pgTable(
  "search_groups",
  {
    source: searchSource().notNull(),
    groupId: idOf().notNull(),
    categoryId: idOf().notNull().references(() => categories.id, { onDelete: "cascade" }),
    /** The kind of a topic, `article` or `page`. */
    kind: text().notNull(),
    authorId: idOf().references(() => members.id, { onDelete: "set null" }),
    isSolved: boolean().notNull().default(false),
    /** Nobody may add to it any more. */
    isClosed: boolean().notNull().default(false),
    createdAt: moment().notNull(),
    tagIds: idOf().array().notNull().default([]),
    /** The logarithm of votes, reactions and posts, renewed when these have doubled or halved. */
    popularity: real().notNull().default(0),
  },
  (row) => [primaryKey({ columns: [row.groupId, row.source] }), index("search_groups_newest").on(row.createdAt.desc().nullsFirst(), row.groupId.desc().nullsFirst())],
);

/**
 * What Meilisearch has yet to be told: one row for each document that changed, the latest change counts. A row goes only
 * when the server's task has succeeded with just this version. Empty while no such engine is in use.
 */
export const searchOutbox = pgTable(
  "search_outbox",
  {
    source: searchSource().notNull(),
    sourceId: idOf().notNull(),
    version: idOf().notNull(),
    dueAt: createdAt(),
    attempts: integer().notNull().default(0),
    /** Rows of one part travel in one request: a request that failed for a bad document is split in two. */
    part: integer().notNull().default(0),
    /** The server's task that carries `sentVersion`; null while it waits to be sent. */
    taskUid: integer(),
    sentVersion: idOf(),
    /** Why the server will not take this document; it waits for a person or for its next change. */
    parkedBecause: text(),
  },
  (row) => [
    primaryKey({ columns: [row.source, row.sourceId] }),
    index("search_outbox_due").on(row.dueAt).where(sql`task_uid is null and parked_because is null`),
    index("search_outbox_by_task").on(row.taskUid).where(sql`task_uid is not null`),
  ],
);

/** Which index of Meilisearch is live. Only our server asks Meilisearch, so that switching is a change of this row. */
export const searchIndexes = pgTable("search_indexes", {
  /** Always `content`. */
  name: text().primaryKey(),
  liveUid: text().notNull(),
  settingsHash: text().notNull(),
  /** Which synonyms it was told of last. */
  synonymsHash: text().notNull().default(""),
  switchedAt: createdAt(),
});

/** Every word people here use and in how many documents: candidates when a word is misspelt. Counted anew by a job. */
export const searchWords = pgTable(
  "search_words",
  {
    word: text().primaryKey(),
    documents: integer().notNull(),
    stem: text().notNull(),
    /** In how many documents words with this stem are, those that have two of them counted twice. */
    ofStem: integer().notNull(),
  },
  (row) => [index("search_words_by_stem").on(row.stem)],
);

/** Words that mean the same here: whoever looks for one finds the others too. Kept by admins. */
export const searchSynonyms = pgTable("search_synonyms", {
  id: id(),
  /** Two or more, lower case; each a word or a few. */
  words: text().array().notNull(),
  createdAt: createdAt(),
});

/** What was looked for and what came of it, without who: shows admins what people do not find. Emptied after 90 days. */
export const searchQueries = pgTable(
  "search_queries",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    /** Lower case, spaces folded, at most 200 characters. */
    text: text().notNull(),
    found: integer().notNull(),
    /** Set when the searcher opened a result. */
    openedAt: moment(),
    /** Known only to the page of results, which tells with it that a result was opened. */
    key: uuid().notNull().defaultRandom(),
    facts: jsonb().$type<{ engine: string; milliseconds: number; operators: string[]; isPartial?: boolean }>().notNull(),
    createdAt: createdAt(),
  },
  (row) => [index("search_queries_by_age").on(row.createdAt), uniqueIndex("search_queries_by_key").on(row.key)],
);

/** Which version of each file in db/programs this database holds. */
export const databasePrograms = pgTable("database_programs", { name: text().primaryKey(), hash: text().notNull() });
