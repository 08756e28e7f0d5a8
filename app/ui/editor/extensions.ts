import { Extension, InputRule, Mark, markInputRule, markPasteRule, mergeAttributes, Node, type Extensions } from "@tiptap/core";
import { CodeBlock } from "@tiptap/extension-code-block";
import { Link } from "@tiptap/extension-link";
import { OrderedList, TaskItem, TaskList } from "@tiptap/extension-list";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { imageAddress, imageCopyAddress, readImageAddress, type ImageAttributes } from "../rich-text/image-address.ts";
import { pageLinkWords, type PageLinkAttributes } from "../rich-text/page-link.ts";
import { isSafeHref, languagePattern, usernamePattern } from "../rich-text/patterns.ts";

// What the editor can hold. The server says again, and has the last word, what may be written
// (app/core/rich-text/schema.ts); what is pasted becomes one of these or is left out.

/** Tiptap's own link also keeps target, rel, class and title. */
const SafeLink = Link.extend({
  addAttributes: () => ({ href: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute("href") } }),
}).configure({
  protocols: ["http", "https", "mailto"],
  isAllowedUri: (address) => isSafeHref(address),
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  HTMLAttributes: { rel: "nofollow ugc noopener", target: null, class: null },
});

/** May stand within a link or bold words, which Tiptap's own may not. */
const Code = Mark.create({
  name: "code",
  excludes: "",
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: "code" }],
  renderHTML: () => ["code", 0],
  addKeyboardShortcuts() {
    return { "Mod-e": () => this.editor.commands.toggleMark(this.name) };
  },
  addInputRules() {
    return [markInputRule({ find: /(?:^|[^`])(`([^`]+)`)$/, type: this.type })];
  },
  addPasteRules() {
    return [markPasteRule({ find: /(?:^|[^`])(`([^`]+)`)/g, type: this.type })];
  },
});

const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  selectable: false,
  atom: true,
  addAttributes: () => ({ username: { default: null, rendered: false, parseHTML: (element: HTMLElement) => element.textContent?.replace(/^@/, "") } }),
  parseHTML: () => [{ tag: "a.mention", priority: 1001, getAttrs: (element) => (usernamePattern.test((element.textContent ?? "").replace(/^@/, "")) ? null : false) }],
  renderHTML: ({ node }) => ["a", { class: "mention", href: `/u/${node.attrs.username}` }, `@${node.attrs.username}`],
  renderText: ({ node }) => `@${node.attrs.username}`,
});

/** A link to a page of a wiki, by its id or, until it is saved, by its title. */
const PageLink = Node.create({
  name: "pageLink",
  group: "inline",
  inline: true,
  selectable: false,
  atom: true,
  addAttributes: () => Object.fromEntries(["pageId", "wikiId", "title", "words"].map((name) => [name, { default: null, rendered: false }])),
  parseHTML: () => [
    {
      tag: "a[data-page-title]",
      priority: 1001,
      getAttrs: (element) => {
        const { pageId, pageTitle, pageWords } = element.dataset;
        return { pageId: Number(pageId) || null, title: pageTitle, words: pageWords || null };
      },
    },
  ],
  renderHTML: ({ node }) => {
    const { pageId, wikiId, title, words } = node.attrs as PageLinkAttributes;
    // Here it is a link already: what it lacks is given when it is saved.
    const shown = pageLinkWords({ pageId, wikiId: wikiId ?? 1, title, words });
    return ["a", { class: "page-link", "data-page-id": pageId, "data-page-title": title, "data-page-words": words }, shown];
  },
  renderText: ({ node }) => (node.attrs as PageLinkAttributes).words ?? node.attrs.title,
});

/** `[[Title]]` becomes a link as soon as it is typed. Only where pages can be linked to. */
export const PageLinkTyping = Extension.create({
  name: "pageLinkTyping",
  addInputRules() {
    const type = this.editor.schema.nodes.pageLink!;
    return [
      new InputRule({
        find: /\[\[([^[\]|\n]{1,200})(?:\|([^[\]|\n]{1,200}))?\]\]$/,
        // Tiptap's own rule for nodes would leave the brackets around it.
        handler: ({ state, range, match: [, title, words] }) => {
          if (title!.trim()) state.tr.replaceWith(range.from, range.to, type.create({ title: title!.trim(), words: words?.trim() || null }));
        },
      }),
    ];
  },
});

/** `- [ ]` is typed as a list first: its brackets make a task of the item, where Tiptap's own rule knows only a plain line. */
const TaskTyping = Extension.create({
  name: "taskTyping",
  addInputRules() {
    return [
      new InputRule({
        find: /^\[([ xX]?)\]\s$/,
        handler: ({ state, range, match: [, sign], chain }) => {
          const { $from } = state.selection;
          const [item, list] = [$from.node(-1), $from.node(-2)];
          if (item?.type.name !== "listItem" || $from.index(-1) !== 0) return null;
          const isAlone = list!.childCount === 1;
          // Among others of an inner list there is no way to say it.
          if (!isAlone && $from.depth > 3) return null;
          const begun = chain().deleteRange(range);
          (isAlone ? begun.toggleTaskList() : begun.clearNodes().wrapInList("taskList")).updateAttributes("taskItem", { checked: /x/i.test(sign!) }).run();
        },
      }),
    ];
  },
});

/** Only pictures kept here: what is pasted from elsewhere comes in as a file or not at all. */
const Image = Node.create({
  name: "image",
  group: "inline",
  inline: true,
  draggable: true,
  addAttributes: () => Object.fromEntries(["key", "alt", "width", "height"].map((name) => [name, { default: name === "alt" ? "" : null, rendered: false }])),
  parseHTML: () => [
    {
      tag: "img[src]",
      getAttrs: (element) => {
        const image = readImageAddress(new URL(element.getAttribute("src")!, document.baseURI).pathname);
        return image ? { ...image, alt: element.getAttribute("alt") ?? "" } : false;
      },
    },
  ],
  renderHTML: ({ node, HTMLAttributes }) => {
    const attrs = node.attrs as ImageAttributes;
    const src = attrs.width && attrs.width > 960 ? imageCopyAddress(attrs.key, 960) : imageAddress(attrs);
    return ["img", mergeAttributes(HTMLAttributes, { src, alt: attrs.alt, width: attrs.width, height: attrs.height })];
  },
});

const PostQuote = Node.create({
  name: "postQuote",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => Object.fromEntries(["postId", "topicId", "number", "username"].map((name) => [name, { default: null, rendered: false }])),
  renderHTML: ({ node }) => ["blockquote", { class: "post-quote", "data-by": `${node.attrs.username} #${node.attrs.number}` }, 0],
});

const PlainCodeBlock = CodeBlock.extend({
  addAttributes: () => ({
    language: {
      default: null,
      rendered: false,
      parseHTML: (element: HTMLElement) => {
        const name = /language-([^\s]+)/.exec(element.firstElementChild?.className ?? "")?.[1] ?? element.dataset.language ?? "";
        return languagePattern.test(name) ? name : null;
      },
    },
  }),
});

const cellAttributes = () => ({
  colspan: { default: 1, rendered: false, parseHTML: () => 1 },
  rowspan: { default: 1, rendered: false, parseHTML: () => 1 },
  colwidth: { default: null, rendered: false, parseHTML: () => null },
  align: {
    default: null,
    rendered: false,
    parseHTML: (element: HTMLElement) => /^(left|center|right)$/.exec(element.dataset.align ?? element.style.textAlign)?.[0] ?? null,
  },
});

/** One line of words: more could not be said in Markdown. */
const cell = { content: "paragraph", addAttributes: cellAttributes };

export const richTextExtensions: Extensions = [
  StarterKit.configure({ heading: { levels: [2, 3] }, code: false, codeBlock: false, link: false, underline: false, orderedList: false, dropcursor: { color: "var(--accent)", width: 2 } }),
  OrderedList.extend({ addAttributes: () => ({ start: { default: 1, parseHTML: (element: HTMLElement) => Math.max(0, Number.parseInt(element.getAttribute("start") ?? "1", 10) || 0) } }) }),
  Code,
  PlainCodeBlock,
  SafeLink,
  Mention,
  PageLink,
  Image,
  PostQuote,
  TaskList,
  TaskItem.configure({ nested: true }),
  TaskTyping,
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader.extend(cell),
  TableCell.extend(cell),
];
