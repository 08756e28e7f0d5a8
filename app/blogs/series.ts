import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { slugOf } from "#app/core/slug.ts";
import type { Executor, Tx } from "#db/client.ts";
import { articles, blogSeries } from "#db/schema/blogs.ts";

/** The series of a blog that is called so, begun with its first article. What differs only in capitals or signs is the same. */
export async function meantSeries(tx: Tx, blogId: number, title: string): Promise<number> {
  const slug = slugOf(title, `series-${Buffer.from(title).toString("hex").slice(0, 16)}`);
  await tx.insert(blogSeries).values({ blogId, slug, title }).onConflictDoNothing();
  const [series] = await tx.select({ id: blogSeries.id }).from(blogSeries).where(and(eq(blogSeries.blogId, blogId), eq(blogSeries.slug, slug)));
  return series!.id;
}

/** One of a blog the viewer has been given. @throws NotFoundError when none of its articles is published: its title could tell of them */
export async function accessSeries(on: Executor, blogId: number, slug: string) {
  const [series] = await on.select().from(blogSeries).where(and(eq(blogSeries.blogId, blogId), eq(blogSeries.slug, slug)));
  if (!series || (await listParts(on, series.id)).length === 0) throw new NotFoundError("series");
  return series;
}

/** Its published articles in the order in which they are read. */
export function listParts(on: Executor, seriesId: number) {
  return on
    .select({ id: articles.id, slug: articles.slug, title: articles.title, part: articles.seriesPart })
    .from(articles)
    .where(and(eq(articles.seriesId, seriesId), eq(articles.state, "published"), isNull(articles.removedAt)))
    .orderBy(sql`${articles.seriesPart} nulls last`, asc(articles.publishedAt), asc(articles.id))
    .limit(200);
}

/** The titles of a blog's series, for those who write in it. */
export function listSeriesTitles(on: Executor, blogId: number) {
  return on.select({ title: blogSeries.title }).from(blogSeries).where(eq(blogSeries.blogId, blogId)).orderBy(asc(blogSeries.title)).limit(200);
}

/** The series of a blog with so many published articles each. */
export function listSeries(on: Executor, blogId: number) {
  return on
    .select({ slug: blogSeries.slug, title: blogSeries.title, count: sql<number>`count(*)::int` })
    .from(blogSeries)
    .innerJoin(articles, eq(articles.seriesId, blogSeries.id))
    .where(and(eq(blogSeries.blogId, blogId), eq(articles.state, "published"), isNull(articles.removedAt)))
    .groupBy(blogSeries.id)
    .orderBy(sql`max(${articles.publishedAt}) desc`)
    .limit(50);
}
