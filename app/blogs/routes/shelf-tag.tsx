import { redirect, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { tagSlug } from "#app/core/tags.ts";
import { titled } from "#app/ui/meta.ts";
import { blogAt } from "../blog-for.ts";
import { BlogView } from "../components/blog-view.tsx";
import { blogParams } from "../inputs.ts";
import { blogTagPath } from "../paths.ts";
import { readShelf } from "../shelf.ts";

/** The articles of a blog under one tag. A tag of none of them is not there: its name could tell of what is not public. */
export const loader = defineLoader({ params: blogParams.extend({ tag: z.string().max(200) }) }, async ({ viewer, params, request }) => {
  const blog = await blogAt(viewer, params.blog, request);
  const slug = tagSlug(params.tag);
  const base = blogTagPath(blog.slug, slug);
  const shelf = await readShelf(viewer, blog, { request, base, filter: { tag: slug } });
  if (shelf.items.length === 0) throw new NotFoundError("tag");
  if (params.tag !== slug) throw redirect(base, 301);
  const name = shelf.tags.find((tag) => tag.slug === slug)?.name ?? slug;
  return { ...shelf, title: `#${name}`, shelf: { title: `#${name}`, lead: translate(viewer.locale, "blogs.tagLead", { blog: blog.name }) } };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => (data ? titled(data.title, matches, data.shelf.lead) : []);

export default function BlogTagPage() {
  return <BlogView {...useLoaderData<typeof loader>()} />;
}
