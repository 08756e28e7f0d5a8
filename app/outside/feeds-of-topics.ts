import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { accessDivision } from "#app/community/divisions.ts";
import { divisionPath } from "#app/community/paths.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { translate } from "#app/core/messages.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { accessCategory } from "#app/forums/categories.ts";
import { categoryPath, tagPath, topicPath } from "#app/forums/paths.ts";
import { accessTag } from "#app/forums/tags.ts";
import type { TopicFilter } from "#app/forums/topic-candidates.ts";
import { listTopics } from "#app/forums/topic-lists.ts";
import { accessTopic } from "#app/forums/topics.ts";
import { profilePath } from "#app/profiles/paths.ts";
import { accessProfile } from "#app/profiles/profiles.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts, topics, type Topic } from "#db/schema/forums.ts";
import { ENTRIES, keyOf, laterOf, tagUri, type Author, type FeedEntry, type FoundFeed } from "./feed.ts";

/** The newest topics of the whole community. */
export async function feedOfAll(viewer: Viewer, site: string): Promise<FoundFeed> {
  return { key: keyOf("topics"), title: site, description: translate(viewer.locale, "outside.newTopics"), home: "/latest", path: "/latest", readEntries: () => newestTopics(viewer, {}) };
}

/** @throws NotFoundError when the viewer sees nothing of the division */
export async function feedOfDivision(viewer: Viewer, slug: string): Promise<FoundFeed> {
  const division = await accessDivision(db, viewer, slug);
  const path = divisionPath(division);
  return { key: keyOf("division", division.id), title: division.name, description: division.tagline, home: path, path, readEntries: () => newestTopics(viewer, { divisionId: division.id }) };
}

/** @throws NotFoundError when they may not see the category */
export async function feedOfCategory(viewer: Viewer, categoryId: number): Promise<FoundFeed> {
  const category = await accessCategory(db, viewer, categoryId);
  const path = categoryPath(category);
  return { key: keyOf("category", category.id), title: category.name, description: category.description, home: path, path, readEntries: () => newestTopics(viewer, { categoryId }) };
}

/** @throws NotFoundError when they see no topic under the tag */
export async function feedOfTag(viewer: Viewer, name: string): Promise<FoundFeed> {
  const found = await accessTag(db, viewer, name);
  const tag = found.synonymOf ?? found;
  return { key: keyOf("tag", tag.id), title: `#${tag.name}`, description: tag.description, home: tagPath(tag), path: `${tagPath(tag)}/topics`, readEntries: () => newestTopics(viewer, { tagId: tag.id }) };
}

/** @throws NotFoundError when there is no such member */
export async function feedOfMember(viewer: Viewer, username: string): Promise<FoundFeed> {
  const { id, name, username: as } = await accessProfile(db, viewer, username);
  const title = translate(viewer.locale, "outside.topicsOf", { name });
  return { key: keyOf("member", id, "topics"), title, description: "", home: profilePath(as), path: `${profilePath(as)}/topics`, readEntries: () => topicsBy(viewer, id) };
}

/**
 * The latest posts of a topic, the newest first.
 *
 * @throws NotFoundError when they may not see it, or it is in no list
 */
export async function feedOfTopic(viewer: Viewer, topicId: number): Promise<FoundFeed> {
  const topic = await accessTopic(db, viewer, topicId);
  if (topic.removedAt || topic.unlistedAt) throw new NotFoundError("topic");
  const path = topicPath(topic);
  return { key: keyOf("topic", topicId, "posts"), title: topic.title, description: topic.excerpt, home: path, path, readEntries: () => postEntries(viewer, topic) };
}

async function postEntries(viewer: Viewer, topic: Pick<Topic, "id" | "slug" | "title">): Promise<FeedEntry[]> {
  const rows = await db
    .select({ ...entryColumns, number: posts.number, id: posts.id })
    .from(posts)
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(and(eq(posts.topicId, topic.id), isNull(posts.removedAt)))
    .orderBy(desc(posts.number))
    .limit(ENTRIES);
  return rows.map(({ id, number, ...row }) => ({
    ...entryOf(row), id: tagUri("post", id), href: number === 1 ? topicPath(topic) : topicPath(topic, number),
    title: number === 1 ? topic.title : translate(viewer.locale, "outside.replyBy", { name: row.name }),
  }));
}

async function topicsBy(viewer: Viewer, memberId: number): Promise<FeedEntry[]> {
  const rows = await db
    .select({ id: topics.id })
    .from(topics)
    .where(and(eq(topics.authorId, memberId), inArray(topics.categoryId, visibleCategoryIds(viewer)), isNull(topics.removedAt), isNull(topics.unlistedAt)))
    .orderBy(desc(topics.createdAt), desc(topics.id))
    .limit(ENTRIES);
  return topicEntries(rows.map(({ id }) => id));
}

async function newestTopics(viewer: Viewer, place: Omit<TopicFilter, "sort">): Promise<FeedEntry[]> {
  const { topics: newest } = await listTopics(db, viewer, { ...place, sort: "newest", limit: ENTRIES });
  return topicEntries(newest.map(({ id }) => id));
}

/** The entries of topics the viewer was found to see, in that order. */
async function topicEntries(ids: number[]): Promise<FeedEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      ...entryColumns, id: topics.id, slug: topics.slug, title: topics.title, summary: topics.excerpt,
      tags: sql<string[]>`array(select tags.name from topic_tags join tags on tags.id = topic_tags.tag_id where topic_tags.topic_id = ${topics.id} order by tags.slug)`,
    })
    .from(topics)
    .innerJoin(posts, and(eq(posts.topicId, topics.id), eq(posts.number, 1), isNull(posts.removedAt)))
    .innerJoin(members, eq(members.id, topics.authorId))
    .where(inArray(topics.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [{ ...entryOf(row), id: tagUri("topic", id), title: row.title, href: topicPath(row), summary: row.summary, tags: row.tags }] : [];
  });
}

const entryColumns = { html: posts.bodyHtml, createdAt: posts.createdAt, editedAt: posts.editedAt, name: members.name, username: members.username, label: members.label };

function entryOf({ html, createdAt, editedAt, name, username, label }: Author & { html: string; createdAt: Date; editedAt: Date | null }) {
  return { html, publishedAt: createdAt, updatedAt: laterOf(createdAt, editedAt), authors: [{ name, username, label }], tags: [] as string[] };
}
