import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { tags, topics, topicTags } from "#db/schema/forums.ts";
import { findSimilar } from "./similar.ts";

const SHOWN = 4;

/** Topics that say nearly the same as a title, then such as bear the same tags, the liveliest first: those the viewer may see, and no talk about another article or page. */
export async function findRelatedTalk(viewer: Viewer, title: string, tagSlugs: string[]) {
  const similar = await findSimilar(viewer, title);
  const similarIds = similar.map(({ id }) => id);
  const columns = { id: topics.id, slug: topics.slug, title: topics.title, postCount: topics.postCount };
  const isOpen = and(isNull(topics.removedAt), isNull(topics.unlistedAt), isNull(topics.articleId), isNull(topics.pageId), inArray(topics.categoryId, visibleCategoryIds(viewer)));
  const [alike, tagged] = await Promise.all([
    similarIds.length === 0 ? [] : db.select(columns).from(topics).where(and(inArray(topics.id, similarIds), isOpen)),
    tagSlugs.length === 0 ? [] : db
      .select(columns)
      .from(topics)
      .where(and(inArray(topics.id, db.select({ id: topicTags.topicId }).from(topicTags).innerJoin(tags, eq(tags.id, topicTags.tagId)).where(inArray(tags.slug, tagSlugs))), isOpen))
      .orderBy(desc(topics.topScore), desc(topics.id))
      .limit(SHOWN),
  ]);
  const ordered = [...similarIds.flatMap((id) => alike.filter((topic) => topic.id === id)), ...tagged];
  return [...new Map(ordered.map((topic) => [topic.id, topic])).values()].slice(0, SHOWN).map(({ postCount, ...topic }) => ({ ...topic, replyCount: Math.max(0, postCount - 1) }));
}
