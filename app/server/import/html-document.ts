import { parseDocument } from "htmlparser2";
import type { RichText, RichTextMark, RichTextNode } from "#db/schema/rich-text.ts";

type Nodes = ReturnType<typeof parseDocument>["childNodes"];
type Child = Nodes[number];

/** Quotes and lists deeper than this are laid flat: our documents end at about twenty levels. */
const MAX_DEPTH = 6;
const MAX_LENGTH = 200_000;

const MARKS: Record<string, string> = {
  b: "bold", strong: "bold", i: "italic", em: "italic", s: "strike", strike: "strike", del: "strike",
  code: "code", kbd: "code", samp: "code", tt: "code",
};
const BLOCKS = new Set(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "dl", "dt", "dd", "section", "article", "center"]);
const NOTHING = new Set(["script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math", "head", "title", "form", "input", "button", "select", "textarea", "audio", "video"]);

/**
 * Reads HTML of unknown origin into a document of ours. It names what it knows and leaves out all else, so what was
 * hostile about it has no way in; the document is checked and its rendering sanitised after that like anybody's.
 *
 * `resolve` turns an address as written into one of ours or an absolute one; undefined leaves only the words.
 */
export function htmlToDocument(html: string, resolve: (href: string) => string | undefined): RichText {
  const content = blocksOf(parseDocument(html.slice(0, MAX_LENGTH)).childNodes, resolve, 0);
  return { type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] };
}

type Resolve = (href: string) => string | undefined;

function blocksOf(nodes: Nodes, resolve: Resolve, depth: number): RichTextNode[] {
  const blocks: RichTextNode[] = [];
  let run: Child[] = [];
  const flush = () => {
    const content = inlineOf(run, resolve);
    if (content.length > 0) blocks.push({ type: "paragraph", content });
    run = [];
  };
  for (const node of nodes) {
    if (node.type === "tag" && (BLOCKS.has(node.name) || holdsBlocks(node))) {
      flush();
      blocks.push(...blockOf(node, resolve, depth));
    } else run.push(node);
  }
  flush();
  return blocks;
}

/** An inline element around paragraphs, as careless HTML has them. */
function holdsBlocks(node: Child): boolean {
  return "childNodes" in node && !NOTHING.has((node as { name?: string }).name ?? "") && node.childNodes.some((child) => child.type === "tag" && BLOCKS.has(child.name));
}

function blockOf(node: Extract<Child, { type: unknown; name: string }>, resolve: Resolve, depth: number): RichTextNode[] {
  const { name, childNodes } = node as unknown as { name: string; childNodes: Nodes; attribs: Record<string, string> };
  const inside = () => blocksOf(childNodes, resolve, depth + 1);
  if (/^h[1-6]$/.test(name)) {
    const content = inlineOf(childNodes, resolve).filter(({ type }) => type === "text");
    return content.length > 0 ? [{ type: "heading", attrs: { level: name === "h1" || name === "h2" ? 2 : 3 }, content }] : [];
  }
  if (name === "pre") {
    const text = textOf(childNodes).replace(/\n$/, "");
    return text ? [{ type: "codeBlock", content: [{ type: "text", text }] }] : [];
  }
  if (name === "hr") return [{ type: "horizontalRule" }];
  if (depth >= MAX_DEPTH) return inside();
  if (name === "blockquote") return wrapped("blockquote", inside());
  if (name === "ul" || name === "ol") return listOf(name, node, childNodes, resolve, depth);
  if (name === "table") return tableOf(childNodes, resolve);
  return inside();
}

function wrapped(type: string, content: RichTextNode[]): RichTextNode[] {
  return content.length > 0 ? [{ type, content }] : [];
}

function listOf(name: string, node: unknown, children: Nodes, resolve: Resolve, depth: number): RichTextNode[] {
  const items = children.flatMap((child) => {
    if (child.type !== "tag") return [];
    const blocks = blocksOf(child.name === "li" ? child.childNodes : [child], resolve, depth + 1);
    if (blocks.length === 0) return [];
    return [{ type: "listItem", content: blocks[0]!.type === "paragraph" ? blocks : [{ type: "paragraph" }, ...blocks] }];
  });
  if (items.length === 0) return [];
  if (name === "ul") return [{ type: "bulletList", content: items }];
  const start = Number((node as { attribs: Record<string, string> }).attribs.start ?? 1);
  return [{ type: "orderedList", attrs: { start: Number.isInteger(start) && start >= 0 && start < 1e9 ? start : 1 }, content: items }];
}

/** Tables become lines with bars between their cells. */
function tableOf(children: Nodes, resolve: Resolve): RichTextNode[] {
  return rowsIn(children).flatMap((cells) => {
    const content = cells.flatMap((cell, at) => [...(at > 0 ? [{ type: "text", text: " | " }] : []), ...inlineOf(cell, resolve)]);
    return content.length > 0 ? [{ type: "paragraph", content: joined(content) }] : [];
  });
}

function rowsIn(nodes: Nodes): Nodes[][] {
  return nodes.flatMap((node) => {
    if (node.type !== "tag") return [];
    if (node.name !== "tr") return rowsIn(node.childNodes);
    return [node.childNodes.flatMap((cell) => (cell.type === "tag" ? [cell.childNodes] : []))];
  });
}

function inlineOf(nodes: Nodes, resolve: Resolve): RichTextNode[] {
  return trimmed(joined(nodes.flatMap((node) => inline(node, resolve, []))));
}

function inline(node: Child, resolve: Resolve, marks: RichTextMark[]): RichTextNode[] {
  if (node.type === "text") return textNode(node.data.replace(/[\s\p{Cc}]+/gu, " "), marks);
  if (node.type !== "tag" || NOTHING.has(node.name)) return [];
  if (node.name === "br") return [{ type: "hardBreak" }];
  if (node.name === "img") return pictureOf(node.attribs, resolve, marks);
  const href = node.name === "a" ? resolve(node.attribs.href ?? "") : undefined;
  const mark = href ? { type: "link", attrs: { href } } : MARKS[node.name] ? { type: MARKS[node.name]! } : undefined;
  const more = mark && !marks.some(({ type }) => type === mark.type) ? [...marks, mark] : marks;
  return node.childNodes.flatMap((child) => inline(child, resolve, more));
}

/** Pictures stay where they are, and are linked: showing them would tell that place who reads us. */
function pictureOf({ src = "", alt = "" }: Record<string, string>, resolve: Resolve, marks: RichTextMark[]): RichTextNode[] {
  const href = resolve(src);
  const text = alt.trim().replace(/\s+/g, " ") || "picture";
  return textNode(`[${text}]`, href && !marks.some(({ type }) => type === "link") ? [...marks, { type: "link", attrs: { href } }] : marks);
}

function textNode(text: string, marks: RichTextMark[]): RichTextNode[] {
  if (!text) return [];
  // Code is code and nothing else: ProseMirror lets no other mark stand beside it.
  const allowed = marks.some(({ type }) => type === "code") ? marks.filter(({ type }) => type === "code") : marks;
  return [{ type: "text", text, ...(allowed.length > 0 ? { marks: allowed } : {}) }];
}

/** Neighbours with the same marks become one, and blanks that meet become one. */
function joined(nodes: RichTextNode[]): RichTextNode[] {
  const out: RichTextNode[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    let text = node.text;
    if (text?.startsWith(" ") && (!last || last.type === "hardBreak" || last.text?.endsWith(" "))) text = text.slice(1);
    if (text === "") continue;
    if (last?.text !== undefined && text !== undefined && JSON.stringify(last.marks) === JSON.stringify(node.marks)) last.text += text;
    else out.push(text === undefined ? node : { ...node, text });
  }
  return out;
}

function trimmed(nodes: RichTextNode[]): RichTextNode[] {
  const out = [...nodes];
  while (out[0]?.type === "hardBreak") out.shift();
  while (out.at(-1)?.type === "hardBreak" || out.at(-1)?.text?.trim() === "") out.pop();
  const last = out.at(-1);
  if (last?.text !== undefined) out[out.length - 1] = { ...last, text: last.text.trimEnd() };
  return out;
}

function textOf(nodes: Nodes): string {
  return nodes.map((node) => (node.type === "text" ? node.data : node.type === "tag" ? (node.name === "br" ? "\n" : textOf(node.childNodes)) : "")).join("");
}

/** The words of some HTML, a line for each block. For profile texts, which are plain here. */
export function htmlToText(html: string): string {
  const lines = (nodes: Nodes): string =>
    nodes
      .map((node) => {
        if (node.type === "text") return node.data.replace(/\s+/g, " ");
        if (node.type !== "tag" || NOTHING.has(node.name)) return "";
        return node.name === "br" ? "\n" : BLOCKS.has(node.name) ? `\n${lines(node.childNodes)}\n` : lines(node.childNodes);
      })
      .join("");
  return lines(parseDocument(html.slice(0, MAX_LENGTH)).childNodes).replace(/ *\n */g, "\n").replace(/\n{2,}/g, "\n\n").trim();
}
