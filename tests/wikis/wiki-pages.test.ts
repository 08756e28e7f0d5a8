import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { db } from "#db/client.ts";
import { pages } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const html = async (answer: Promise<Response>) => (await answer).text();
const rowOf = async (id: number) => (await db.select().from(pages).where(eq(pages.id, id)))[0]!;
/** The value of a form's field in a page, as a browser without scripts would send it again. */
const fieldsOf = (page: string) => Object.fromEntries(
  [...page.matchAll(/<(?:input|textarea)\b[^>]*?name="([^"]+)"[^>]*>(?:([^<]*)<\/textarea>)?/g)].map(([tag, name, inside]) => [name!, unescaped(inside ?? /value="([^"]*)"/.exec(tag)?.[1] ?? "").replace(/^\n/, "")]),
);
const unescaped = (text: string) => text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const inParts = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
};

async function place() {
  const wiki = await make.wiki();
  const editor = await make.member();
  const page = await make.page({ wikiId: wiki.id, title: "Ovens", slug: "ovens", createdById: editor.id, lastEditorId: editor.id, body: text("First of all.", "The oven is hot.", "Last of all.") });
  return { wiki, editor, page, path: `/w/${wiki.slug}/ovens-${page.id}` };
}

test("a page is found by its number; any other name leads on to the right one", async () => {
  const { wiki, page, path } = await place();
  for (const wrong of [`/w/${wiki.slug}/x-${page.id}`, `/w/x/ovens-${page.id}`, `/w/-/-${page.id}`, `/w/${wiki.slug}/${page.id}`]) {
    const answer = await visit(`${wrong}?x=1`);
    expect([answer.status, answer.headers.get("location")], wrong).toEqual([301, `${path}?x=1`]);
  }
  const answer = await visit(`/w/x/x-${page.id}/history?to=1`);
  expect([answer.status, answer.headers.get("location")]).toEqual([301, `${path}/history?to=1`]);
  expect((await visit(`/w/${wiki.slug}/ovens`)).status).toBe(404);
});

test("a page is written, read and changed without scripts", async () => {
  const { wiki, editor, page, path } = await place();
  const form = fieldsOf(await html(visit(`/w/${wiki.slug}/new?parent=${page.id}`, { as: editor })));
  const made = await visit(`/w/${wiki.slug}/new`, { as: editor, form: { ...form, title: "Deck ovens", body: "## Heat\n\n## Steam\n\n### Wet\n\nSee [[Ovens]] and [[Stones]].", parentId: String(page.id), intent: "publish", isTemplate: "" } });
  expect(made.status).toBe(302);
  const read = await html(visit(made.headers.get("location")!));
  expect(read).toContain('<h2 id="s-heat">Heat</h2>');
  expect(read).toContain('<a href="#s-wet">Wet</a>');
  // Its links have the addresses those pages have now.
  expect(read).toContain(`<a class="page-link" href="${path}">Ovens</a>`);
  expect(read).toContain(`href="/w/-/new?wiki=${wiki.id}&amp;title=Stones"`);
  // What is above it, what is below that, and what leads there.
  const above = await html(visit(path));
  expect(read).toContain(`href="${path}"`);
  expect(above.match(/Deck ovens/g)!.length).toBeGreaterThan(2);

  const edit = fieldsOf(await html(visit(`${path}/edit`, { as: editor })));
  expect(edit).toMatchObject({ base: "1", title: "Ovens", body: "First of all.\n\nThe oven is hot.\n\nLast of all." });
  expect((await visit(`${path}/edit`, { as: editor, form: { ...edit, body: "Cold.", reason: "it broke", isMinor: "", intent: "publish" } })).headers.get("location")).toBe(path);
  const history = await html(visit(`${path}/history?to=2`));
  expect(history).toContain("it broke");
  expect(history).toMatch(/<ins>Cold\.<\/ins>/);
  expect(await html(visit(`${path}/history?to=2&as=side`))).toContain("diff-sides");
});

test("a wish for a page leads to where it is written, or to the page once it is there", async () => {
  const { wiki, editor, page, path } = await place();
  const first = await visit(`/w/-/new?wiki=${wiki.id}&title=Stones`, { as: editor });
  expect(first.headers.get("location")).toBe(`/w/${wiki.slug}/new?title=Stones`);
  expect(fieldsOf(await html(visit(first.headers.get("location")!, { as: editor }))).title).toBe("Stones");
  expect((await visit(`/w/${wiki.slug}/new?title=oVens`, { as: editor })).headers.get("location")).toBe(path);
  expect((await visit(`/w/${wiki.slug}/new?parent=${page.id}`)).headers.get("location")).toContain("/sign-in?next=");
});

test("who saves too late is shown both texts, and nothing of either is lost, without scripts too", async () => {
  const { editor, page, path } = await place();
  const other = await make.member({ name: "Olga" });
  const mine = fieldsOf(await html(visit(`${path}/edit`, { as: editor })));
  await visit(`${path}/edit`, { as: other, form: { ...mine, body: "First of all.\n\nThe oven is cold.\n\nLast of all." } });

  const late = await visit(`${path}/edit`, { as: editor, form: { ...mine, body: "First of all, hello.\n\nThe oven is broken.\n\nLast of all.", reason: "truth" } });
  expect(late.status).toBe(409);
  const view = await late.text();
  expect(view).toContain("Olga saved this page while you were writing");
  const form = fieldsOf(view);
  expect(form).toMatchObject({ base: "2", reason: "truth", "theirs-1": "The oven is cold.", "mine-1": "The oven is broken." });
  expect((await rowOf(page.id)).bodyText).toContain("The oven is cold.");

  // Meanwhile there is a third: the merge itself came too late, and is merged again.
  await visit(`${path}/edit`, { as: other, form: { ...mine, base: "2", body: "First of all.\n\nThe oven is cold.\n\nLast of all. Bye." } });
  const again = await visit(`${path}/merge`, { as: editor, form: { ...form, "mine-1": "The oven is broken, alas.", "choice-1": "mine", step: "save", title: "Ovens" } });
  expect(again.status).toBe(409);
  const clean = fieldsOf(await again.text());
  expect(clean.base).toBe("3");
  expect((await visit(`${path}/merge`, { as: editor, form: { ...clean, step: "save" } })).headers.get("location")).toBe(path);
  const { body, revision } = await rowOf(page.id);
  expect([revision, documentToMarkdown(body)]).toEqual([4, "First of all, hello.\n\nThe oven is broken, alas.\n\nLast of all. Bye."]);
});

test("changes that do not touch are put together, offered as such, and can be edited as a whole", async () => {
  const { editor, page, path } = await place();
  const mine = fieldsOf(await html(visit(`${path}/edit`, { as: editor })));
  await visit(`${path}/edit`, { as: await make.member(), form: { ...mine, title: "All ovens", body: "First of all!\n\nThe oven is hot.\n\nLast of all." } });
  const late = await visit(`${path}/edit`, { as: editor, form: { ...mine, body: "First of all.\n\nThe oven is hot.\n\nLast of all!" } });
  const view = await late.text();
  expect([late.status, view.includes("Your changes do not touch each other")]).toEqual([409, true]);
  const form = fieldsOf(view);
  expect(form.title).toBe("All ovens");

  const whole = await visit(`/w/x/x-${page.id}/merge`, { as: editor, form: { ...form, step: "edit" } });
  expect(fieldsOf(await whole.text())).toMatchObject({ base: "2", title: "All ovens", body: "First of all!\n\nThe oven is hot.\n\nLast of all!" });
  await visit(`${path}/merge`, { as: editor, form: { ...form, step: "save" } });
  expect(await rowOf(page.id)).toMatchObject({ revision: 3, title: "All ovens", bodyText: "First of all!\nThe oven is hot.\nLast of all!" });
});

test("what is refused comes back as it was typed, be it two megabytes", async () => {
  const { wiki, editor, page, path } = await place();
  await make.page({ wikiId: wiki.id, title: "Bread" });
  const taken = await visit(`${path}/edit`, { as: editor, form: { title: "bread", body: "My words", base: "1", reason: "why" } });
  const form = await taken.text();
  expect([taken.status, fieldsOf(form)]).toMatchObject([422, { title: "bread", body: "My words", reason: "why" }]);
  expect(form).toContain("There is a page of this title already");

  const long = "Words and words. ".repeat(125_000);
  for (const address of [`${path}/edit`, `/w/${wiki.slug}/new`]) {
    const answer = await visit(address, { as: editor, body: inParts({ title: "Long", body: long, base: "1" }) });
    expect(answer.status, address).toBe(413);
    expect(fieldsOf(await answer.text()).body === long, address).toBe(true);
  }
  expect((await visit(`${path}/edit`, { as: editor, body: inParts({ title: "Long", body: "x".repeat(5 * 1024 * 1024), base: "1" }) })).status).toBe(413);
  expect((await rowOf(page.id)).revision).toBe(1);
});

test("a page whose day has passed says so, and its owner says that it is still true", async () => {
  const { page, path } = await place();
  const [owner, reader] = [await make.member({ name: "Olga" }), await make.member()];
  await db.update(pages).set({ ownerId: owner.id, verifiedUntil: "2020-02-03" }).where(eq(pages.id, page.id));
  const shown = await html(visit(path));
  expect(shown).toContain("This page may be out of date");
  expect(shown).toContain("February 3, 2020");
  expect(await html(visit(path, { as: reader }))).not.toContain("Still true");
  expect(await html(visit("/pages-to-verify", { as: owner }))).toContain("Ovens");
  expect(await html(visit("/pages-to-verify", { as: reader }))).not.toContain("Ovens");

  expect((await visit(`${path}/verify`, { as: reader, form: { days: "180" } })).status).toBe(403);
  expect((await visit(`${path}/verify`, { as: owner, form: { days: "180" } })).headers.get("location")).toBe(path);
  expect(await html(visit(path))).not.toContain("out of date");
  expect(await rowOf(page.id)).toMatchObject({ verifiedById: owner.id });
});

test("whoever does not see a page cannot be made its owner", async () => {
  const wiki = await make.wiki({ rights: { staff: "create" } });
  const page = await make.page({ wikiId: wiki.id });
  const [editor, outsider] = [await make.member({ role: "editor" }), await make.member()];
  const answer = await visit(`/w/${wiki.slug}/${page.slug}-${page.id}/manage`, { as: editor, form: { intent: "owner", owner: outsider.username } });
  expect(answer.status).toBe(422);
  expect((await visit(`/w/${wiki.slug}/${page.slug}-${page.id}/manage`, { as: editor, form: { intent: "owner", owner: editor.username } })).status).toBe(302);
  expect((await rowOf(page.id)).ownerId).toBe(editor.id);
});

test("a template gives a new page its text, and stands in no tree", async () => {
  const { wiki, editor, page, path } = await place();
  const staff = await make.member({ role: "editor" });
  expect((await visit(`${path}/manage`, { as: staff, form: { intent: "template", isTemplate: "1" } })).status).toBe(302);
  expect(await html(visit(`/w/${wiki.slug}`))).not.toContain("Ovens</span>");
  expect(await html(visit(`/w/${wiki.slug}/new`, { as: editor }))).toContain(`from=${page.id}`);
  expect(fieldsOf(await html(visit(`/w/${wiki.slug}/new?from=${page.id}`, { as: editor }))).body).toContain("The oven is hot.");
});

test("a member follows a page or all below it, and its talk and its paper version are one step away", async () => {
  const { page, path, editor } = await place();
  expect((await visit(`${path}/follow`, { as: editor, form: { level: "subtree" } })).headers.get("location")).toBe(path);
  const below = await make.page({ parentId: page.id, title: "Below", slug: "below" });
  expect(await html(visit(`${path.replace(/ovens-\d+$/, "")}below-${below.id}`, { as: editor }))).toContain("because you follow a page above it");
  const said = await visit(path, { as: editor, form: { body: "Is it hot?" } });
  expect(said.headers.get("location")).toBe(`${path}?comment=2#post-2`);
  const read = await html(visit(path));
  expect(read).toContain("1 comment");
  expect(read).toContain("Is it hot?");
  const print = await html(visit(`${path}/print`));
  expect(print).toContain("The oven is hot.");
  expect((await visit(`/w/x/x-${page.id}/restore`, { as: editor, form: {} })).status).toBe(403);
});

test("a draft is seen by those who may edit, in its tree, and by nobody else", async () => {
  const { wiki, editor } = await place();
  const made = await visit(`/w/${wiki.slug}/new`, { as: editor, form: { title: "Half done", body: "Not yet", intent: "draft" } });
  const path = made.headers.get("location")!;
  expect(await html(visit(path, { as: editor }))).toContain("Not yet");
  for (const address of [path, `${path}/history`, `${path}/print`, `${path}/links`]) expect((await visit(address)).status, address).toBe(404);
  expect(await html(visit(`/w/${wiki.slug}`))).not.toContain("Half done");
  expect(await html(visit(`/w/${wiki.slug}`, { as: editor }))).toContain("Half done");
});
