import type { RichText, RichTextMark, RichTextNode } from "#db/schema/rich-text.ts";

const markOrder = ["link", "bold", "italic", "strike", "code"];
const byOrder = (one: RichTextMark, other: RichTextMark) => markOrder.indexOf(one.type) - markOrder.indexOf(other.type);

/**
 * One form for what means the same: marks in one order, neighbouring text with equal marks joined, nothing empty that
 * shows nothing, tables with one header row and as many cells in each row. Markdown can say all that is left.
 */
export function settled(document: RichText): RichText {
  return { type: "doc", content: settledBlocks(document.content ?? []) };
}

function settledBlocks(nodes: RichTextNode[]): RichTextNode[] {
  const blocks = nodes.map(settledBlock).filter((node) => nodes.length === 1 || !isEmptyParagraph(node));
  return blocks.length > 0 ? blocks : [{ type: "paragraph" }];
}

function settledBlock(node: RichTextNode): RichTextNode {
  const content = node.content ?? [];
  switch (node.type) {
    case "paragraph":
    case "heading":
      return withContent(node, settledInline(content));
    case "codeBlock": {
      const source = content.map(({ text }) => text ?? "").join("");
      return withContent(node, source ? [{ type: "text", text: source }] : []);
    }
    case "listItem":
    case "taskItem": {
      // An item begins with a paragraph, be it an empty one.
      const blocks = content.map(settledBlock).filter((block) => !isEmptyParagraph(block));
      return { ...node, content: blocks[0]?.type === "paragraph" ? blocks : [{ type: "paragraph" }, ...blocks] };
    }
    case "bulletList":
    case "orderedList":
    case "taskList":
      return { ...node, content: content.map(settledBlock) };
    case "table":
      return settledTable(node);
    case "horizontalRule":
      return node;
    default:
      return { ...node, content: settledBlocks(content) };
  }
}

function settledTable(table: RichTextNode): RichTextNode {
  const rows = table.content ?? [];
  const columns = Math.max(...rows.map((row) => row.content!.length));
  const aligns = Array.from({ length: columns }, (_, column) => rows[0]!.content![column]?.attrs?.align ?? null);
  return {
    ...table,
    content: rows.map((row, index) => ({
      type: "tableRow",
      content: aligns.map((align, column) => ({
        type: index === 0 ? "tableHeader" : "tableCell",
        attrs: { align, colspan: 1, rowspan: 1, colwidth: null },
        content: [settledBlock(row.content![column]?.content?.[0] ?? { type: "paragraph" })],
      })),
    })),
  };
}

function settledInline(nodes: RichTextNode[]): RichTextNode[] {
  const settledNodes: RichTextNode[] = [];
  for (const node of nodes) {
    const marks = marksOf(node);
    const next: RichTextNode = { ...node };
    delete next.marks;
    if (marks.length > 0) next.marks = marks;
    const last = settledNodes.at(-1);
    if (next.type === "text" && !next.text) continue;
    if (next.type === "text" && last?.type === "text" && JSON.stringify(last.marks) === JSON.stringify(next.marks)) {
      settledNodes[settledNodes.length - 1] = { ...last, text: last.text! + next.text! };
    } else settledNodes.push(next);
  }
  // Breaks at the end show nothing.
  while (settledNodes.at(-1)?.type === "hardBreak") settledNodes.pop();
  return settledNodes;
}

const LOOK_OF_A_LINK = ["bold", "italic", "strike"];
/** A break carries no look, a mention is a link of its own, and a picture can only be one. */
export const marksAllowed: Readonly<Record<string, string[]>> = { hardBreak: [], mention: LOOK_OF_A_LINK, pageLink: LOOK_OF_A_LINK, image: ["link"] };

function marksOf({ type, marks = [] }: RichTextNode): RichTextMark[] {
  return marks.filter((mark) => marksAllowed[type]?.includes(mark.type) ?? true).sort(byOrder);
}

function withContent(node: RichTextNode, content: RichTextNode[]): RichTextNode {
  const { content: _before, ...rest } = node;
  return content.length > 0 ? { ...rest, content } : rest;
}

function isEmptyParagraph(node: RichTextNode): boolean {
  return node.type === "paragraph" && !node.content?.length;
}
