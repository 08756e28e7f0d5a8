import { and, asc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { rightsOf } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { blogAuthors, blogFollows, blogs, blogSlugs, type Blog } from "#db/schema/blogs.ts";
import { categories, divisions } from "#db/schema/community.ts";
import type { BlogPlace } from "./policy.ts";

/** A blog with its place and what this viewer may do there. */
export type AccessedBlog = Blog & BlogPlace & { division: { id: number; slug: string; name: string; accent: string } };

/**
 * The only way to get a blog for a viewer, by its address now or by one it had before.
 *
 * @throws NotFoundError when there is none such, or its category is hidden from them
 */
export async function accessBlog(on: Executor, viewer: Viewer, slug: string): Promise<AccessedBlog> {
  const [blog] = await blogsFor(on, viewer).where(eq(blogs.slug, slug));
  if (blog) return blog;
  const [renamed] = await blogsFor(on, viewer).where(inArray(blogs.id, on.select({ id: blogSlugs.blogId }).from(blogSlugs).where(eq(blogSlugs.slug, slug))));
  if (!renamed) throw new NotFoundError("blog");
  return renamed;
}

/** The same by its id. */
export async function accessBlogById(on: Executor, viewer: Viewer, id: number): Promise<AccessedBlog> {
  const [blog] = await blogsFor(on, viewer).where(eq(blogs.id, id));
  if (!blog) throw new NotFoundError("blog");
  return blog;
}

/** Every blog the viewer sees, in the order of the frame. */
export function listBlogs(on: Executor, viewer: Viewer): Promise<AccessedBlog[]> {
  return blogsFor(on, viewer).orderBy(asc(divisions.position), asc(categories.position), asc(blogs.id));
}

function blogsFor(on: Executor, viewer: Viewer) {
  const rights = rightsOf(viewer);
  const viewerId = viewer.kind === "member" ? viewer.id : 0;
  return on
    .select({
      ...getTableColumns(blogs),
      level: rights.level,
      divisionId: categories.divisionId,
      isAuthor: sql<boolean>`exists (select from ${blogAuthors} where ${blogAuthors.blogId} = ${blogs.id} and ${blogAuthors.memberId} = ${viewerId})`,
      division: { id: divisions.id, slug: divisions.slug, name: divisions.name, accent: divisions.accent },
    })
    .from(blogs)
    .innerJoin(categories, eq(categories.id, blogs.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .innerJoin(rights, eq(rights.categoryId, blogs.categoryId))
    .$dynamic();
}

/** Those named as authors of a blog the viewer has been given. */
export function listAuthors(on: Executor, blogId: number) {
  return on
    .select({ id: members.id, username: members.username, name: members.name, avatarFileId: members.avatarFileId, label: members.label })
    .from(blogAuthors)
    .innerJoin(members, eq(members.id, blogAuthors.memberId))
    .where(eq(blogAuthors.blogId, blogId))
    .orderBy(asc(blogAuthors.addedAt), asc(members.id));
}

/** Whether a member is told of each new article; null for a guest. */
export async function readFollow(on: Executor, viewer: Viewer, blogId: number): Promise<boolean | null> {
  if (viewer.kind === "guest") return null;
  return (await on.$count(blogFollows, and(eq(blogFollows.blogId, blogId), eq(blogFollows.memberId, viewer.id)))) > 0;
}

/** For commands of administrators, who keep blogs whose articles they may not read. @throws NotFoundError */
export async function readBlog(on: Executor, blogId: number) {
  const [blog] = await on
    .select({ ...getTableColumns(blogs), divisionId: categories.divisionId, owner: members.username })
    .from(blogs)
    .innerJoin(categories, eq(categories.id, blogs.categoryId))
    .leftJoin(members, eq(members.id, blogs.ownerId))
    .where(eq(blogs.id, blogId));
  if (!blog) throw new NotFoundError("blog");
  return blog;
}

/** All blogs there are, for administrators. */
export function listAllBlogs(on: Executor) {
  return on
    .select({ id: blogs.id, slug: blogs.slug, name: blogs.name, voice: blogs.voice, categoryId: blogs.categoryId, division: divisions.name, articles: sql<number>`(select count(*)::int from articles where articles.blog_id = ${sql.raw("blogs.id")} and articles.state = 'published' and articles.removed_at is null)` })
    .from(blogs)
    .innerJoin(categories, eq(categories.id, blogs.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .orderBy(asc(divisions.position), asc(blogs.name));
}
