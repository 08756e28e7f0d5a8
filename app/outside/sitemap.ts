import { and, asc, between, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { config } from "#app/core/config.ts";
import { articlePath, blogPath, pagePath, wikiPath } from "#app/core/knowledge-paths.ts";
import { guest } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { categoryPath, tagPath, topicPath } from "#app/forums/paths.ts";
import { divisionPath } from "#app/community/paths.ts";
import { listTags } from "#app/forums/tags.ts";
import { db } from "#db/client.ts";
import { articles, blogs } from "#db/schema/blogs.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import { xml } from "./xml.ts";

// The map of what a guest may read, after sitemaps.org. A part holds the rows of one stretch of ids, so that finding it
// counts nothing and skips nothing, and a row stays in its part for ever.

export const mapKinds = ["places", "topics", "articles", "pages"] as const;
export type MapKind = (typeof mapKinds)[number];

/** The most that a part may hold is 50,000 addresses (sitemaps.org). */
export const PART_IDS = 50_000;
const BATCH = 2000;

type Address = { path: string; changedAt: Date | null };

/** What people say about an article or a page stands under it, and that is in the map itself. It lies where that lies. */
const isOwnTopic = sql`category_id in (select own.id from categories own where own.holds = 'topics')`;

/** The parts that hold something, each with when anything in it last changed as far as guests may know. */
export async function listParts(partIds = PART_IDS): Promise<{ kind: MapKind; part: number; changedAt: Date }[]> {
  const [ofTopics, ofArticles, ofPages] = await Promise.all([
    partsOf(sql`topics`, sql`last_post_at`, sql`removed_at is null and unlisted_at is null and ${isOwnTopic}`, partIds),
    partsOf(sql`articles`, sql`coalesce(edited_at, published_at)`, sql`state = 'published' and removed_at is null and canonical_url = ''`, partIds),
    partsOf(sql`pages`, sql`edited_at`, sql`removed_at is null and published_revision > 0 and not is_template`, partIds),
  ]);
  const parts = (kind: MapKind, found: { part: number; changedAt: Date }[]) => found.map((part) => ({ kind, ...part }));
  return [...parts("topics", ofTopics), ...parts("articles", ofArticles), ...parts("pages", ofPages)];
}

/** Index-only for topics: topics_latest_in_category holds all that is asked for. */
async function partsOf(table: ReturnType<typeof sql>, changed: ReturnType<typeof sql>, isShown: ReturnType<typeof sql>, partIds: number) {
  const rows = await db.execute<{ part: number; changedAt: string }>(sql`
    select ((id - 1) / ${partIds}::bigint + 1)::int as part, max(${changed}) as "changedAt" from ${table}
    where category_id = any(array(${visibleCategoryIds(guest)})) and ${isShown} group by 1 order by 1`);
  return rows.map(({ part, changedAt }) => ({ part, changedAt: new Date(changedAt) }));
}

/** The addresses of one part, a batch at a time, so that the largest weighs nothing. */
export async function* addressesOf(kind: MapKind, part: number, partIds = PART_IDS): AsyncGenerator<Address[]> {
  if (kind === "places") {
    if (part === 1) yield await places();
    return;
  }
  const last = part * partIds;
  let after = (part - 1) * partIds;
  for (;;) {
    const rows = await batches[kind](after, last);
    if (rows.length > 0) yield rows.map(({ path, changedAt }) => ({ path, changedAt }));
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}

const batches: Record<Exclude<MapKind, "places">, (after: number, last: number) => Promise<(Address & { id: number })[]>> = {
  async topics(after, last) {
    const rows = await db.select({ id: topics.id, slug: topics.slug, changedAt: topics.lastPostAt }).from(topics)
      .where(and(between(topics.id, after + 1, last), inArray(topics.categoryId, visibleCategoryIds(guest)), isNull(topics.removedAt), isNull(topics.unlistedAt), isOwnTopic))
      .orderBy(asc(topics.id)).limit(BATCH);
    return rows.map((row) => ({ ...row, path: topicPath(row) }));
  },
  async articles(after, last) {
    // One that was published elsewhere first is found there.
    const rows = await db.select({ id: articles.id, slug: articles.slug, blog: blogs.slug, changedAt: sql<Date>`coalesce(${articles.editedAt}, ${articles.publishedAt})`.mapWith(articles.editedAt) })
      .from(articles).innerJoin(blogs, eq(blogs.id, articles.blogId))
      .where(and(between(articles.id, after + 1, last), inArray(articles.categoryId, visibleCategoryIds(guest)), eq(articles.state, "published"), isNull(articles.removedAt), eq(articles.canonicalUrl, "")))
      .orderBy(asc(articles.id)).limit(BATCH);
    return rows.map((row) => ({ ...row, path: articlePath(row) }));
  },
  async pages(after, last) {
    const rows = await db.select({ id: pages.id, slug: pages.slug, wiki: wikis.slug, changedAt: pages.editedAt })
      .from(pages).innerJoin(wikis, eq(wikis.id, pages.wikiId))
      .where(and(between(pages.id, after + 1, last), inArray(pages.categoryId, visibleCategoryIds(guest)), gt(pages.publishedRevision, 0), isNull(pages.removedAt), eq(pages.isTemplate, false)))
      .orderBy(asc(pages.id)).limit(BATCH);
    return rows.map((row) => ({ ...row, path: pagePath(row) }));
  },
};

/** Home, and the lists of every place a guest sees. Profiles are left out: they are found by those who look for somebody. */
async function places(): Promise<Address[]> {
  const seen = await db.select({ id: categories.id, slug: categories.slug, holds: categories.holds, division: divisions.slug, blog: blogs.slug, wiki: wikis.slug })
    .from(categories).innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .leftJoin(blogs, eq(blogs.categoryId, categories.id)).leftJoin(wikis, eq(wikis.categoryId, categories.id))
    .where(and(inArray(categories.id, visibleCategoryIds(guest)), isNotNull(categories.slug))).orderBy(asc(categories.id)).limit(PART_IDS / 4);
  const tags = await listTags(db, guest, { limit: PART_IDS / 4 });
  const ofCategories = seen.flatMap(({ holds, blog, wiki, ...category }) => (holds === "topics" ? [categoryPath(category)] : blog ? [blogPath(blog)] : wiki ? [wikiPath(wiki)] : []));
  const paths = ["/", "/divisions", "/tags", ...new Set(seen.map(({ division }) => divisionPath({ slug: division }))), ...ofCategories, ...tags.map(tagPath)];
  return paths.map((path) => ({ path, changedAt: null }));
}

export function writeIndex(parts: { kind: MapKind; part: number; changedAt: Date | null }[]): string {
  const entries = parts.map(({ kind, part, changedAt }) => `<sitemap><loc>${xml(`${config.baseUrl}/sitemaps/${kind}/${part}.xml`)}</loc>${lastmod(changedAt)}</sitemap>\n`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join("")}</sitemapindex>\n`;
}

/** A part in pieces. */
export async function* writePart(batches: AsyncIterable<Address[]>): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n`;
  for await (const batch of batches) yield batch.map(({ path, changedAt }) => `<url><loc>${xml(config.baseUrl + path)}</loc>${lastmod(changedAt)}</url>\n`).join("");
  yield "</urlset>\n";
}

function lastmod(at: Date | null): string {
  return at ? `<lastmod>${at.toISOString()}</lastmod>` : "";
}
