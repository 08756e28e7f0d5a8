import { Parser } from "htmlparser2";
import { expect, test, vi } from "vitest";
import { renderRichText } from "#app/core/render-rich-text.ts";
import { richTextField } from "#app/core/rich-text.ts";
import { renderBlocks } from "#app/core/rich-text/render.ts";
import { sanitised } from "#app/core/rich-text/sanitise.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { hostileStrings } from "#tests/support/hostile.ts";

// Two layers stand between what is written and what is sent. Each is tried alone, as if the other did not exist.
// What they let through is read by a parser and held against a list of its own, written here a second time on purpose.

const allowed: Record<string, string[]> = {
  p: ["class"], h2: [], h3: [], ul: ["class"], ol: ["start"], li: [], blockquote: ["class", "data-post"], pre: ["tabindex", "data-language"], code: [], hr: [], br: [], strong: [], em: [], s: [],
  a: ["href", "rel", "class"], img: ["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"], div: ["class", "tabindex", "data-language"], span: ["class"], input: ["type", "disabled", "checked"],
  table: [], thead: [], tbody: [], tr: [], th: ["data-align"], td: ["data-align"],
};
// The highlighter names the language of a script within a page; the sanitiser drops it.
const classes = /^(hljs-[\w-]+|language-[a-z]+|language_|function_|class_|escape_|constant_|inherited__|invoke__|mention|page-link|page-wanted|quote-link|image-link|unreadable|link-host|table-scroll|quote-by|post-quote|task-list)$/;
const fileAddress = /^\/files\/[\w-]{22}\/[\w.]{1,20}$/;

/** What in this HTML could run, load, cover or lead astray. */
function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!Object.hasOwn(allowed, name)) return void dangers.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!allowed[name]!.includes(attribute)) dangers.push(`${name} ${attribute}`);
        if (attribute === "class" && !value.split(/\s+/).every((each) => classes.test(each))) dangers.push(`class ${value}`);
        if (attribute === "src" && !fileAddress.test(value)) dangers.push(`src ${value}`);
        if (attribute === "srcset" && !value.split(",").every((each) => fileAddress.test(each.trim().split(" ")[0]!))) dangers.push(`srcset ${value}`);
        if (attribute === "href" && !isHarmless(value)) dangers.push(`href ${JSON.stringify(value)}`);
      }
      if (name === "input" && (attributes.type !== "checkbox" || attributes.disabled === undefined)) dangers.push("a field");
    },
    oncomment: (text) => void dangers.push(`<!--${text}`),
    onprocessinginstruction: (name) => void dangers.push(`<?${name}`),
    oncdatastart: () => void dangers.push("CDATA"),
  }, { decodeEntities: true, recognizeCDATA: true });
  parser.write(html);
  parser.end();
  return dangers;
}

/** As a browser reads an address, which takes out line breaks and looks past blanks: the web and mail, or a place of ours. */
function isHarmless(href: string): boolean {
  if (!URL.canParse(href, "https://home.test/")) return true;
  const url = new URL(href, "https://home.test/");
  // oxlint-disable-next-line no-control-regex
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(href.replace(/[\u0000-\u0020]/g, ""));
  return hasScheme ? ["https:", "http:", "mailto:"].includes(url.protocol) : url.origin === "https://home.test";
}

vi.setConfig({ testTimeout: 90_000 });
const hostile = hostileStrings();

test("the list of dangers would find them", () => {
  expect(hostile.length).toBeGreaterThan(3000);
  expect(hostile.filter((text) => dangersIn(text).length > 0).length).toBeGreaterThan(2000);
  expect(dangersIn(sanitised('<p>x <a href="https://a.example">y</a></p>'))).toEqual([]);
});

test("the sanitiser alone leaves nothing that runs, whatever it is given", () => {
  const left = hostile.flatMap((text) => [text, `<p>${text}</p>`, `<table><tr><td>${text}`].flatMap((html) => {
    const dangers = dangersIn(sanitised(html));
    return dangers.length > 0 ? [[html, dangers]] : [];
  }));
  expect(left).toEqual([]);
});

test("what the sanitiser has let through it lets through again unchanged", () => {
  expect(hostile.filter((text) => sanitised(sanitised(text)) !== sanitised(text))).toEqual([]);
});

test("the renderer alone leaves nothing that runs of hostile Markdown", () => {
  const left = hostile.flatMap((text) => {
    const parsed = richTextField.safeParse(text);
    const dangers = parsed.success ? dangersIn(renderBlocks(parsed.data.content ?? [])) : [];
    return dangers.length > 0 ? [[text, dangers]] : [];
  });
  expect(left).toEqual([]);
});

/** A document with a hostile text in every place that holds one. */
function documentsOf(text: string): RichText[] {
  const doc = (...content: RichTextNode[]): RichText => ({ type: "doc", content });
  const paragraph = (...content: RichTextNode[]): RichTextNode => ({ type: "paragraph", content });
  const words: RichTextNode = { type: "text", text };
  return [
    doc(paragraph(words), { type: "heading", attrs: { level: 2 }, content: [words] }, { type: "codeBlock", attrs: { language: "html" }, content: [words] }, { type: "codeBlock", attrs: { language: null }, content: [words] }),
    doc(paragraph({ type: "image", attrs: { key: "a".repeat(22), alt: text.slice(0, 1000), width: 10, height: 10 } })),
    doc({ type: "table", content: [{ type: "tableRow", content: [{ type: "tableHeader", attrs: {}, content: [paragraph(words)] }] }] }),
    doc(paragraph({ type: "text", text: "x", marks: [{ type: "link", attrs: { href: text } }] })),
    doc(paragraph({ type: "mention", attrs: { username: text } })),
    doc(paragraph({ type: "image", attrs: { key: text, alt: "", width: text, height: text } })),
    doc({ type: "codeBlock", attrs: { language: text }, content: [words] }),
    doc({ type: "postQuote", attrs: { postId: 1, topicId: 1, number: 1, username: text }, content: [paragraph(words)] }),
    doc({ type: "postQuote", attrs: { postId: text, topicId: text, number: text, username: "ada" }, content: [paragraph(words)] }),
    doc({ type: "heading", attrs: { level: text }, content: [words] }),
    doc({ type: "orderedList", attrs: { start: text }, content: [{ type: "listItem", content: [paragraph(words)] }] }),
    doc({ type: text, content: [words] }),
    doc(paragraph({ type: "text", text: "x", marks: [{ type: text }] })),
    doc({ ...paragraph(words), attrs: { class: text, onclick: text, style: text } }),
  ];
}

test("the renderer alone leaves nothing that runs of hostile documents: they are refused, or come out as words", () => {
  const left: unknown[] = [];
  let shown = 0;
  // Every twelfth: each is tried in fourteen places.
  for (const text of hostile.filter((_, index) => index % 12 === 0)) {
    for (const document of documentsOf(text)) {
      const parsed = richTextField.safeParse(JSON.stringify(document));
      if (!parsed.success) continue;
      shown += 1;
      const dangers = dangersIn(renderBlocks(parsed.data.content ?? []));
      if (dangers.length > 0) left.push([text, document, dangers]);
      expect(renderRichText(parsed.data)).not.toContain("<script");
    }
  }
  expect(left).toEqual([]);
  expect(shown).toBeGreaterThan(500);
});

test("the sanitiser alone makes up for a renderer that was handed what nobody checked", () => {
  const left: unknown[] = [];
  for (const text of hostile.filter((_, index) => index % 16 === 0)) {
    for (const document of documentsOf(text)) {
      let html: string;
      try {
        html = renderBlocks(document.content ?? []);
      } catch {
        continue;
      }
      const dangers = dangersIn(sanitised(html));
      if (dangers.length > 0) left.push([text, dangers]);
    }
  }
  expect(left).toEqual([]);
});
