import { expect, test } from "vitest";
import type { Member } from "#app/core/viewer.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

// A member whose language is made up: each sentence out of a message file comes in ⟦brackets⟧. Data of these tests has
// no Latin letters, so a Latin letter outside brackets is a word that somebody wrote into the code.

const MARKS = /⟦[^⟦⟧]*⟧/g;
const shown = ["aria-label", "placeholder", "title", "alt", "content"];

/** The words of a page that came from no message file. */
function hardCoded(html: string): string[] {
  const visible = html.replace(/<!--[^]*?-->/g, "").replace(/<(script|style|svg|code|time|kbd)\b[^]*?<\/\1>/g, "").replace(/<meta (charset|name="viewport")[^>]*>/g, "");
  const attributes = [...visible.matchAll(/<(?!link|html)[a-z0-9]+\b[^>]*>/g)].flatMap(([tag]) => shown.flatMap((name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? []));
  let words = visible.replace(/<[^>]+>/g, "\n");
  for (let before = ""; before !== words; ) {
    before = words;
    words = words.replace(/⟦[^⟦⟧]*⟧/g, "");
  }
  return [...words.split("\n"), ...attributes.map((value) => value.replace(MARKS, "").replace(MARKS, ""))]
    .map((each) => each.replace(/&[a-z#0-9]+;/g, " ").trim())
    .filter((each) => /[A-Za-z]{2,}/.test(each) && !/^(https?:|\/|#|@)/.test(each));
}

async function world() {
  const viewer: Member = await make.member({ role: "owner", locale: "en-XA", username: "x_1", name: "Ж", email: "1@1.11" });
  for (const kind of ["everyone", "members", "staff"] as const) await make.group(kind);
  const group = await make.group();
  const division = await make.division({ slug: "d-1", name: "Ц", tagline: "Ш", description: "Щ" });
  const category = await make.category(undefined, { divisionId: division.id, slug: "c-1", name: "Я", description: "Ю" });
  const topic = await make.topic({ categoryId: category.id, authorId: viewer.id, title: "Ы", slug: "t" });
  await make.post({ topicId: topic.id, authorId: viewer.id, body: text("Э") });
  return { viewer, group, division, category, topic };
}

test("no word on these pages is written into the code", async () => {
  const { viewer, group, division, category } = await world();
  const pages = [
    "/", "/divisions", "/d/d-1", "/latest", "/nothing-here", "/admin", "/admin/divisions", `/admin/divisions/${division.id}`, `/admin/divisions/${division.id}/categories/new`,
    `/admin/categories/${category.id}`, `/admin/categories/${category.id}/rights`, `/admin/categories/${category.id}/move?to=d${division.id}`, "/admin/groups", `/groups/${group.id}`,
    "/admin/members", `/admin/members/${viewer.id}`, "/admin/profile-fields", "/admin/site", "/admin/audit", `/c/c-1/${category.id}`,
  ];
  const data = /^(Wellspring|Everyone|Members|Staff|everyone \d+|members \d+|staff \d+|custom \d+|x_1|1@1\.11|Jan|[a-z-]+)$/;
  const found: Record<string, string[]> = {};
  for (const page of pages) {
    const words = hardCoded(await (await visit(page, { as: viewer })).text()).filter((each) => !data.test(each) && !each.includes("Wellspring"));
    if (words.length > 0) found[page] = [...new Set(words)];
  }
  expect(found).toEqual({});
});

test("a word that was written into the code would be found", () => {
  expect(hardCoded(`<p>⟦Hélló⟧ there</p><img alt="A picture"><b>⟦Ñámé: ⟦Áb⟧⟧</b>`)).toEqual(["there", "A picture"]);
});
