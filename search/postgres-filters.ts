import type { Sql } from "postgres";
import type { SearchRequest } from "./engine.ts";

/** What operators add to the condition on `search_documents d`. Values travel as parameters only. */
export function filtersSql(sql: Sql, { query: { filters } }: SearchRequest) {
  let all = sql``;
  const add = (condition: ReturnType<Sql>) => (all = sql`${all} and ${condition}`);
  const topic = (condition: ReturnType<Sql>) => add(sql`exists (select from topics ft where ft.id = d.group_id and d.source = 'post' and ${condition})`);

  if (filters.author) add(sql`d.author_id = (select id from members where lower(username) = ${filters.author})`);
  if (filters.after) add(sql`d.created_at >= ${filters.after}::date`);
  if (filters.before) add(sql`d.created_at < ${filters.before}::date`);
  if (filters.kinds.length) topic(sql`ft.kind = any (${filters.kinds}::topic_kind[])`);
  for (const tag of filters.tags) {
    topic(sql`exists (select from topic_tags join tags on tags.id = topic_tags.tag_id
      left join tags meant on meant.id = tags.synonym_of_id
      where topic_tags.topic_id = ft.id and (tags.slug = ${tag} or lower(tags.name) = ${tag} or meant.slug = ${tag}))`);
  }
  if (filters.place) {
    add(sql`d.category_id in (with recursive below as (
      select categories.id from categories join divisions on divisions.id = categories.division_id
      where categories.slug = ${filters.place} or divisions.slug = ${filters.place} or categories.id::text = ${filters.place}
      union select child.id from categories child join below on child.parent_id = below.id) select id from below)`);
  }
  for (const is of filters.is) {
    if (is === "topic") add(sql`d.is_lead`);
    else if (is === "reply") add(sql`not d.is_lead`);
    else if (is === "solved") topic(sql`ft.accepted_post_id is not null`);
    else if (is === "unsolved") topic(sql`ft.kind = 'question' and ft.accepted_post_id is null`);
    else if (is === "closed") topic(sql`ft.locked_at is not null`);
    else topic(sql`ft.locked_at is null and ft.archived_at is null`);
  }
  return all;
}
