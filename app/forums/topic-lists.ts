import { eq, sql } from "drizzle-orm";
import { pathInTalk, talkHome } from "#app/core/talk-home.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared, preparedAlone, preparedFor, preparedSql } from "#db/prepared.ts";
import { members } from "#db/schema/accounts.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { decodeCursor, encodeCursor } from "./list-cursor.ts";
import type { ListPlace } from "./list-scope.ts";
import { shapeOf, topicCandidates, valuesOf, type ListShape, type TopicFilter } from "./topic-candidates.ts";

export const TOPICS_PER_PAGE = 30;
/** Counts beside tabs stop here and read "99+". */
export const COUNT_LIMIT = 100;

type Face = { id: number; name: string; username: string; avatarFileId: number | null };

export type TopicPage = Awaited<ReturnType<typeof listTopics>>;
/** A topic as a line of a list. */
export type ListedTopic = TopicPage["topics"][number];

/**
 * One page of the topics a viewer may see. What is pinned in the place looked at comes first, on the first page. A
 * cursor that is not one of ours shows the first page.
 */
export async function listTopics(
  on: Executor,
  viewer: Viewer,
  { cursor: text, limit = TOPICS_PER_PAGE, ...filter }: TopicFilter & { cursor?: string | null; limit?: number },
) {
  const cursor = decodeCursor(text);
  const size = Math.min(Math.max(limit, 1), 100);
  const rows = await rowsOf(shapeOf(filter, { cursor, limit: size + 1 }))(on, valuesOf(viewer, filter, cursor));
  const isBackwards = cursor?.direction === "before";
  if (isBackwards) rows.reverse();

  const flowing = rows.filter(({ isPinned }) => !isPinned);
  const hasMore = flowing.length > size;
  // One row more than wanted was asked for: it only tells that the list goes on.
  const surplus = hasMore ? (isBackwards ? flowing[0] : flowing.at(-1)) : undefined;
  const shown = rows.filter((row) => row !== surplus);
  const kept = flowing.filter((row) => row !== surplus);
  const faces = await readFaces(on, shown.flatMap(({ participantIds, authorId }) => (participantIds.length > 0 ? participantIds : [authorId])));

  const [first, last] = [kept[0], kept.at(-1)];
  return {
    topics: shown.map(({ participantIds, home, ...topic }) => ({
      ...topic,
      /** The address of what it is the talk about, where that is read; null for a topic of its own. */
      home: home && pathInTalk(topic, home),
      faces: (participantIds.length > 0 ? participantIds : [topic.authorId]).flatMap((id) => faces.get(id) ?? []),
    })),
    /** Where the list goes on; null at its end. */
    after: last && (hasMore || isBackwards) ? encodeCursor({ direction: "after", key: last.key, id: last.id }) : null,
    /** Where it came from; null on the first page. */
    before: first && (isBackwards ? hasMore : cursor !== null) ? encodeCursor({ direction: "before", key: first.key, id: first.id }) : null,
  };
}

/** How many topics such a list holds, counted no further than COUNT_LIMIT. */
export async function countTopics(on: Executor, viewer: Viewer, filter: TopicFilter): Promise<number> {
  const [row] = await countOf([shapeOf(filter, { cursor: null, limit: COUNT_LIMIT, unordered: true })])(on, valuesOf(viewer, filter, null));
  return row!.count0!;
}

/** The numbers beside a member's tabs: as long as the lists they stand for. */
export async function countNews(on: Executor, viewer: Viewer, place: ListPlace & Pick<TopicFilter, "tagId">): Promise<{ new: number; unread: number }> {
  const shapes = (["new", "unread"] as const).map((sort) => shapeOf({ ...place, sort }, { cursor: null, limit: COUNT_LIMIT, unordered: true }));
  const [row] = await countOf(shapes)(on, valuesOf(viewer, { ...place, sort: "new" }, null));
  return { new: row!.count0!, unread: row!.count1! };
}

const countOf = preparedFor((shapes: ListShape[]) =>
  preparedSql<Record<string, number>>(() => {
    const counts = shapes.map((shape, at) => sql`(select count(*)::int from (${topicCandidates(shape)}) found) as ${sql.identifier(`count${at}`)}`);
    return sql`select ${sql.join(counts, sql`, `)}`;
  }),
);

const rowsOf = preparedFor((shape: ListShape) => preparedAlone(() => {
  const viewerId = sql`${sql.placeholder("seerId")}::bigint`;
  const page = topicCandidates(shape);
  const direction = shape.direction === "before" ? sql`asc` : sql`desc`;
  return db
    .select({
      id: topics.id,
      slug: topics.slug,
      title: topics.title,
      kind: topics.kind,
      excerpt: topics.excerpt,
      authorId: topics.authorId,
      postCount: topics.postCount,
      createdAt: topics.createdAt,
      lastPostAt: topics.lastPostAt,
      participantIds: topics.participantIds,
      home: talkHome,
      voteCount: topics.voteCount,
      ideaStatus: topics.ideaStatus,
      isSolved: sql<boolean>`${topics.acceptedPostId} is not null`,
      isClosed: sql<boolean>`${topics.lockedAt} is not null or ${topics.archivedAt} is not null`,
      isPinned: sql<boolean>`page.is_pinned`,
      key: sql<string>`page.key_text`,
      category: { id: categories.id, slug: categories.slug, name: categories.name, colour: categories.colour },
      division: { slug: divisions.slug, name: divisions.name, accent: divisions.accent },
      tags: sql<{ slug: string; name: string }[]>`coalesce((
        select json_agg(json_build_object('slug', tags.slug, 'name', tags.name) order by tags.slug)
        from topic_tags join tags on tags.id = topic_tags.tag_id where topic_tags.topic_id = ${topics.id}), '[]'::json)`,
      /** The highest post number read; null for a topic never opened. */
      lastReadNumber: sql<number | null>`reading.last_read_number`,
      isMuted: sql<boolean>`coalesce(reading.level = 'muted', false)`,
      /** Posts by others beyond that, counted to a hundred; 0 for a topic never opened. */
      unreadCount: sql<number>`case when reading.last_read_number < ${topics.lastPostNumber} then (
        select count(*)::int from (select from posts where posts.topic_id = ${topics.id} and posts.number > reading.last_read_number
          and posts.removed_at is null and posts.author_id <> ${viewerId} limit ${COUNT_LIMIT}) unread) else 0 end`,
    })
    .from(topics)
    .innerJoin(sql`(${page}) page`, sql`page.id = ${topics.id}`)
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .leftJoin(sql`topic_reads reading`, sql`reading.topic_id = ${topics.id} and reading.member_id = ${viewerId}`)
    .orderBy(sql`page.is_pinned desc, page.key ${direction}, page.id ${direction}`);
}));

async function readFaces(on: Executor, memberIds: number[]): Promise<Map<number, Face>> {
  if (memberIds.length === 0) return new Map();
  const rows = await facesOf(on, { memberIds: [...new Set(memberIds)] });
  return new Map(rows.map((row) => [row.id, row]));
}

const facesOf = prepared(() =>
  db
    .select({ id: members.id, name: members.name, username: members.username, avatarFileId: members.avatarFileId })
    .from(members)
    .where(sql`${members.id} = any(${sql.placeholder("memberIds")}::bigint[])`),
);
