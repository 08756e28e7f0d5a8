import { and, eq, gt, inArray, isNull, ne, sql, type SQL } from "drizzle-orm";
import { pathInTalk, talkHome, type TalkHome } from "#app/core/talk-home.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { articles } from "#db/schema/blogs.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";

const PAGE = 24;

type Row = { id: string; key: string; name: string; width: number | null; height: number | null; title: string; postNumber: number | null; topic: { id: number; slug: string }; home: TalkHome };

/**
 * Pictures a member sent and something shows that the viewer may see, the newest first, each with where that is. One in no
 * post, or only in what is hidden, private or a draft, is not among them, whoever owns it.
 *
 * @param before the id of the last one shown
 */
export async function listMediaBy(on: Executor, viewer: Viewer, memberId: number, { before }: { before?: number } = {}) {
  const cursor = before ? sql`and (files.created_at, files.id) < (select cursor.created_at, cursor.id from files cursor where cursor.id = ${before})` : sql``;
  const rows = await on.execute<Row>(sql`
    select files.id, files.storage_key as key, files.name, files.width, files.height, shown.*
    from files cross join lateral (${whereShown(viewer, memberId)} limit 1) shown
    where ${sentBy(memberId)} ${cursor}
    order by files.created_at desc, files.id desc limit ${PAGE + 1}`);
  const items = rows.slice(0, PAGE).map(({ id, topic, home, postNumber, ...file }) => ({ ...file, id: Number(id), path: pathInTalk(topic, home, postNumber) }));
  return { items, before: rows.length > PAGE ? items.at(-1)!.id : null };
}

/** For counting them by the same rule: one row for each. */
export function mediaBy(viewer: Viewer, memberId: number, limit: number): SQL {
  return sql`select 1 as one from files where ${sentBy(memberId)} and exists (${whereShown(viewer, memberId)}) limit ${limit}`;
}

function sentBy(memberId: number): SQL {
  return sql`files.owner_id = ${memberId} and files.purpose = 'post'`;
}

/** What shows the file of the row around it: a post of theirs, else an article of theirs, else a page. */
function whereShown(viewer: Viewer, memberId: number): SQL {
  const seen = visibleCategoryIds(viewer);
  const inPost = and(eq(posts.authorId, memberId), isNull(posts.removedAt), inArray(topics.categoryId, seen), isNull(topics.removedAt), isNull(topics.unlistedAt));
  const inArticle = and(eq(articles.authorId, memberId), eq(articles.state, "published"), isNull(articles.removedAt), inArray(articles.categoryId, seen));
  const inPage = and(gt(pages.publishedRevision, 0), isNull(pages.removedAt), ne(pages.isTemplate, true), inArray(pages.categoryId, seen));
  const none = sql`null::int as "postNumber", null::json as topic`;
  return sql`select * from (
    (select topics.title, posts.number as "postNumber", json_build_object('id', topics.id, 'slug', topics.slug) as topic, ${talkHome} as home
      from post_files join posts on posts.id = post_files.post_id join topics on topics.id = posts.topic_id where post_files.file_id = files.id and ${inPost} order by posts.id limit 1)
    union all (select articles.title, ${none}, json_build_object('kind', 'article', 'id', articles.id, 'slug', articles.slug, 'place', blogs.slug)
      from article_files join articles on articles.id = article_files.article_id join blogs on blogs.id = articles.blog_id where article_files.file_id = files.id and ${inArticle} order by articles.id limit 1)
    union all (select pages.title, ${none}, json_build_object('kind', 'page', 'id', pages.id, 'slug', pages.slug, 'place', wikis.slug)
      from page_files join pages on pages.id = page_files.page_id join wikis on wikis.id = pages.wiki_id where page_files.file_id = files.id and ${inPage} order by pages.id limit 1)
  ) places`;
}
