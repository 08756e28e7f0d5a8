import { and, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { TopicState } from "#app/core/realtime-messages.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categories } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";

// Read without a viewer: for rooms that a guard has opened, and for jobs.

/** More than anyone looks through: the button then says "many". */
const MAX_CHANGED = 50;

/** Where a topic stands, with what decides who is told. */
export async function readTopicState(on: Executor, topicId: number): Promise<TopicState | undefined> {
  const [topic] = await on.select({ version: topics.version, lastPostNumber: topics.lastPostNumber }).from(topics).where(eq(topics.id, topicId));
  return topic;
}

/** Whether lists show the topic, and where. */
export async function readListing(on: Executor, topicId: number) {
  const [topic] = await listing(on, { topicId });
  return topic;
}

const listing = prepared(() =>
  db
    .select({ categoryId: topics.categoryId, version: topics.version, lastPostNumber: topics.lastPostNumber, isListed: sql<boolean>`${topics.removedAt} is null and ${topics.unlistedAt} is null` })
    .from(topics)
    .where(eq(topics.id, sql.placeholder("topicId"))),
);

/** Listed topics of these categories with a post since then, the latest first. */
export async function listChangedTopicIds(on: Executor, categoryIds: number[], since: Date): Promise<number[]> {
  const rows = await on
    .select({ id: topics.id })
    .from(topics)
    .where(and(inArray(topics.categoryId, categoryIds), gt(topics.lastPostAt, since), isNull(topics.removedAt), isNull(topics.unlistedAt)))
    .orderBy(desc(topics.lastPostAt))
    .limit(MAX_CHANGED);
  return rows.map(({ id }) => id);
}

/** A category and all below it. */
export async function listSubtreeIds(on: Executor, categoryId: number): Promise<number[]> {
  const rows = await on.execute<{ id: string }>(sql`
    with recursive tree as (
      select id from categories where id = ${categoryId}
      union all select child.id from categories child join tree on child.parent_id = tree.id
    ) select id from tree`);
  return rows.map(({ id }) => Number(id));
}

export async function listDivisionCategoryIds(on: Executor, divisionId: number): Promise<number[]> {
  const rows = await on.select({ id: categories.id }).from(categories).where(eq(categories.divisionId, divisionId));
  return rows.map(({ id }) => id);
}
