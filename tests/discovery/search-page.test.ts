import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { searchQueries } from "#db/schema/search.ts";
import { revokeRight } from "#app/community/rights.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

async function topicWith(title: string, body: string, categoryId?: number) {
  const topic = await make.topic({ title, ...(categoryId && { categoryId }) });
  await make.post({ topicId: topic.id, body: text(body) });
  return topic;
}

test("a guest finds a public topic, with the words marked and a link to it", async () => {
  const topic = await topicWith("Motor hums", "It hums at low speed only.");
  const response = await visit("/search?q=hum");
  expect(response.status).toBe(200);
  const page = await response.text();
  expect(page).toContain(`href="/t/${topic.slug}/${topic.id}"`);
  expect(page).toMatch(/<mark[^>]*>hums<\/mark>/);
});

test("hidden topics are in no result, no count, no facet and no suggestion", async () => {
  const category = await make.category({ staff: "see" }, { name: "Backstage zebra" });
  const author = await make.member({ username: "quietone" });
  const topic = await make.topic({ title: "Zebra launch", categoryId: category.id, authorId: author.id });
  await make.post({ topicId: topic.id, body: text("The zebra is secret.") });
  for (const viewer of [undefined, await make.member()]) {
    const page = await (await visit("/search?q=zebra", { as: viewer })).text();
    expect(page).toContain("Nothing found");
    expect(page).not.toMatch(/launch|backstage/i);
    expect(await (await visit("/search/suggest?q=zeb", { as: viewer })).json()).toEqual({ suggestions: [] });
  }
  const staff = await make.member({ role: "moderator" });
  expect(await (await visit("/search?q=zebra", { as: staff })).text()).toContain("launch");
});

test("articles and pages are found and offered with their own mark and address", async () => {
  const blog = await make.blog({ slug: "workshop" });
  const article = await make.article({ blogId: blog.id, title: "Truing a wheel", slug: "truing-a-wheel", body: text("Turn the spokes a quarter at a time.") });
  const wiki = await make.wiki({ slug: "handbook" });
  const page = await make.page({ wikiId: wiki.id, title: "Truing stands", slug: "truing-stands", body: text("Which spokes need one.") });
  const found = await (await visit("/search?q=spokes")).text();
  const paths = [`/b/workshop/truing-a-wheel-${article.id}`, `/w/handbook/truing-stands-${page.id}`];
  for (const path of paths) expect(found).toContain(`href="${path}"`);
  expect([found.includes(">Article<"), found.includes(">Wiki page<"), found.includes("kind%3Apage"), /<mark[^>]*>spokes<\/mark>/.test(found)]).toEqual([true, true, true, true]);
  const { suggestions } = (await (await visit("/search/suggest?q=truin")).json()) as { suggestions: { kind: string; placeSlug: string }[] };
  expect(suggestions.map(({ kind, placeSlug }) => [kind, placeSlug]).sort()).toEqual([["article", "workshop"], ["page", "handbook"]]);
});

test("hidden articles and pages, drafts and templates are in no result, no count and no suggestion", async () => {
  const closed = { staff: "see" } as const;
  const blog = await make.blog({ rights: closed, name: "Okapi backstage" });
  await make.article({ blogId: blog.id, title: "Okapi launch" });
  await make.page({ wikiId: (await make.wiki({ rights: closed, name: "Okapi internals" })).id, title: "Okapi plan" });
  const open = await make.blog();
  for (const state of ["draft", "scheduled", "unpublished"] as const) await make.article({ blogId: open.id, title: `Okapi launch ${state}`, state, publishAt: new Date(Date.now() + 3_600_000) });
  for (const hidden of [{ publishedRevision: 0 }, { isTemplate: true }, { removedAt: new Date() }]) await make.page({ title: `Okapi launch ${Object.keys(hidden)[0]}`, ...hidden });
  for (const viewer of [undefined, await make.member()]) {
    const page = await (await visit("/search?q=okapi", { as: viewer })).text();
    expect(page).toContain("Nothing found");
    expect(page).not.toMatch(/launch|backstage|internals/i);
    expect(await (await visit("/search/suggest?q=okap", { as: viewer })).json()).toEqual({ suggestions: [] });
  }
  const seen = await (await visit("/search?q=okapi", { as: await make.member({ role: "moderator" }) })).text();
  expect([seen.includes("launch"), seen.includes("plan"), /launch (?:draft|scheduled|unpublished|publishedRevision|isTemplate|removedAt)/.test(seen)]).toEqual([true, true, false]);
});

test("a right taken away is gone from search at once", async () => {
  const category = await make.category({ members: "see" });
  await topicWith("Walrus plan", "Soon.", category.id);
  const member = await make.member();
  const find = async () => (await (await visit("/search?q=walrus", { as: member })).text()).includes("plan");
  expect(await find()).toBe(true);
  await revokeRight(await make.member({ role: "admin" }), { categoryId: category.id, groupId: (await make.group("members")).id });
  expect(await find()).toBe(false);
});

test("hostile markup in content never comes out alive", async () => {
  await topicWith('Mark </mark><script>alert(1)</script>', '<img src=x onerror=alert(2)> mark \uE000<b>\uE001');
  const page = await (await visit("/search?q=mark")).text();
  expect(page).not.toMatch(/<script>alert|<img src=x|<b>/);
});

test("ten thousand characters are refused at the field, and stay typed as far as they fit", async () => {
  const response = await visit(`/search?q=${"word".repeat(2500)}`);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("500 characters at most");
});

test.each(["/search?q[]=a", "/search?q=a&q=b", "/search?page=-1&q=a", "/search?page=9e9&q=a", "/search?order=drop&q=a", "/search?q=%00", "/search?q=%F0%9F", "/search/suggest?q=%27%3A*", "/search/suggest?q='))", "/search/suggest"])(
  "%s is answered",
  async (path) => expect((await visit(path)).status).toBeLessThan(405),
);

test("an operator that makes no sense explains itself, and the words are searched all the same", async () => {
  await topicWith("Chain slips", "Under load.");
  const page = await (await visit("/search?q=chain+is:happy+after:yesterday+kind:rant+tag:")).text();
  for (const sentence of ["“is:happy” is not something we know", "“yesterday” is not a date", "There is no kind “rant”", "“tag:” needs something after it"]) expect(page).toContain(sentence);
  expect(page).toContain("slips");
});

test("what was looked for is remembered without who, and nothing found is told apart", async () => {
  await topicWith("Pedal", "Creaks.");
  const member = await make.member();
  await visit("/search?q=Pedal", { as: member });
  await visit("/search?q=Flux++capacitor", { as: member });
  expect(await db.select({ text: searchQueries.text, found: searchQueries.found }).from(searchQueries).orderBy(searchQueries.id)).toEqual([
    { text: "pedal", found: 1 },
    { text: "flux capacitor", found: 0 },
  ]);
});

test("suggestions offer titles, people, tags and places by how they begin", async () => {
  const category = await make.category(undefined, { name: "Brake help" });
  const topic = await topicWith("Brake noise when wet", "Yes.", category.id);
  await make.member({ username: "brakemaster", name: "Bo" });
  const { suggestions } = (await (await visit("/search/suggest?q=brake")).json()) as { suggestions: { kind: string }[] };
  expect(suggestions.map(({ kind }) => kind)).toEqual(["topic", "member", "category"]);
  expect(await (await visit("/search/suggest?q=noise+bra")).json()).toMatchObject({ suggestions: [{ kind: "topic", id: topic.id }] });
});

test.each([
  ["it hums", "HUMMING", "<mark>Humming</mark>"], ["C++", "c++", "<mark>C++</mark>"], ["Über résumés", "resume", "<mark>résumés</mark>"], ["4.2 and 4.20", "4.2", "<mark>4.2</mark> and"],
  ["中文字", "文", "中<mark>文</mark>字"], ["batteries", "battery", "<mark>batteries</mark>"], ["dying", "die", "<mark>dying</mark>"],
])("in %j, %j is marked in the form it has there", async (said, asked, marked) => {
  const body = said === "it hums" ? "Humming at night" : said;
  await topicWith("Something else", body);
  const page = await (await visit(`/search?q=${encodeURIComponent(asked)}`)).text();
  expect(page.replace(/<mark[^>]*>/g, "<mark>").replaceAll("<!-- -->", "")).toContain(marked);
});

test("of a long text the pieces are shown that say most of what was looked for", async () => {
  const filler = (word: string) => Array.from({ length: 120 }, (_, n) => `${word}${n}`).join(" ");
  await topicWith("Long story", `${filler("early")} the derailleur broke here ${filler("middle")} then the saddle fell off ${filler("late")}`);
  const page = (await (await visit("/search?q=derailleur+saddle")).text()).replace(/<\/?mark[^>]*>|<!-- -->/g, "");
  expect(page).toMatch(/… early\d+[^…]*the derailleur broke here[^…]* … [^…]*then the saddle fell off[^…]*…/);
  expect(page).not.toContain("early0 ");
});

test("places of one name are told apart by their division", async () => {
  for (const title of ["Zither one", "Zither two"]) {
    const category = await make.category({ everyone: "see" }, { name: "Wishes" });
    await topicWith(title, "A zither, please.", category.id);
  }
  const page = await (await visit("/search?q=zither")).text();
  expect(page.match(/Wishes · [^<]+/g)).toHaveLength(2);
});
