import { allow, deny, type Decision } from "#app/core/policy.ts";
import { canTakePart } from "#app/core/taking-part.ts";
import { isAdmin, isModeratorOf, type Viewer } from "#app/core/viewer.ts";
import type { Article, Blog } from "#db/schema/blogs.ts";
import type { RightsLevel } from "#db/schema/community.ts";

// Whether a viewer may see something at all is settled before these are asked: see accessBlog and accessArticle.

export type BlogPlace = Pick<Blog, "voice" | "ownerId"> & { level: RightsLevel; divisionId: number; /** Named as an author of the blog. */ isAuthor: boolean };

/** A person's blog is theirs alone: no duty and no group writes in it. */
export function canWriteIn(viewer: Viewer, blog: BlogPlace): Decision {
  const able = canTakePart(viewer);
  if (!able.allowed) return able;
  if (blog.voice === "person") return viewer.kind === "member" && blog.ownerId === viewer.id ? allow : deny("blogs.onlyOwner");
  return blog.level === "create" || blog.isAuthor ? allow : deny("blogs.mayNotWrite");
}

/** Its author, and those who edit the blog. */
export function canEditArticle(viewer: Viewer, blog: BlogPlace, article: Pick<Article, "authorId">): Decision {
  const able = canWriteIn(viewer, blog);
  if (!able.allowed) return able;
  if (viewer.kind === "member" && article.authorId === viewer.id) return allow;
  return isEditorOf(viewer, blog) ? allow : deny("blogs.onlyItsAuthor");
}

/** Its state too, and moderators take out of sight what should not be read. */
export function canTakeBack(viewer: Viewer, blog: BlogPlace, article: Pick<Article, "authorId">): Decision {
  return isModeratorOf(viewer, blog.divisionId) ? canTakePart(viewer) : canEditArticle(viewer, blog, article);
}

/** What a moderator removed, only moderators bring back. */
export function canRestoreArticle(viewer: Viewer, blog: BlogPlace, article: Pick<Article, "authorId" | "removedById">): Decision {
  if (isModeratorOf(viewer, blog.divisionId)) return canTakePart(viewer);
  if (viewer.kind !== "member" || article.removedById !== viewer.id) return deny("blogs.onlyModerators");
  return canEditArticle(viewer, blog, article);
}

/** Who sees articles that readers do not: whoever writes or answers for them. */
export function seesUnpublished(viewer: Viewer, blog: BlogPlace, article: Pick<Article, "authorId">): boolean {
  if (viewer.kind === "guest") return false;
  return article.authorId === viewer.id || canTakeBack(viewer, blog, article).allowed;
}

/** Editors of the site or of the division, and its admins. */
export function isEditorOf(viewer: Viewer, { divisionId }: Pick<BlogPlace, "divisionId">): boolean {
  return isAdmin(viewer) || (viewer.kind === "member" && viewer.roles.some((grant) => grant.role === "editor" && (grant.divisionId === null || grant.divisionId === divisionId)));
}
