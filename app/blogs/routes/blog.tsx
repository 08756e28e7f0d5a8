import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { titled } from "#app/ui/meta.ts";
import { blogAt } from "../blog-for.ts";
import { BlogView } from "../components/blog-view.tsx";
import { blogParams } from "../inputs.ts";
import { blogPath } from "../paths.ts";
import { readShelf } from "../shelf.ts";

/** A blog's home: its articles, the newest first. */
export const loader = defineLoader({ params: blogParams }, async ({ viewer, params, request }) => {
  const blog = await blogAt(viewer, params.blog, request);
  return { ...(await readShelf(viewer, blog, { request, base: blogPath(blog.slug), filter: {} })), title: translate(viewer.locale, "blogs.titleOf", { name: blog.name }), shelf: null };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => (data ? titled(data.blog.name, matches, data.blog.description || undefined) : []);

export default function BlogPage() {
  const data = useLoaderData<typeof loader>();
  return <BlogView {...data} />;
}
