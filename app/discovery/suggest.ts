import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { searchConnection } from "#db/search-client.ts";

export type Suggestion =
  | { kind: "topic"; id: number; slug: string; title: string; place: string; isSolved: boolean }
  | { kind: "member"; username: string; name: string; avatarFileId: number | null }
  | { kind: "tag"; slug: string; name: string; topics: number }
  | { kind: "category"; id: number; slug: string; name: string; place: string }
  | { kind: "division"; slug: string; name: string };

/** How many of each kind are offered while typing. */
const LIMITS = { topics: 6, members: 3, tags: 3, places: 3 };

/** What the words may be the beginning of, among what the viewer may see: titles, people, tags and places. */
export async function suggest(viewer: Viewer, text: string): Promise<Suggestion[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const categoryIds = await listVisibleCategoryIds(db, viewer);
  const [topics, rest] = await Promise.all([suggestTopics(words, categoryIds, LIMITS.topics), suggestNames(words.join(" "), categoryIds)]);
  return [...topics, ...rest];
}

const sign = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
const word = new RegExp(`${sign}|(?:(?!${sign})[\\p{L}\\p{N}])+`, "gu");

/** The words typed, with Chinese, Japanese and Korean signs each on their own, as the index has them. */
export function wordsOf(text: string): string[] {
  return text.slice(0, 200).toLowerCase().match(word)?.slice(0, 8) ?? [];
}

/** Topics whose title holds the words, the last of which may be unfinished: lively and new ones first, from all only where few are new. */
export async function suggestTopics(words: string[], categoryIds: number[], limit: number): Promise<Suggestion[]> {
  const connection = searchConnection();
  const wanted = words.map((word, index) => (index === words.length - 1 ? `'${word}':*` : `'${word}'`)).join(" & ");
  const titled = connection`d.is_lead and d.source = 'post' and d.title_words @@ to_tsquery('public.wellspring_plain', ${wanted}) and d.category_id = any (${categoryIds}::bigint[])`;
  return connection<Suggestion[]>`
    with recent as materialized (select d.group_id from search_documents d where ${titled} and d.is_recent order by d.created_at desc limit 60),
      older as materialized (select d.group_id from search_documents d where ${titled} and not d.is_recent and (select count(*) from recent) < ${limit} limit 60)
    select 'topic' as kind, t.id::int, t.slug, t.title, c.name as place, t.accepted_post_id is not null as "isSolved"
    from (select * from recent union all select * from older) found
    join topics t on t.id = found.group_id and t.removed_at is null and t.unlisted_at is null and t.category_id = any (${categoryIds}::bigint[])
    join categories c on c.id = t.category_id
    order by ln(1 + t.post_count + t.vote_count) - extract(epoch from now() - t.last_post_at) / 15778476 desc
    limit ${limit}`;
}

async function suggestNames(text: string, categoryIds: number[]): Promise<Suggestion[]> {
  const start = `${text.replace(/[%_\\]/g, "\\$&")}%`;
  const connection = searchConnection();
  const seen = connection`any (${categoryIds}::bigint[])`;
  const rows = await connection<Suggestion[]>`
    (select 'member' as kind, username as slug, username, name, avatar_file_id::int as "avatarFileId", null as place, null::int as id, 0 as topics from members
      where lower(username) like ${start} or lower(username) || ' ' || lower(name) like ${`% ${start}`}
      order by post_count desc limit ${LIMITS.members})
    union all
    (select 'tag', slug, null, name, null, null, null, counted.topics from tags
      join (select tag_id, sum(topic_count)::int as topics from tag_counts where topic_count > 0 and category_id = ${seen} group by tag_id) counted on counted.tag_id = tags.id
      where synonym_of_id is null and lower(name) like ${start} order by counted.topics desc limit ${LIMITS.tags})
    union all
    (select 'category', categories.slug, null, categories.name, null, divisions.name, categories.id::int, 0 from categories join divisions on divisions.id = categories.division_id
      where categories.id = ${seen} and categories.holds = 'topics' and (lower(categories.name) like ${start} or lower(categories.name) like ${`% ${start}`}) order by categories.topic_count desc limit ${LIMITS.places})
    union all
    (select 'division', slug, null, name, null, null, null, 0 from divisions
      where lower(name) like ${start} and exists (select from categories where division_id = divisions.id and id = ${seen}) limit ${LIMITS.places})`;
  return [...rows];
}
