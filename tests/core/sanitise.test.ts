import fc from "fast-check";
import { expect, test } from "vitest";
import { renderRichText } from "#app/core/render-rich-text.ts";
import { sanitised, sanitisedInFull } from "#app/core/rich-text/sanitise.ts";
import type { RichTextNode } from "#db/schema/rich-text.ts";

const marks = fc.subarray(["bold", "italic", "strike", "code"]).map((types) => types.map((type) => ({ type })));
const words = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("a < b & c", "</p><script>alert(1)</script>", "&lt;b&gt; &amp;amp; &#39; &quot;", '"said" \'she\'', "\u00a0 x"));
const text = fc.record({ type: fc.constant("text"), text: words, marks });
const paragraph = fc.array(fc.oneof(text, fc.constant({ type: "hardBreak" }))).map((content) => ({ type: "paragraph", content }));
const blocks = fc.letrec<{ block: RichTextNode }>((tie) => ({
  block: fc.oneof({ maxDepth: 3, withCrossShrink: true }, paragraph as fc.Arbitrary<RichTextNode>, fc.constant({ type: "horizontalRule" }),
    fc.array(tie("block"), { minLength: 1, maxLength: 3 }).map((content) => ({ type: "blockquote", content })),
    fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((items) => ({ type: "bulletList", content: items.map((item) => ({ type: "listItem", content: [item] })) }))),
})).block;

test("what is found plain is what the parser would have made of it", () => {
  fc.assert(fc.property(fc.array(blocks, { minLength: 1, maxLength: 5 }), (content) => {
    const html = renderRichText({ type: "doc", content });
    expect(sanitisedInFull(html)).toBe(html);
    expect(sanitised(html)).toBe(html);
  }), { numRuns: 500 });
});

test("however pieces are put together, nothing but allowed tags comes out", () => {
  const piece = fc.constantFrom("<", ">", "&", "<p>", "</p>", "<scr", "ipt>", "<br />", "<br", " onload=x", "&lt;", "&#39;", "&amp", "lt;", "<img src=x onerror=y>", "<!--", "-->", "<s", "<strong>", "</div>", "<svg>", "a", " ", "\"", "<p\n>", "<p onclick=x>");
  fc.assert(fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
    const html = sanitised(pieces.join(""));
    expect(html.replace(/&(?:amp|lt|gt);|<\/?(?:a|div|p|strong|s)>|<(?:br|hr) \/>/g, "")).not.toMatch(/[<>&]/);
  }), { numRuns: 2000 });
});
