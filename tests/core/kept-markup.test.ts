import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { keepMarkup } from "#app/core/kept-markup.ts";
import { LanguageProvider } from "#app/ui/i18n.tsx";
import { KeeperContext, useKept } from "#app/ui/kept.tsx";

let made = 0;

function Row({ id, of }: { id: number; of: unknown }) {
  const inside = useKept(`<li data-row="${id}"`, "</li>", of, (known) => ((made += 1), createElement("b", { title: "a > b" }, "of ", JSON.stringify(known))));
  return createElement("li", { "data-row": id, ...inside });
}

function page(rows: [number, unknown][], locale = "en"): string {
  const keeper = keepMarkup();
  const list = createElement("ul", null, rows.map(([id, of], at) => createElement(Row, { key: at, id, of })));
  const html = renderToString(createElement(KeeperContext.Provider, { value: keeper }, createElement(LanguageProvider, { value: { locale, timeZone: "UTC" } }, list)));
  return keeper.finish(html).toString();
}

test("a part made of the same is made once, and looks as if it had been made anew", () => {
  const first = page([[1, { words: "valve" }], [2, { words: "pump" }]]);
  made = 0;
  expect(page([[1, { words: "valve" }], [2, { words: "pump" }]])).toBe(first);
  expect(made).toBe(0);
});

test("anything else it is made of makes it anew: the content, the language, the place", () => {
  page([[11, { words: "seal" }]]);
  made = 0;
  expect(page([[11, { words: "seal", mine: true }]])).toContain("mine");
  page([[11, { words: "seal" }]], "en-XA");
  page([[12, { words: "seal" }]]);
  expect(made).toBe(3);
});

test("two parts that begin alike on one page are not mistaken for one another", () => {
  page([[21, "known"]]);
  const both = page([[21, "known"], [21, "new"]]);
  expect(page([[21, "new"]])).toContain("new");
  expect(page([[21, "new"], [21, "known"]])).not.toBe(both);
  expect(page([[21, "known"], [21, "new"]])).toBe(both);
});

test("letters of every kind come through, and what looks like a mark in a text is only text", () => {
  const hostile = `😀 – “quoted” \u0001abcdefghijklmnop:0\u0001 漢字 </li`;
  const first = page([[31, hostile], [32, "plain"]]);
  expect(first).toContain("漢字");
  made = 0;
  expect(page([[31, hostile], [32, "plain"]])).toBe(first);
  expect(page([[33, hostile], [32, "plain"]])).toBe(first.replace(`data-row="31"`, `data-row="33"`));
  expect(made).toBe(1);
});

test("of a page only some of whose parts are known the others are learnt as they are", () => {
  page([[41, "known"]]);
  const first = page([[41, "known"], [42, "new"]]);
  made = 0;
  expect(page([[42, "new"], [41, "known"]])).toBe(first.replace(/(<li data-row="41".*?<\/li>)(<li.*?<\/li>)/, "$2$1"));
  expect(made).toBe(0);
});
