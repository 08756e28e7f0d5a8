import { z } from "zod";
import { idParam } from "#app/core/ids.ts";
import type { Viewer } from "#app/core/viewer.ts";
import type { Found } from "#app/ui/found.tsx";
import { db } from "#db/client.ts";
import { listArticles, listBlogTags, listUnpublished, listWriters, type ArticleFilter } from "./article-lists.ts";
import { readFollow, type AccessedBlog } from "./blogs.ts";
import { canWriteIn, isEditorOf } from "./policy.ts";
import { blogPath } from "./paths.ts";
import { listSeries } from "./series.ts";

const asked = z.object({ after: idParam.optional().catch(undefined) });

export type ShelfData = Awaited<ReturnType<typeof readShelf>>;

/** What a page with articles of one blog shows: all of them, or those of a series, a tag or a writer. */
export async function readShelf(viewer: Viewer, blog: AccessedBlog, { request, base, filter }: { request: Request; /** The address of the page. */ base: string; filter: ArticleFilter }) {
  const { after } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const writes = canWriteIn(viewer, blog).allowed;
  const viewerId = viewer.kind === "member" ? viewer.id : null;
  const [list, series, tags, writers, follows, waiting] = await Promise.all([
    listArticles(db, viewer, { blogId: blog.id, ...filter }, { after }),
    listSeries(db, blog.id),
    listBlogTags(db, blog.id),
    listWriters(db, blog.id),
    readFollow(db, viewer, blog.id),
    writes && after === undefined ? listUnpublished(db, blog, isEditorOf(viewer, blog) ? null : viewerId, { limit: 6 }) : [],
  ]);
  return {
    place: { divisionId: blog.divisionId, categoryId: blog.categoryId },
    blog: { id: blog.id, slug: blog.slug, name: blog.name, description: blog.description, voice: blog.voice, division: blog.division },
    items: list.items,
    next: list.next === null ? null : `${base}?after=${list.next}`,
    isFirst: after === undefined,
    series, tags, writers, follows, writes, waiting,
    found: { canonical: after === undefined ? base : undefined, feeds: feedsOf(blog, base), card: { kind: "website", title: blog.name, description: blog.description } } as Found,
  };
}

/** The blog's own feed, and that of the part looked at. Tags and names may end like a feed, so theirs has a name of its own. */
function feedsOf({ slug, name }: AccessedBlog, base: string) {
  const [, kind, part] = base.slice(blogPath(slug).length).split("/");
  const own = part ? [{ path: kind === "series" ? base : `${base}/articles`, title: `${name}: ${decodeURIComponent(part)}` }] : [];
  return [...own, { path: blogPath(slug), title: name }];
}
