import { and, eq, sql } from "drizzle-orm";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { accessCategory } from "#app/forums/categories.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categoryFollows, type FollowLevel } from "#db/schema/community.ts";
import { topicReads } from "#db/schema/forums.ts";

/**
 * Chooses how closely to follow a topic. Muted is silent; watched tells of every post.
 *
 * @throws NotFoundError when they may not see it
 */
export async function followTopic(member: Member, topicId: number, level: FollowLevel): Promise<{ slug: string }> {
  const { slug } = await accessTopic(db, member, topicId);
  await db.insert(topicReads).values({ memberId: member.id, topicId, level }).onConflictDoUpdate({ target: [topicReads.memberId, topicReads.topicId], set: { level } });
  return { slug };
}

/**
 * The same for a category and what lies below it. Watched tells of every new topic.
 *
 * @throws NotFoundError when they may not see it
 */
export async function followCategory(member: Member, categoryId: number, level: FollowLevel): Promise<{ slug: string }> {
  const { slug } = await accessCategory(db, member, categoryId);
  const updatedAt = new Date();
  await db
    .insert(categoryFollows)
    .values({ memberId: member.id, categoryId, level })
    .onConflictDoUpdate({ target: [categoryFollows.memberId, categoryFollows.categoryId], set: { level, updatedAt } });
  return { slug };
}

/** Null for guests, who follow nothing. */
export async function readTopicLevel(on: Executor, viewer: Viewer, topicId: number): Promise<FollowLevel | null> {
  if (viewer.kind === "guest") return null;
  const [row] = await levelOf(on, { memberId: viewer.id, topicId });
  return row?.level ?? "normal";
}

const levelOf = prepared(() =>
  db
    .select({ level: topicReads.level })
    .from(topicReads)
    .where(and(eq(topicReads.memberId, sql.placeholder("memberId")), eq(topicReads.topicId, sql.placeholder("topicId")))),
);

/** Null for guests. */
export async function readCategoryLevel(on: Executor, viewer: Viewer, categoryId: number): Promise<FollowLevel | null> {
  if (viewer.kind === "guest") return null;
  const [row] = await categoryLevelOf(on, { memberId: viewer.id, categoryId });
  return row?.level ?? "normal";
}

const categoryLevelOf = prepared(() =>
  db
    .select({ level: categoryFollows.level })
    .from(categoryFollows)
    .where(and(eq(categoryFollows.memberId, sql.placeholder("memberId")), eq(categoryFollows.categoryId, sql.placeholder("categoryId")))),
);
