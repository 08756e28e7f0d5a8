import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHtml, fromPlainText } from "#app/insights/mining/source-text.ts";
import { statementsOf } from "#app/insights/mining/statements.ts";

const said = (text: string) => statementsOf(fromPlainText(text)).map(({ start, end }) => text.slice(start, end));

test("a text falls into the sentences its author wrote", () => {
  expect(said("It crashes since 4.2. Please fix it! Is that e.g. known?\n- one item\n- another")).toEqual([
    "It crashes since 4.2.", "Please fix it!", "Is that e.g. known?", "one item", "another",
  ]);
});

test("what others said, code and a signature are not the author's words", () => {
  expect(said("> you should restart\nThat did not help.\n```\nerror: 1\n```\nStill broken.\n\nCheers, Ben")).toEqual(["That did not help.", "Still broken."]);
  const html = fromHtml("<blockquote><p>Old words.</p></blockquote><p>New &amp; own.</p><pre><code>x = 1</code></pre>");
  expect(statementsOf(html).map(({ start, end }) => html.text.slice(start, end))).toEqual(["New & own."]);
});

test("every statement is an exact piece of the text, in order, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      let last = 0;
      for (const { start, end } of statementsOf(fromPlainText(text))) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        last = end;
      }
    }),
  );
});
