import { articlePath, blogPath } from "#app/core/knowledge-paths.ts";

export { articlePath, blogPath };

export function seriesPath(blog: string, series: string): string {
  return `${blogPath(blog)}/series/${series}`;
}

export function blogTagPath(blog: string, tag: string): string {
  return `${blogPath(blog)}/tag/${encodeURIComponent(tag)}`;
}

export function blogAuthorPath(blog: string, username: string): string {
  return `${blogPath(blog)}/by/${username.toLowerCase()}`;
}

/** Works for whoever has it, signed in or not, until the article is published or the link made anew. */
export function previewPath(blog: string, token: string): string {
  return `${blogPath(blog)}/preview/${token}`;
}

export function adminBlogPath(blogId: number): string {
  return `/admin/blogs/${blogId}`;
}
