import { redirect } from "@remix-run/node";
import { cameWithForm } from "#app/core/http.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { accessArticle, type AccessedArticle } from "./articles.ts";
import { accessBlog, type AccessedBlog } from "./blogs.ts";
import { articlePath, blogPath } from "./paths.ts";

type ArticleAddress = { blog: string; article: { slug: string; id: number } };

/** The blog of an address; one that is not its address any more is redirected, after access. @throws as accessBlog */
export async function blogAt(viewer: Viewer, slug: string, request: Request): Promise<AccessedBlog> {
  const blog = await accessBlog(db, viewer, slug);
  if (blog.slug !== slug && !cameWithForm(request)) throw redirect(rightAddress(request, blogPath(slug), blogPath(blog.slug)), 301);
  return blog;
}

/** The article of an address, or of an address below it; redirected in the same way when its words have changed. @throws as accessArticle */
export async function articleAt(viewer: Viewer, { blog, article: { slug, id } }: ArticleAddress, request: Request): Promise<AccessedArticle & { path: string }> {
  const article = await accessArticle(db, viewer, id);
  const path = articlePath({ blog: article.blog.slug, slug: article.slug, id });
  // After access, because the right words say what a hidden article is about.
  if ((blog !== article.blog.slug || slug !== article.slug) && !cameWithForm(request)) throw redirect(rightAddress(request, null, path), 301);
  return { ...article, path };
}

/** The same page under the right address: what follows the blog's or the article's part stays. */
function rightAddress(request: Request, wrong: string | null, right: string): string {
  const { pathname, search } = new URL(request.url);
  const page = pathname.replace(/\.data$/, "");
  const rest = wrong === null ? page.split("/").slice(4).join("/") : page.slice(wrong.length + 1);
  return right + (rest ? `/${rest}` : "") + search;
}
