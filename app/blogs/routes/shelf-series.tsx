import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { blogAt } from "../blog-for.ts";
import { BlogView } from "../components/blog-view.tsx";
import { blogParams } from "../inputs.ts";
import { seriesPath } from "../paths.ts";
import { accessSeries, listParts } from "../series.ts";
import { readShelf } from "../shelf.ts";

/** The articles of one series. */
export const loader = defineLoader({ params: blogParams.extend({ series: z.string().max(120) }) }, async ({ viewer, params, request }) => {
  const blog = await blogAt(viewer, params.blog, request);
  const series = await accessSeries(db, blog.id, params.series);
  const [shelf, parts] = await Promise.all([readShelf(viewer, blog, { request, base: seriesPath(blog.slug, series.slug), filter: { seriesId: series.id } }), listParts(db, series.id)]);
  // Read from the first part on, however lists stand elsewhere.
  const order = new Map(parts.map(({ id }, index) => [id, index]));
  return {
    ...shelf,
    items: shelf.items.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
    title: series.title,
    shelf: { title: series.title, lead: series.description || translate(viewer.locale, "blogs.seriesLead", { count: parts.length, blog: blog.name }) },
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => (data ? titled(data.title, matches, data.shelf.lead) : []);

export default function SeriesPage() {
  return <BlogView {...useLoaderData<typeof loader>()} />;
}
