import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { titled } from "#app/ui/meta.ts";
import { blogAt } from "../blog-for.ts";
import { BlogView } from "../components/blog-view.tsx";
import { readAuthor } from "../authors.ts";
import { blogParams } from "../inputs.ts";
import { blogAuthorPath } from "../paths.ts";
import { readShelf } from "../shelf.ts";

/** What one person published in a blog. Who published nothing here has no such page. */
export const loader = defineLoader({ params: blogParams.extend({ username: z.string().max(60) }) }, async ({ viewer, params, request }) => {
  const blog = await blogAt(viewer, params.blog, request);
  const author = await readAuthor(params.username);
  const shelf = await readShelf(viewer, blog, { request, base: blogAuthorPath(blog.slug, author.username), filter: { authorId: author.id } });
  if (shelf.items.length === 0) throw new NotFoundError("author");
  return { ...shelf, title: author.name, shelf: { title: author.name, lead: translate(viewer.locale, "blogs.authorLead", { blog: blog.name }) } };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => (data ? titled(data.title, matches, data.shelf.lead) : []);

export default function BlogAuthorPage() {
  return <BlogView {...useLoaderData<typeof loader>()} />;
}
