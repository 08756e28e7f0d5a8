import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { toDocument, type DocumentRow, type SearchDocument } from "../document.ts";

/** Longer texts say nothing new: Meilisearch itself stops at 65,535 words of a field. */
export const MAX_BODY = 100_000;

/** Posts as they are now, with the version that this is. Those that are hidden or unlisted are left out. */
export async function postDocuments(on: Executor, postIds: number[]): Promise<SearchDocument[]> {
  if (postIds.length === 0) return [];
  const rows = await on.execute<DocumentRow>(sql`
    select 'post' as source, d.source_id::int as "sourceId", t.id::int as "groupId", d.version::int as version, d.category_id::int as "categoryId", d.is_lead as "isLead",
      case when d.is_lead then t.title else '' end as title, left(p.body_text, ${MAX_BODY}) as body, lower(m.username) as author,
      coalesce((select array_agg(tags.slug order by tags.slug) from topic_tags join tags on tags.id = topic_tags.tag_id where topic_tags.topic_id = t.id), '{}') as tags,
      t.kind, t.accepted_post_id is not null as solved, num_nonnulls(t.locked_at, t.archived_at) > 0 as closed, extract(epoch from p.created_at)::float8 as "createdAt",
      case when d.is_lead then floor(log(2, (1 + t.post_count + t.vote_count + t.reaction_count)::numeric))::int else 0 end as popularity
    from search_documents d join posts p on p.id = d.source_id join topics t on t.id = p.topic_id join members m on m.id = p.author_id
    where d.source = 'post' and d.source_id in ${postIds} and p.removed_at is null and t.removed_at is null and t.unlisted_at is null`);
  return [...rows].map(toDocument);
}
