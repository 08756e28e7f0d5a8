import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { posts, topics } from "#db/schema/forums.ts";
import type { SearchHit } from "#search/engine.ts";
import { marked, type MarkedText } from "./marked-text.ts";

/** A topic found, by the post that answers best. */
export type FoundTopic = Awaited<ReturnType<typeof readFound>>[number];

// Two characters that nobody types stand around what was found, until the page puts <mark> in their place.
const OPTIONS = `StartSel=\uE000, StopSel=\uE001`;

/**
 * The posts behind the hits, in their order, with the words found marked. Asks the rule of visibility again: an engine
 * may be behind, and what is hidden by now must not be shown.
 */
export async function readFound(on: Executor, viewer: Viewer, hits: SearchHit[], words: string) {
  const postIds = hits.filter(({ source }) => source === "post").map(({ sourceId }) => sourceId);
  if (postIds.length === 0) return [];
  const wanted = sql`replace(replace(plainto_tsquery('public.wellspring', search_text(${words}))::text, '&', '|'), '<->', '|')::tsquery`;
  const rows = await on
    .select({
      postId: posts.id,
      postNumber: posts.number,
      createdAt: posts.createdAt,
      title: sql<string>`ts_headline('public.wellspring', translate(${topics.title}, ${"\uE000\uE001"}, ''), ${wanted}, ${`${OPTIONS}, HighlightAll=true`})`,
      // The cost of a headline grows with the text: ten thousand characters take a few milliseconds.
      excerpt: sql<string>`ts_headline('public.wellspring', translate(left(${posts.bodyText}, 10000), ${"\uE000\uE001"}, ''), ${wanted},
        ${`${OPTIONS}, MaxFragments=2, MaxWords=28, MinWords=14, FragmentDelimiter=" … "`})`,
      topic: { id: topics.id, slug: topics.slug, kind: topics.kind, acceptedPostId: topics.acceptedPostId, postCount: topics.postCount, voteCount: topics.voteCount },
      author: { id: members.id, username: members.username, name: members.name, label: members.label, avatarFileId: members.avatarFileId },
      category: { id: categories.id, slug: categories.slug, name: categories.name },
      division: { slug: divisions.slug, name: divisions.name },
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(
      and(
        inArray(posts.id, postIds),
        isNull(posts.removedAt),
        isNull(topics.removedAt),
        isNull(topics.unlistedAt),
        inArray(topics.categoryId, visibleCategoryIds(viewer)),
      ),
    );
  const byId = new Map(rows.map((row) => [row.postId, row]));
  return postIds.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [{ ...row, title: marked(row.title) as MarkedText, excerpt: marked(row.excerpt) as MarkedText }];
  });
}
