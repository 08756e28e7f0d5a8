import MarkdownIt from "markdown-it";
import type { RichText, RichTextMark, RichTextNode } from "#db/schema/rich-text.ts";
import { readImageAddress } from "./image-address.ts";
import { bareLink, lineBreakTag, mention, pageLink } from "./markdown-rules.ts";
import { isSafeHref, languagePattern } from "./patterns.ts";
import { settled } from "./settle.ts";

type Token = ReturnType<InstanceType<typeof MarkdownIt>["parse"]>[number];
/** A token with what stands between it and its closing one. */
type Tree = { token: Token; children: Tree[] };

/** CommonMark with GFM's tables and strike-through. HTML stays text, and so does a link that may not lead there. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 100 });
markdown.validateLink = isSafeHref;
markdown.normalizeLink = (href) => href;
markdown.normalizeLinkText = (text) => text;
markdown.inline.ruler.before("autolink", "line_break_tag", lineBreakTag);
markdown.inline.ruler.before("escape", "mention", mention);
markdown.inline.ruler.before("escape", "bare_link", bareLink);
markdown.inline.ruler.before("link", "page_link", pageLink);

/** Reads Markdown as people write posts: a line's end is a line's end, `@name` a mention, a bare address a link. */
export function markdownToDocument(source: string): RichText {
  const tokens = markdown.parse(source.replace(/\r\n?/g, "\n"), {});
  return settled({ type: "doc", content: filled(nested(tokens).flatMap(blockOf)) });
}

function nested(tokens: Token[]): Tree[] {
  const root: Tree[] = [];
  const open = [root];
  for (const token of tokens) {
    if (token.nesting === -1) open.pop();
    else {
      const tree: Tree = { token, children: [] };
      open.at(-1)!.push(tree);
      if (token.nesting === 1) open.push(tree.children);
    }
  }
  return root;
}

function blockOf({ token, children }: Tree): RichTextNode[] {
  switch (token.type) {
    case "paragraph_open":
      return [{ type: "paragraph", content: inlineOf(children) }];
    case "heading_open":
      return [{ type: "heading", attrs: { level: token.tag === "h1" || token.tag === "h2" ? 2 : 3 }, content: inlineOf(children) }];
    case "blockquote_open":
      return [quoteOf(filled(children.flatMap(blockOf)))];
    case "bullet_list_open":
      return [bulletListOf(children)];
    case "ordered_list_open":
      return [{ type: "orderedList", attrs: { start: Number(token.attrGet("start") ?? 1) }, content: children.map((item) => ({ type: "listItem", content: itemContent(item) })) }];
    case "fence":
    case "code_block":
      return [{ type: "codeBlock", attrs: { language: languageOf(token.info) }, content: [{ type: "text", text: token.content.replace(/\n$/, "") }] }];
    case "hr":
      return [{ type: "horizontalRule" }];
    case "table_open":
      return [{ type: "table", content: children.flatMap((part) => part.children).map(rowOf) }];
    default:
      return children.flatMap(blockOf);
  }
}

/** A quote of a post begins with who wrote it and a link to it: `@ada [#3](/t/-/12/3#45)`. */
function quoteOf(content: RichTextNode[]): RichTextNode {
  const [name, space, link, more] = content[0]?.content ?? [];
  const href = link?.marks?.[0]?.type === "link" ? String(link.marks[0].attrs?.href) : "";
  const [, topicId, number, postId] = /^\/t\/-\/([1-9]\d{0,14})\/([1-9]\d{0,14})#([1-9]\d{0,14})$/.exec(href) ?? [];
  const isHeader = content[0]?.type === "paragraph" && name?.type === "mention" && space?.text === " " && link?.text === `#${number}` && link.marks?.length === 1 && !more;
  if (!isHeader || !postId) return { type: "blockquote", content };
  const attrs = { postId: Number(postId), topicId: Number(topicId), number: Number(number), username: name.attrs!.username };
  return { type: "postQuote", attrs, content: filled(content.slice(1)) };
}

const taskMark = /^\[([ xX])\](?: |$)/;

function bulletListOf(items: Tree[]): RichTextNode {
  const marks = items.map((item) => taskMark.exec(firstInline(item)?.content ?? ""));
  if (!marks.every((mark, index) => mark && firstInline(items[index]!)?.children?.[0]?.content.startsWith(mark[0]))) {
    return { type: "bulletList", content: items.map((item) => ({ type: "listItem", content: itemContent(item) })) };
  }
  return {
    type: "taskList",
    content: items.map((item, index) => {
      const first = firstInline(item)!.children![0]!;
      first.content = first.content.slice(marks[index]![0].length);
      return { type: "taskItem", attrs: { checked: marks[index]![1] !== " " }, content: itemContent(item) };
    }),
  };
}

function firstInline({ children: [first] }: Tree): Token | undefined {
  return first?.token.type === "paragraph_open" ? first.children[0]?.token : undefined;
}

/** An item begins with a paragraph. */
function itemContent({ children }: Tree): RichTextNode[] {
  const blocks = children.flatMap(blockOf);
  return blocks[0]?.type === "paragraph" ? blocks : [{ type: "paragraph" }, ...blocks];
}

function rowOf({ children }: Tree): RichTextNode {
  return {
    type: "tableRow",
    content: children.map(({ token, children: words }) => ({
      type: "tableCell",
      attrs: { align: /left|center|right/.exec(String(token.attrGet("style")))?.[0] ?? null, colspan: 1, rowspan: 1, colwidth: null },
      content: [{ type: "paragraph", content: inlineOf(words) }],
    })),
  };
}

function languageOf(info: string): string | null {
  const word = info.trim().split(/\s/)[0]!.toLowerCase();
  return languagePattern.test(word) ? word : null;
}

function filled(blocks: RichTextNode[]): RichTextNode[] {
  return blocks.length > 0 ? blocks : [{ type: "paragraph" }];
}

const markOf: Record<string, string> = { strong: "bold", em: "italic", s: "strike" };

function inlineOf(trees: Tree[]): RichTextNode[] {
  const nodes: RichTextNode[] = [];
  let marks: RichTextMark[] = [];
  const add = (node: RichTextNode) => nodes.push({ ...node, marks: unique([...marks, ...(node.marks ?? [])]) });
  for (const token of trees.flatMap((tree) => tree.token.children ?? [])) {
    const mark = token.type === "link_open" ? { type: "link", attrs: { href: token.attrGet("href") } } : { type: markOf[token.tag] ?? "" };
    if (token.nesting === 1) marks = [...marks, mark];
    else if (token.nesting === -1) marks = marks.slice(0, -1);
    else if (token.type === "code_inline") nodes.push({ type: "text", text: token.content, marks: unique([...marks, { type: "code" }]) });
    else if (token.type === "softbreak" || token.type === "hardbreak") add({ type: "hardBreak" });
    else if (token.type === "mention") add({ type: "mention", attrs: { username: token.content } });
    else if (token.type === "page_link") add({ type: "pageLink", attrs: { ...token.meta } });
    else if (token.type === "image") add(imageOf(token));
    // A line's end that was written as a sign is a space, as everywhere in a line.
    else if (token.content) add({ type: "text", text: token.content.replace(/[\r\n\t]+/g, " ") });
  }
  return joined(nodes);
}

/** One of our files, or a link to a picture elsewhere: other sites must not learn who reads what here. */
function imageOf(token: Token): RichTextNode {
  const alt = (token.children ?? []).map(({ type, content }) => (type.endsWith("break") ? " " : type === "mention" ? `@${content}` : content)).join("");
  const source = String(token.attrGet("src"));
  const image = readImageAddress(source);
  if (image) return { type: "image", attrs: { ...image, alt } };
  return { type: "text", text: alt || source, marks: [{ type: "link", attrs: { href: source } }] };
}

function unique(marks: RichTextMark[]): RichTextMark[] {
  // An empty address leads nowhere, and Markdown allows it without asking.
  return marks.filter(({ type, attrs }, index) => marks.findIndex((other) => other.type === type) === index && (type !== "link" || isSafeHref(attrs?.href)));
}

/** Escapes leave text in pieces; comparing needs it whole. */
function joined(nodes: RichTextNode[]): RichTextNode[] {
  return settled({ type: "doc", content: [{ type: "paragraph", content: nodes }] }).content![0]!.content ?? [];
}
