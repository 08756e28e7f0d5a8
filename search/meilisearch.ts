import { sql } from "drizzle-orm";
import { db } from "#db/client.ts";
import { keyOfDocument, type SearchDocument } from "./document.ts";
import { emptyFacets, hasFilters, MAX_FOUND, SearchFailedError, type Facets, type SearchEngine, type SearchRequest } from "./engine.ts";
import { meiliClient, type MeiliSettings } from "./meilisearch-client.ts";
import { liveIndex } from "./rebuild.ts";
import { tokensOf } from "./ts-query.ts";

/** A search that takes longer is answered by PostgreSQL instead, in milliseconds. */
const PATIENCE = 1500;

type Hit = Pick<SearchDocument, "id" | "source" | "sourceId" | "group">;

/** Meilisearch behind the port: forgives typing, knows synonyms, and is told what the searcher may see with every query. */
export function meilisearchEngine(settings: MeiliSettings): SearchEngine {
  const client = meiliClient({ url: settings.url, key: settings.searchKey ?? settings.key, timeoutMilliseconds: PATIENCE });
  return {
    name: "meilisearch",
    async search(request) {
      const live = await liveIndex();
      if (!live) throw new SearchFailedError("The index is not filled yet");
      const hasWords = tokensOf(request.query.words).length > 0;
      // Asked for no words, it would answer with everything.
      if (request.categoryIds.length === 0 || !(hasWords || hasFilters(request.query.filters))) return { hits: [], found: 0, facets: emptyFacets() };
      try {
        const filter = await filterOf(request);
        const answer = await client.index<Hit>(live.liveUid).search(hasWords ? request.query.words : "", {
          filter,
          offset: (request.page - 1) * request.pageSize,
          limit: request.pageSize,
          distinct: "group",
          matchingStrategy: request.order === "newest" ? "all" : "last",
          sort: request.order === "newest" ? ["createdAt:desc"] : undefined,
          facets: ["categoryId", "kind", "tags", "author", "solved", "year"],
          attributesToRetrieve: ["id", "source", "sourceId", "group"],
        });
        return {
          hits: answer.hits.map(({ id, group }) => ({ ...keyOfDocument(id), groupId: Number(group.split("-")[1]) })),
          found: Math.min(MAX_FOUND, answer.estimatedTotalHits ?? answer.hits.length),
          facets: facetsOf(answer.facetDistribution ?? {}),
        };
      } catch (error) {
        throw new SearchFailedError("Meilisearch could not answer the search", { cause: error });
      }
    },
  };
}

/** Conditions in Meilisearch's filter language. Values that people typed are quoted; numbers are our own. */
async function filterOf({ query: { filters }, categoryIds }: SearchRequest): Promise<string> {
  const all = [`categoryId IN [${(filters.place ? await placesNamed(filters.place, categoryIds) : categoryIds).join(", ")}]`];
  if (filters.author) all.push(`author = ${quoted(filters.author)}`);
  for (const tag of filters.tags) all.push(`tags = ${quoted(await tagMeant(tag))}`);
  if (filters.kinds.length) all.push(`kind IN [${filters.kinds.map(quoted).join(", ")}]`);
  if (filters.after) all.push(`createdAt >= ${seconds(filters.after)}`);
  if (filters.before) all.push(`createdAt < ${seconds(filters.before)}`);
  const is = { solved: "solved = true", unsolved: "solved = false AND kind = question", open: "closed = false", closed: "closed = true", topic: "isLead = true", reply: "isLead = false" };
  for (const name of filters.is) all.push(is[name]);
  return all.map((one) => `(${one})`).join(" AND ");
}

function quoted(value: string): string {
  return `"${value.slice(0, 200).replace(/[\\"]/g, "\\$&")}"`;
}

function seconds(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** The categories of a place, below it too, among those the searcher sees. */
async function placesNamed(place: string, categoryIds: number[]): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    with recursive below as (
      select categories.id from categories join divisions on divisions.id = categories.division_id
      where categories.slug = ${place} or divisions.slug = ${place} or categories.id::text = ${place}
      union select child.id from categories child join below on child.parent_id = below.id
    ) select id::int as id from below`);
  const seen = new Set(categoryIds);
  return rows.map(({ id }) => id).filter((id) => seen.has(id));
}

async function tagMeant(tag: string): Promise<string> {
  const [row] = await db.execute<{ slug: string }>(sql`
    select coalesce(meant.slug, tags.slug) as slug from tags left join tags meant on meant.id = tags.synonym_of_id
    where tags.slug = ${tag} or lower(tags.name) = ${tag} limit 1`);
  return row?.slug ?? tag;
}

function facetsOf(distribution: Record<string, Record<string, number>>): Facets {
  const list = (name: string, most = 20) =>
    Object.entries(distribution[name] ?? {}).map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, most);
  return { category: list("categoryId", 50), kind: list("kind"), tag: list("tags"), author: list("author", 10), solved: list("solved"), year: list("year") };
}
