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

test("broken markup is text, comments are not, and code keeps its spaces", () => {
  expect(fromHtml("<p>a  b</p><!-- not <b>said</b> --><pre>c  d\n<i>e</i></pre>f\n g")).toEqual({ text: "a b\nc  d\ne\nf g", asides: [{ start: 4, end: 11, kind: "code" }] });
  expect(fromHtml("1 < 2 <!-- never closed <P\nclass='x'>up").text).toBe("1 < 2 <!-- never closed \nup");
  expect(fromHtml("<blockquote>said<pre>x</blockquote>y</pre>z &lt;b&gt; &bogus;").asides).toEqual([{ start: 0, end: 7, kind: "quote" }, { start: 5, end: 9, kind: "code" }]);
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
