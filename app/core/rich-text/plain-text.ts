import { pageLinkWords, type PageLinkAttributes } from "#app/ui/rich-text/page-link.ts";
import type { RichTextNode } from "#db/schema/rich-text.ts";

const blockTypes = new Set(["paragraph", "heading", "codeBlock", "tableRow"]);

/** The words of some blocks, one block a line. What is quoted from another post is that post's, and left out. */
export function wordsOf(blocks: RichTextNode[]): string {
  return blocks.map(wordsOfBlock).filter(Boolean).join("\n");
}

function wordsOfBlock(node: RichTextNode): string {
  const content = node.content ?? [];
  if (node.type === "postQuote") return "";
  if (node.type === "tableRow") return content.map((cell) => wordsOf(cell.content ?? [])).join("\t").trim();
  return blockTypes.has(node.type) ? content.map(wordsOfInline).join("").trim() : wordsOf(content);
}

function wordsOfInline({ type, text, attrs }: RichTextNode): string {
  if (type === "text") return text ?? "";
  if (type === "hardBreak") return "\n";
  if (type === "pageLink") return pageLinkWords(attrs as PageLinkAttributes);
  return type === "mention" ? `@${String(attrs?.username)}` : String(attrs?.alt ?? "");
}
