import { and, desc, eq, gt, ilike, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { tagCounts, tags, topicTags, type Tag } from "#db/schema/forums.ts";
import { meantTagIds, tagSlug } from "#app/core/tags.ts";
import { canManageTags } from "./policy.ts";

/**
 * The only way to get a tag for a viewer: one of which they see no topic is not there, because its name could tell
 * what is spoken of where they may not look. Staff who tend tags get all of them.
 *
 * @throws NotFoundError when there is none such
 */
export async function accessTag(on: Executor, viewer: Viewer, slug: string): Promise<Tag & { synonymOf: Tag | null }> {
  const [found] = await on.select().from(tags).where(eq(tags.slug, tagSlug(slug)));
  if (!found) throw new NotFoundError("tag");
  const [meant] = found.synonymOfId ? await on.select().from(tags).where(eq(tags.id, found.synonymOfId)) : [];
  const shown = meant ?? found;
  if (!canManageTags(viewer).allowed) {
    const seen = countsSeen(viewer);
    const [any] = await on.select({ count: seen.count }).from(seen).where(eq(seen.tagId, shown.id));
    if (!any) throw new NotFoundError("tag");
  }
  return { ...found, synonymOf: meant ?? null };
}

/** The tags under which this viewer sees something, with how many topics, the fullest first. */
export function listTags(on: Executor, viewer: Viewer, { limit = 300 } = {}) {
  const seen = countsSeen(viewer);
  return on
    .select({ id: tags.id, slug: tags.slug, name: tags.name, description: tags.description, count: sql<number>`coalesce(${seen.count}, 0)` })
    .from(tags)
    .leftJoin(seen, eq(seen.tagId, tags.id))
    .where(and(isNull(tags.synonymOfId), canManageTags(viewer).allowed ? undefined : isNotNull(seen.count)))
    .orderBy(sql`${seen.count} desc nulls last`, tags.slug)
    .limit(limit);
}

/** Tags that begin with what was typed, of those this viewer sees; a synonym offers what is meant. */
export async function suggestTags(on: Executor, viewer: Viewer, typed: string, { limit = 8 } = {}) {
  const start = tagSlug(typed).replace(/[%_\\]/g, "\\$&");
  if (!start) return [];
  const seen = countsSeen(viewer);
  const matching = on
    .select({ id: sql<number>`coalesce(${tags.synonymOfId}, ${tags.id})`.as("id") })
    .from(tags)
    .where(ilike(tags.slug, `${start}%`));
  return on
    .select({ slug: tags.slug, name: tags.name, count: seen.count })
    .from(tags)
    .innerJoin(seen, eq(seen.tagId, tags.id))
    .where(inArray(tags.id, matching))
    .orderBy(desc(seen.count), tags.slug)
    .limit(limit);
}

/** The names of a topic's tags that the viewer has already been given. */
export function listTopicTags(on: Executor, topicId: number) {
  return on.select({ slug: tags.slug, name: tags.name }).from(topicTags).innerJoin(tags, eq(tags.id, topicTags.tagId)).where(eq(topicTags.topicId, topicId)).orderBy(tags.slug);
}

/** Gives a topic exactly these tags, making those that are new. A synonym gives the tag that is meant. */
export async function setTopicTags(tx: Tx, topicId: number, slugs: string[]): Promise<void> {
  const meant = await meantTagIds(tx, slugs);
  await tx.delete(topicTags).where(eq(topicTags.topicId, topicId));
  if (meant.length > 0) await tx.insert(topicTags).values(meant.map((tagId) => ({ topicId, tagId }))).onConflictDoNothing();
}

/** How many topics of each tag a viewer sees; no row for a tag of which they see none. */
function countsSeen(viewer: Viewer) {
  return db
    .select({ tagId: tagCounts.tagId, count: sql<number>`sum(${tagCounts.topicCount})::int`.as("count") })
    .from(tagCounts)
    .where(and(inArray(tagCounts.categoryId, visibleCategoryIds(viewer)), gt(tagCounts.topicCount, 0)))
    .groupBy(tagCounts.tagId)
    .as("seen");
}
