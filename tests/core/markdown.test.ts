import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { getSchema } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { documentToMarkdown, markdownToDocument, parseRichText } from "#app/core/rich-text.ts";
import { renderRichText } from "#app/core/render-rich-text.ts";
import { richTextExtensions } from "#app/ui/editor/extensions.ts";
import type { RichText, RichTextMark, RichTextNode } from "#db/schema/rich-text.ts";

const again = (document: RichText) => markdownToDocument(documentToMarkdown(document));

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("word", "two words", "snake_case", "a", "é", "中文", "x.", "1", "end ") },
  { weight: 3, arbitrary: fc.string({ maxLength: 8, unit: fc.constantFrom(..."ab 1.-+#>*_`~[]()!<>&|\\:=@\"'/{}") }) },
  { weight: 1, arbitrary: fc.constantFrom("# x", "- x", "1. x", "> x", "---", "===", "| a | b |", "<br>", "<b>", "&amp;", "@ada", "a@b.de", "https://a.example/b", "[x](y)", "![x](y)", "    x", "```", "~~~", "[ ] x", "🎉", "http:", "+ ", "\u00A0", "[x]: /y") },
);
const href = fc.constantFrom("https://a.example/b_c*d", "/t/-/1/2", "mailto:a@b.de", "https://a.example/(x)?y=1&amp;z=<2>\\");
const mark: fc.Arbitrary<RichTextMark> = fc.oneof(fc.constantFrom("bold", "italic", "strike", "code").map((type) => ({ type })), href.map((value) => ({ type: "link", attrs: { href: value } })));
const marks = fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type });
const key = fc.constantFrom("abcdefghijklmnopqrstuv", "AAAA-BBBB_CCCC1234567x");

const inlineNode: fc.Arbitrary<RichTextNode> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant("text"), text: word, marks }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("mention"), attrs: fc.record({ username: fc.constantFrom("ada", "a_b", "x.y-z", "_x_") }), marks }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("pageLink"), attrs: fc.record({ pageId: fc.constant(null), wikiId: fc.constant(null), title: fc.oneof(fc.constantFrom("Page", "A | B", "[x]", "a\\b", "(x) *y* `z`"), word.filter((text) => text.trim() !== "")), words: fc.constantFrom(null, "other words", "x|y]") }), marks }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("hardBreak") }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("image"), attrs: fc.record({ key, alt: word, width: fc.constantFrom(640, null), height: fc.constant(480 as number | null) }), marks }).map((node) => ({ ...node, attrs: { ...node.attrs, height: node.attrs.width ? 480 : null } })) },
);
const inline = fc.array(inlineNode, { maxLength: 6 });
const paragraph = inline.map((content) => ({ type: "paragraph", content }));
const item = (type: string, blocks: fc.Arbitrary<RichTextNode[]>) =>
  fc.tuple(paragraph, blocks, fc.boolean()).map(([first, rest, checked]) => ({ type, ...(type === "taskItem" ? { attrs: { checked } } : {}), content: [first, ...rest] }));

const { block } = fc.letrec<{ block: RichTextNode }>((tie) => {
  const blocks = fc.array(tie("block"), { maxLength: 2 });
  const someBlocks = fc.array(tie("block"), { minLength: 1, maxLength: 3 });
  const list = (type: string, itemType: string) => fc.array(item(itemType, blocks), { minLength: 1, maxLength: 3 }).map((content) => ({ type, content }));
  return {
    block: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      { weight: 5, arbitrary: paragraph as fc.Arbitrary<RichTextNode> },
      { weight: 1, arbitrary: fc.record({ type: fc.constant("heading"), attrs: fc.record({ level: fc.constantFrom(2, 3) }), content: inline }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant("codeBlock"), attrs: fc.record({ language: fc.constantFrom("ts", null) }), content: fc.array(fc.record({ type: fc.constant("text"), text: fc.string({ maxLength: 20, unit: fc.constantFrom(..."a `\n~") }) }), { maxLength: 1 }) }) },
      { weight: 1, arbitrary: fc.constant({ type: "horizontalRule" }) },
      { weight: 1, arbitrary: fc.array(fc.array(paragraph, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map((rows) => ({ type: "table", content: rows.map((cells) => ({ type: "tableRow", content: cells.map((cell) => ({ type: "tableCell", content: [cell] })) })) })) },
      { weight: 1, arbitrary: list("bulletList", "listItem") },
      { weight: 1, arbitrary: list("taskList", "taskItem") },
      { weight: 1, arbitrary: list("orderedList", "listItem").map((node) => ({ ...node, attrs: { start: 3 } })) },
      { weight: 1, arbitrary: someBlocks.map((content) => ({ type: "blockquote", content })) },
      { weight: 1, arbitrary: someBlocks.map((content) => ({ type: "postQuote", attrs: { postId: 4, topicId: 1, number: 2, username: "ada" }, content })) },
    ),
  };
});
const document = fc.array(block, { minLength: 1, maxLength: 4 }).map((content) => parseRichText({ type: "doc", content }));

test("whatever is written comes back from Markdown as it was", { timeout: 120_000 }, () => {
  fc.assert(fc.property(document, (written) => {
    expect(again(written)).toEqual(written);
  }), { numRuns: 1500 });
});

test("what the server takes, the editor can hold and the renderer can show", () => {
  const schema = getSchema(richTextExtensions);
  fc.assert(
    fc.property(document, (written) => {
      const node = Node.fromJSON(schema, written);
      node.check();
      expect(parseRichText(node.toJSON())).toEqual(written);
      expect(renderRichText(written)).not.toContain("undefined");
    }),
    { numRuns: 400 },
  );
});

const folder = "../../shared/data/markdown";
const specs = ["commonmark-spec.txt", "gfm-spec.txt"];
const isThere = specs.every((name) => existsSync(`${folder}/${name}`));

test.skipIf(!isThere)(`every example of CommonMark and GFM comes back the same (needs ${folder}; skipped without it)`, () => {
  const examples = specs.flatMap((name) => [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/^`{32} example[^\n]*\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$/gm)].map(([, source]) => source!.replaceAll("→", "\t")));
  const different = examples.filter((source) => {
    const read = markdownToDocument(source);
    parseRichText(read);
    return JSON.stringify(again(read)) !== JSON.stringify(read);
  });
  expect(examples.length).toBeGreaterThan(1300);
  expect(different).toEqual([]);
});

test("a picture elsewhere becomes a link to it, by its words or its address, and stays one", () => {
  const link = (words: string, href: string) => ({ type: "text", text: words, marks: [{ type: "link", attrs: { href } }] });
  const read = (source: string) => markdownToDocument(source).content![0]!.content;
  expect(read("![The pump](https://a.example/p.png)")).toEqual([link("The pump", "https://a.example/p.png")]);
  expect(read("![](https://a.example/p.png)")).toEqual([link("https://a.example/p.png", "https://a.example/p.png")]);
  expect(read("[![The pump](https://a.example/p.png)](https://a.example/more)")).toEqual([link("The pump", "https://a.example/more")]);
  expect(read("**![The pump](https://a.example/p.png)**")![0]!.marks!.map(({ type }) => type)).toEqual(["link", "bold"]);
  expect(again(markdownToDocument("![The pump](https://a.example/p.png)"))).toEqual(markdownToDocument("![The pump](https://a.example/p.png)"));
});
