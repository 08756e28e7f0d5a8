import { quoteAsMarkdown } from "#app/ui/editor/quote.ts";

/** How much of a post a whole quote takes along, in characters. */
const MAX_QUOTE = 1200;

/** A post's words as a Markdown quote that names who said them and leads back. */
export function quoteOf(topicId: number, post: { id: number; number: number; author: { username: string }; bodyHtml: string }): string {
  return `${quoteAsMarkdown({ postId: post.id, topicId, postNumber: post.number, username: post.author.username, text: wordsOf(post.bodyHtml).slice(0, MAX_QUOTE) })}\n\n`;
}

/** The words of rendered HTML, a block to a line. Quotes inside it are left out: one level is enough. */
function wordsOf(html: string): string {
  return html
    .replace(/<blockquote[\s\S]*?<\/blockquote>/g, "")
    .replace(/<\/(p|li|h[1-6]|pre|tr)>|<br\s*\/?>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&")
    .replace(/\n{2,}/g, "\n")
    .trim();
}
