import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { settled } from "./settle.ts";
import { inlineToMarkdown } from "./write-inline.ts";

/** Writes a document as Markdown that `markdownToDocument` reads back as the same document. */
export function documentToMarkdown(document: RichText): string {
  return blocksToMarkdown(settled(document).content ?? []);
}

function blocksToMarkdown(blocks: RichTextNode[]): string {
  let variant = 0;
  return blocks
    .map((block, index) => {
      // Two lists of a kind in a row would be read as one, so the second has other bullets.
      variant = listFamily(block) && listFamily(block) === listFamily(blocks[index - 1]) ? 1 - variant : 0;
      return blockToMarkdown(block, variant);
    })
    .join("\n\n");
}

function listFamily(block: RichTextNode | undefined): string | undefined {
  return { bulletList: "bullet", taskList: "bullet", orderedList: "ordered" }[block?.type ?? ""];
}

function blockToMarkdown(block: RichTextNode, variant: number): string {
  const content = block.content ?? [];
  switch (block.type) {
    case "paragraph":
      return inlineToMarkdown(content);
    case "heading":
      return `${block.attrs!.level === 2 ? "##" : "###"} ${inlineToMarkdown(content, "heading")}`.trimEnd();
    case "blockquote":
      return prefixed(blocksToMarkdown(content), "> ", "> ");
    case "postQuote": {
      const { username, topicId, number, postId } = block.attrs as Record<string, string>;
      return prefixed(`@${username} [#${number}](/t/-/${topicId}/${number}#${postId})\n\n${blocksToMarkdown(content)}`, "> ", "> ");
    }
    case "bulletList":
      return listToMarkdown(content, () => (variant ? "* " : "- "));
    case "taskList":
      return listToMarkdown(content, ({ attrs }) => `${variant ? "*" : "-"} [${attrs!.checked ? "x" : " "}] `);
    case "orderedList":
      return listToMarkdown(content, (_item, index) => `${Math.min(Number(block.attrs!.start) + index, 999_999_999)}${variant ? ")" : "."} `);
    case "codeBlock":
      return codeToMarkdown(String(block.attrs?.language ?? ""), content[0]?.text ?? "");
    case "horizontalRule":
      // With no sign that is a bullet too: "- ---" would be one long rule.
      return "___";
    case "table":
      return tableToMarkdown(content);
    default:
      throw new RangeError(`No Markdown for ${block.type}`);
  }
}

function listToMarkdown(items: RichTextNode[], bulletOf: (item: RichTextNode, index: number) => string): string {
  const isTight = items.every(({ content = [] }) => content.slice(1).every(followsAtOnce));
  return items
    .map((item, index) => {
      const bullet = bulletOf(item, index);
      const indent = " ".repeat(bullet.replace(/\[.\] $/, "").length);
      const [first, ...rest] = item.content ?? [];
      const isEmpty = !first?.content?.length;
      // After an empty first line the rest must follow at once, or it would not belong to the item.
      const blocks = isEmpty && bullet === bullet.replace(/\[.\] $/, "") && rest.length > 0 ? blocksToMarkdown(rest) : joinItem(first, rest, isTight);
      return prefixed(blocks, bullet, indent).trimEnd();
    })
    .join(isTight ? "\n" : "\n\n");
}

/** Whether a block may stand right under a line of words and still be read as a list. */
function followsAtOnce({ type, attrs, content }: RichTextNode): boolean {
  return type.endsWith("List") && (attrs?.start ?? 1) === 1 && Boolean(content?.[0]?.content?.[0]?.content?.length);
}

function joinItem(first: RichTextNode | undefined, rest: RichTextNode[], isTight: boolean): string {
  const words = inlineToMarkdown(first?.content ?? []);
  return rest.length > 0 ? words + (isTight ? "\n" : "\n\n") + blocksToMarkdown(rest) : words;
}

function codeToMarkdown(language: string, source: string): string {
  const longest = Math.max(2, ...[...source.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${source ? `${source}\n` : ""}${fence}`;
}

function tableToMarkdown(rows: RichTextNode[]): string {
  const rules: Record<string, string> = { left: ":---", center: ":---:", right: "---:" };
  const lines = rows.map(({ content = [] }) => `| ${content.map((cell) => inlineToMarkdown(cell.content?.[0]?.content ?? [], "cell")).join(" | ")} |`);
  const rule = `| ${(rows[0]?.content ?? []).map(({ attrs }) => rules[String(attrs?.align)] ?? "---").join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

function prefixed(text: string, first: string, others: string): string {
  return text
    .split("\n")
    .map((line, index) => (line || index === 0 ? (index === 0 ? first : others) + line : others.trimEnd()))
    .join("\n");
}
