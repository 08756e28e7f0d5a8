import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { toDocument, type DocumentRow, type SearchDocument } from "../document.ts";
import { MAX_BODY } from "./post.ts";

/** Articles as readers see them now, with the version that this is. What is not published is left out. */
export async function articleDocuments(on: Executor, articleIds: number[]): Promise<SearchDocument[]> {
  if (articleIds.length === 0) return [];
  const rows = await on.execute<DocumentRow>(sql`
    select 'article' as source, a.id::int as "sourceId", a.id::int as "groupId", d.version::int as version, a.category_id::int as "categoryId", true as "isLead",
      a.title, left(a.body_text, ${MAX_BODY}) as body, lower(m.username) as author,
      coalesce((select array_agg(tags.slug order by tags.slug) from article_tags join tags on tags.id = article_tags.tag_id where article_tags.article_id = a.id), '{}') as tags,
      'article' as kind, false as solved, a.comments_closed_at is not null as closed, extract(epoch from a.published_at)::float8 as "createdAt", 0 as popularity
    from search_documents d join articles a on a.id = d.source_id join members m on m.id = a.author_id
    where d.source = 'article' and d.source_id in ${articleIds} and a.state = 'published' and a.removed_at is null`);
  return [...rows].map(toDocument);
}
