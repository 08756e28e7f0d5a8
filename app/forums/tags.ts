import { and, eq, ilike, inArray, isNull, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor, Tx } from "#db/client.ts";
import { tags, topicTags, type Tag } from "#db/schema/forums.ts";
import { canManageTags } from "./policy.ts";
import { tagSlug } from "./inputs.ts";

/** Topics under a tag are counted no further: beyond it the page says "more than". */
export const TAG_COUNT_LIMIT = 500;

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
    const [seen] = await on.execute<{ count: number }>(sql`select ${countSeen(viewer, sql`${shown.id}::bigint`, 1)} as count`);
    if (!seen?.count) throw new NotFoundError("tag");
  }
  return { ...found, synonymOf: meant ?? null };
}

/** The tags under which this viewer sees something, with how many topics, the fullest first. */
export async function listTags(on: Executor, viewer: Viewer, { limit = 300 } = {}) {
  const count = sql<number>`seen.count`;
  return on
    .select({ id: tags.id, slug: tags.slug, name: tags.name, description: tags.description, count })
    .from(tags)
    .innerJoin(sql`lateral (select ${countSeen(viewer, sql`${tags.id}`, TAG_COUNT_LIMIT)} as count) seen`, sql`true`)
    .where(and(isNull(tags.synonymOfId), canManageTags(viewer).allowed ? undefined : sql`seen.count > 0`))
    .orderBy(sql`seen.count desc`, tags.slug)
    .limit(limit);
}

/** Tags that begin with what was typed, of those this viewer sees; a synonym offers what is meant. */
export async function suggestTags(on: Executor, viewer: Viewer, typed: string, { limit = 8 } = {}) {
  const start = tagSlug(typed).replace(/[%_\\]/g, "\\$&");
  if (!start) return [];
  const matching = on
    .select({ id: sql<number>`coalesce(${tags.synonymOfId}, ${tags.id})`.as("id") })
    .from(tags)
    .where(ilike(tags.slug, `${start}%`));
  return on
    .select({ slug: tags.slug, name: tags.name, count: sql<number>`seen.count` })
    .from(tags)
    .innerJoin(sql`lateral (select ${countSeen(viewer, sql`${tags.id}`, 100)} as count) seen`, sql`seen.count > 0`)
    .where(inArray(tags.id, matching))
    .orderBy(sql`seen.count desc`, tags.slug)
    .limit(limit);
}

/** The names of a topic's tags that the viewer has already been given. */
export function listTopicTags(on: Executor, topicId: number) {
  return on.select({ slug: tags.slug, name: tags.name }).from(topicTags).innerJoin(tags, eq(tags.id, topicTags.tagId)).where(eq(topicTags.topicId, topicId)).orderBy(tags.slug);
}

/** Gives a topic exactly these tags, making those that are new. A synonym gives the tag that is meant. */
export async function setTopicTags(tx: Tx, topicId: number, slugs: string[]): Promise<void> {
  const wanted = [...new Set(slugs.map(tagSlug).filter(Boolean))];
  if (wanted.length > 0) {
    // In one order everywhere, so that two topics that make the same new tags at once do not wait for each other.
    await tx.insert(tags).values([...wanted].sort().map((slug) => ({ slug, name: slug }))).onConflictDoNothing();
  }
  const meant = wanted.length > 0
    ? await tx.selectDistinct({ id: sql<number>`coalesce(${tags.synonymOfId}, ${tags.id})`.mapWith(Number) }).from(tags).where(inArray(tags.slug, wanted))
    : [];
  await tx.delete(topicTags).where(eq(topicTags.topicId, topicId));
  if (meant.length > 0) await tx.insert(topicTags).values(meant.map(({ id }) => ({ topicId, tagId: id }))).onConflictDoNothing();
}

/** Each `offset 0` keeps the order in which it is read: from the tag's own rows, each topic by its id, and no further than the limit. */
function countSeen(viewer: Viewer, tagId: ReturnType<typeof sql>, limit: number) {
  return sql`(select count(*)::int from (
    select from (select topic_id from topic_tags where tag_id = ${tagId} offset 0) tagged
    cross join lateral (select from topics t where t.id = tagged.topic_id and t.removed_at is null and t.unlisted_at is null
      and t.category_id = any(array(${visibleCategoryIds(viewer)})) offset 0) seen limit ${limit}) counted)`;
}
