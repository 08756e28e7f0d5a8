import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds, rightsOf } from "#app/core/visibility.ts";
import type { SimilarTopic } from "#app/forums/components/similar-topics.tsx";
import { canAddVote } from "#app/forums/policy.ts";
import { db } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { topics, topicVotes } from "#db/schema/forums.ts";
import { similarTopicIds } from "#search/similar.ts";

/** Shorter titles say too little to compare. */
const LEAST_WORDS = 3;
const SHOWN = 5;

/** Topics that may be what someone is about to write, among those they may see; empty until a title has three words. */
export async function findSimilar(viewer: Viewer, title: string): Promise<SimilarTopic[]> {
  const words = title.slice(0, 200).match(/[\p{L}\p{N}]+/gu) ?? [];
  // Signs of Chinese, Japanese and Korean stand for words without spaces between them.
  if (words.length < LEAST_WORDS && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{3}/u.test(title)) return [];
  const ids = await similarTopicIds(title.slice(0, 200), await listVisibleCategoryIds(db, viewer), SHOWN);
  if (ids.length === 0) return [];
  const rights = rightsOf(viewer);
  const rows = await db
    .select({ topic: topics, divisionId: categories.divisionId, level: rights.level, hasVoted: sql<boolean>`exists (select from ${topicVotes} where ${topicVotes.topicId} = ${topics.id} and ${topicVotes.memberId} = ${viewer.kind === "member" ? viewer.id : 0})` })
    .from(topics)
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    // Asked again of the one rule: what is hidden by now must not be told.
    .innerJoin(rights, eq(rights.categoryId, topics.categoryId))
    .where(and(inArray(topics.id, ids), isNull(topics.removedAt), isNull(topics.unlistedAt)));
  const byId = new Map(rows.map((row) => [row.topic.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { topic, hasVoted, ...place } = row;
    return [{
      id, slug: topic.slug, title: topic.title, kind: topic.kind, isSolved: topic.acceptedPostId !== null, voteCount: topic.voteCount, replyCount: Math.max(0, topic.postCount - 1),
      hasVoted, mayVote: !hasVoted && canAddVote(viewer, { ...topic, ...place }).allowed,
    }];
  });
}
