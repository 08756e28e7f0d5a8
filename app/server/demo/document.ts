import type { RichText } from "#db/schema/rich-text.ts";

export function documentOf(markdown: string): RichText {
  return { type: "doc", content: markdown.split(/\n\n+/).map((text) => ({ type: "paragraph", content: [{ type: "text", text }] })) };
}
