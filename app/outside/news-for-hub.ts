import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { config } from "#app/core/config.ts";
import type { EventOf } from "#app/core/events.ts";
import { enqueue } from "#app/core/jobs.ts";
import { guest } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { articles, articleTags } from "#db/schema/blogs.ts";
import { categories } from "#db/schema/community.ts";
import { posts, topics, topicTags } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import { keyOf } from "./feed.ts";
import { tellHub } from "./tell-hub.ts";

// Which public feeds have something new after an event. What guests do not see is new in none of them: that a feed was
// told of would say that something happened behind a door.

/** So much that comes at once, in one feed, is told once. */
const GATHER_SECONDS = 5;

/** A reply is new in its topic; an opening post is new in every list that the topic stands in, too. */
export async function tellHubOfPost({ postId, topicId, postNumber }: EventOf<"post.created">): Promise<void> {
  if (!config.websubHub) return;
  const [topic] = await db
    .select({ id: topics.id, authorId: topics.authorId, categoryId: topics.categoryId, divisionId: categories.divisionId })
    .from(topics)
    .innerJoin(categories, eq(categories.id, topics.categoryId))
    .innerJoin(posts, and(eq(posts.topicId, topics.id), eq(posts.id, postId), isNull(posts.removedAt)))
    .where(and(eq(topics.id, topicId), isNull(topics.removedAt), isNull(topics.unlistedAt), inArray(topics.categoryId, visibleCategoryIds(guest))));
  if (!topic) return;
  const keys = [keyOf("topic", topic.id, "posts")];
  if (postNumber === 1) {
    const [tagIds, above] = await Promise.all([
      db.select({ id: topicTags.tagId }).from(topicTags).where(eq(topicTags.topicId, topic.id)),
      withThoseAbove(topic.categoryId),
    ]);
    keys.push(keyOf("topics"), keyOf("division", topic.divisionId), keyOf("member", topic.authorId, "topics"), ...above.map((id) => keyOf("category", id)), ...tagIds.map(({ id }) => keyOf("tag", id)));
  }
  await tell(keys);
}

export async function tellHubOfArticle({ articleId }: EventOf<"article.published" | "article.edited">): Promise<void> {
  if (!config.websubHub) return;
  const [article] = await db
    .select({ blogId: articles.blogId, authorId: articles.authorId, seriesId: articles.seriesId })
    .from(articles)
    .where(and(eq(articles.id, articleId), eq(articles.state, "published"), isNull(articles.removedAt), inArray(articles.categoryId, visibleCategoryIds(guest))));
  if (!article) return;
  const { blogId, authorId, seriesId } = article;
  const tagged = await db.select({ id: articleTags.tagId }).from(articleTags).where(eq(articleTags.articleId, articleId));
  await tell([keyOf("articles"), keyOf("blog", blogId), keyOf("blog", blogId, "author", authorId), ...tagged.map(({ id }) => keyOf("blog", blogId, "tag", id)), ...(seriesId ? [keyOf("series", seriesId)] : [])]);
}

export async function tellHubOfPage({ pageId }: EventOf<"page.published">): Promise<void> {
  if (!config.websubHub) return;
  const [page] = await db
    .select({ wikiId: pages.wikiId })
    .from(pages)
    .where(and(eq(pages.id, pageId), gt(pages.publishedRevision, 0), isNull(pages.removedAt), eq(pages.isTemplate, false), inArray(pages.categoryId, visibleCategoryIds(guest))));
  if (page) await tell([keyOf("wiki", page.wikiId)]);
}

/** A category's list holds what lies in those below it. */
async function withThoseAbove(categoryId: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with recursive above as (
      select id, parent_id from categories where id = ${categoryId}
      union select parent.id, parent.parent_id from categories parent join above on above.parent_id = parent.id
    ) select id from above`);
  return rows.map(({ id }) => Number(id));
}

async function tell(keys: string[]): Promise<void> {
  for (const feed of keys) await enqueue(db, tellHub, { feed }, { key: feed, delaySeconds: GATHER_SECONDS, keepsTime: true });
}
