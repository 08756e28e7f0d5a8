import type { Article } from "#db/schema/blogs.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { articlePath } from "./paths.ts";

/** What the talk about an article needs to know of it. Its first post says what it is about and leads there. */
export function subjectOf({ categoryId, authorId, title, excerpt, commentsClosedAt, slug, id }: Article, blog: string) {
  const opening: RichText = {
    type: "doc",
    content: [
      { type: "paragraph", content: [{ type: "text", text: title, marks: [{ type: "link", attrs: { href: articlePath({ blog, slug, id }) } }] }] },
      ...(excerpt ? [{ type: "paragraph", content: [{ type: "text", text: excerpt }] }] : []),
    ],
  };
  return { categoryId, authorId, title, opening, closedAt: commentsClosedAt };
}
