import { and, asc, eq, exists, gt, inArray, ne, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { accessCategory } from "#app/forums/categories.ts";
import { accessTag } from "#app/forums/tags.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categoryFollows, type FollowLevel } from "#db/schema/community.ts";
import { tagCounts, tagFollows, tags, topicReads } from "#db/schema/forums.ts";

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

/**
 * The same for a tag. Watched tells of every new topic under it; tracked, and watched, counts such a topic as unread.
 * A synonym stands for the tag that is meant.
 *
 * @throws NotFoundError when they see nothing under it
 */
export async function followTag(member: Member, name: string, level: FollowLevel): Promise<{ slug: string }> {
  return db.transaction(async (tx) => {
    const tag = await accessTag(tx, member, name);
    // A merge at this moment moves those who follow; whoever comes after it follows what is meant by then.
    const [now] = await tx.select().from(tags).where(eq(tags.id, tag.id)).for("key share");
    if (!now) throw new NotFoundError("tag");
    const tagId = now.synonymOfId ?? now.id;
    const updatedAt = new Date();
    await tx.insert(tagFollows).values({ memberId: member.id, tagId, level }).onConflictDoUpdate({ target: [tagFollows.memberId, tagFollows.tagId], set: { level, updatedAt } });
    return tag.synonymOf ?? tag;
  });
}

/** Null for guests. */
export async function readTagLevel(on: Executor, viewer: Viewer, tagId: number): Promise<FollowLevel | null> {
  if (viewer.kind === "guest") return null;
  const [row] = await on.select({ level: tagFollows.level }).from(tagFollows).where(and(eq(tagFollows.memberId, viewer.id), eq(tagFollows.tagId, tagId)));
  return row?.level ?? "normal";
}

/** What a member follows or mutes by tag, by name: of those under which they see something, as it is called today. */
export async function listFollowedTags(on: Executor, viewer: Viewer) {
  if (viewer.kind === "guest") return [];
  return on
    .select({ slug: tags.slug, name: tags.name, level: tagFollows.level })
    .from(tagFollows)
    .innerJoin(tags, eq(tags.id, tagFollows.tagId))
    .where(and(
      eq(tagFollows.memberId, viewer.id), ne(tagFollows.level, "normal"),
      exists(db.select({ one: sql`1` }).from(tagCounts).where(and(eq(tagCounts.tagId, tagFollows.tagId), gt(tagCounts.topicCount, 0), inArray(tagCounts.categoryId, visibleCategoryIds(viewer))))),
    ))
    .orderBy(asc(tags.slug))
    .limit(200);
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
