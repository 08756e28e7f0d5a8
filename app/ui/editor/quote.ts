import type { RichTextNode } from "#db/schema/rich-text.ts";
import { documentToMarkdown } from "../rich-text/write-markdown.ts";

/** A passage of a post, to be quoted in a text: who wrote it, where, and the words. */
export type PostToQuote = { postId: number; topicId: number; postNumber: number; username: string; text: string };

export function quoteOf({ postId, topicId, postNumber, username, text }: PostToQuote): RichTextNode {
  const lines = text.split(/\n+/).map((line) => line.trim()).filter(Boolean);
  const content = lines.map((line) => ({ type: "paragraph", content: [{ type: "text", text: line }] }));
  return { type: "postQuote", attrs: { postId, topicId, number: postNumber, username }, content: content.length > 0 ? content : [{ type: "paragraph" }] };
}

export function quoteAsMarkdown(quote: PostToQuote): string {
  return documentToMarkdown({ type: "doc", content: [quoteOf(quote)] });
}
