import { eq, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { divisionPath } from "#app/community/paths.ts";
import { blogPath, wikiPath } from "#app/core/knowledge-paths.ts";
import { tagPath } from "#app/forums/paths.ts";
import { profilePath } from "#app/profiles/paths.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { blogs, blogSeries } from "#db/schema/blogs.ts";
import { divisions } from "#db/schema/community.ts";
import { tags } from "#db/schema/forums.ts";
import { wikis } from "#db/schema/wikis.ts";

type PathOf = (first: number, second: number) => Promise<string | null>;

/** Where the list of a key is by now. Whether a viewer may see it is for `findFeed` to say. */
const pathsOf: [RegExp, PathOf][] = [
  [/^topics$/, async () => "/latest"],
  [/^articles$/, async () => "/blogs"],
  [/^division:(\d+)$/, (id) => named(divisions, divisions.slug, eq(divisions.id, id), (slug) => divisionPath({ slug }))],
  // The id decides in their addresses; the words lead nowhere else.
  [/^category:(\d+)$/, async (id) => `/c/x/${id}`],
  [/^topic:(\d+):posts$/, async (id) => `/t/x/${id}`],
  [/^tag:(\d+)$/, (id) => named(tags, tags.slug, eq(tags.id, id), (slug) => `${tagPath({ slug })}/topics`)],
  [/^member:(\d+):topics$/, (id) => named(members, members.username, eq(members.id, id), (name) => `${profilePath(name)}/topics`)],
  [/^blog:(\d+)$/, (id) => pathOfBlog(id)],
  [/^blog:(\d+):author:(\d+)$/, (id, authorId) => inBlog(id, named(members, members.username, eq(members.id, authorId), (name) => `/by/${name.toLowerCase()}/articles`))],
  [/^blog:(\d+):tag:(\d+)$/, (id, tagId) => inBlog(id, named(tags, tags.slug, eq(tags.id, tagId), (slug) => `/tag/${encodeURIComponent(slug)}/articles`))],
  [/^series:(\d+)$/, (id) => pathOfSeries(id)],
  [/^wiki:(\d+)$/, (id) => named(wikis, wikis.slug, eq(wikis.id, id), wikiPath)],
];

/** Null for what is no key, or whose row is gone. */
export async function pathOfKey(key: string): Promise<string | null> {
  for (const [pattern, pathOf] of pathsOf) {
    const parts = pattern.exec(key);
    if (parts) return pathOf(Number(parts[1]), Number(parts[2]));
  }
  return null;
}

async function named(table: PgTable, name: PgColumn, which: SQL, pathOf: (name: string) => string): Promise<string | null> {
  const [row] = await db.select({ name }).from(table).where(which);
  return row ? pathOf(row.name as string) : null;
}

function pathOfBlog(id: number): Promise<string | null> {
  return named(blogs, blogs.slug, eq(blogs.id, id), blogPath);
}

async function inBlog(id: number, rest: Promise<string | null>): Promise<string | null> {
  const [blog, part] = await Promise.all([pathOfBlog(id), rest]);
  return blog && part && blog + part;
}

async function pathOfSeries(id: number): Promise<string | null> {
  const [row] = await db.select({ blogId: blogSeries.blogId, slug: blogSeries.slug }).from(blogSeries).where(eq(blogSeries.id, id));
  return row ? inBlog(row.blogId, Promise.resolve(`/series/${row.slug}`)) : null;
}
