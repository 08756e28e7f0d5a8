import type { RichText } from "#db/schema/rich-text.ts";
import type { AccessedPage } from "./pages.ts";

/** What the talk about a page needs to know of it. Its first post says what it is about and leads there. */
export function talkOf({ id, wikiId, categoryId, createdById, title }: AccessedPage) {
  const opening: RichText = { type: "doc", content: [{ type: "paragraph", content: [{ type: "pageLink", attrs: { pageId: id, wikiId, title, words: null } }] }] };
  return { categoryId, authorId: createdById, title, opening };
}
