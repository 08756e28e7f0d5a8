import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { toDocument, type DocumentRow, type SearchDocument } from "../document.ts";
import { MAX_BODY } from "./post.ts";

/** Pages of wikis as readers see them now, with the version that this is. Drafts beside them, and templates, are left out. */
export async function pageDocuments(on: Executor, pageIds: number[]): Promise<SearchDocument[]> {
  if (pageIds.length === 0) return [];
  const rows = await on.execute<DocumentRow>(sql`
    select 'page' as source, p.id::int as "sourceId", p.id::int as "groupId", d.version::int as version, p.category_id::int as "categoryId", true as "isLead",
      p.title, left(p.body_text, ${MAX_BODY}) as body, lower(m.username) as author, '{}'::text[] as tags,
      'page' as kind, false as solved, false as closed, extract(epoch from p.edited_at)::float8 as "createdAt", 0 as popularity
    from search_documents d join pages p on p.id = d.source_id join members m on m.id = p.created_by_id
    where d.source = 'page' and d.source_id in ${pageIds} and p.published_revision > 0 and not p.is_template and p.removed_at is null`);
  return [...rows].map(toDocument);
}
