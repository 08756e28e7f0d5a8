import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { guest } from "#app/core/viewer.ts";
import { editTopic } from "#app/forums/change-topic.ts";
import { mergeTags } from "#app/forums/manage-tags.ts";
import { setPostingForm } from "#app/forums/posting-form.ts";
import { createTagGroup, deleteTagGroup, editTagGroup, listTagGroups } from "#app/forums/tag-groups.ts";
import { accessTag, listTopicTags } from "#app/forums/tags.ts";
import { createTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import type { Category } from "#db/schema/community.ts";
import { topics, type TagGroupUse } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

/** Two groups of tags, and a way to ask for them. */
async function place() {
  const [admin, author, category] = [await make.member({ role: "admin" }), await make.member(), await make.category()];
  const product = (await createTagGroup(admin, { name: "Product", description: "", isSingle: false, tags: ["pump", "lamp"] })).id;
  const version = (await createTagGroup(admin, { name: "Version", description: "Which one you ride.", isSingle: true, tags: ["v1", "v2"] })).id;
  const ask = (on: Category, minimum: number, uses: [number, TagGroupUse][]) => setPostingForm(admin, on, { minimum, uses: new Map(uses), templates: [] });
  const start = (tags: string[], on: Category = category) => createTopic(author, on.id, { title: "It leaks", kind: "discussion", body: text("Look."), tags });
  return { admin, author, category, product, version, ask, start };
}
const edit = (topic: { id: number }, categoryId: number, tags: string[], title = "It leaks") => ({ id: topic.id, input: { title, kind: "discussion" as const, tags, categoryId, reason: "" } });

test.each<[string, number, ["product" | "version", TagGroupUse][], string[], string | null]>([
  ["nothing is asked", 0, [], [], null],
  ["two are asked and two are there", 2, [], ["a", "b"], null],
  ["two are asked and one is there", 2, [], ["a"], "forums.tagsAtLeast"],
  ["one of a group is asked and is there", 0, [["product", "required"]], ["pump", "a"], null],
  ["one of a group is asked and another is there", 0, [["product", "required"]], ["v1"], "forums.tagOfGroupRequired"],
  ["one of each of two groups is asked and one is there", 0, [["product", "required"], ["version", "required"]], ["pump"], "forums.tagOfGroupRequired"],
  ["only some groups are taken and it is of one", 0, [["product", "allowed"]], ["pump", "lamp"], null],
  ["only some groups are taken and one is of none", 0, [["product", "allowed"]], ["pump", "a"], "forums.tagNotTakenHere"],
  ["only some groups are taken and a required one is there", 0, [["product", "allowed"], ["version", "required"]], ["v2"], null],
  ["two of a group with one tag per topic", 0, [], ["v1", "v2"], "forums.oneTagOfGroup"],
])("a topic is started where %s", async (_, minimum, uses, tags, refusal) => {
  const { category, ask, start, ...groups } = await place();
  await ask(category, minimum, uses.map(([name, use]) => [groups[name], use]));
  if (!refusal) return void expect(await start(tags)).toHaveProperty("id");
  await expect(start(tags)).rejects.toThrow(refusal);
  expect(await db.$count(topics)).toBe(0);
});

test("what is missing is said at the tags, with all that was typed and the tags to choose from", async () => {
  const { author, category, ask, version } = await place();
  await ask(category, 1, [[version, "required"]]);
  const answer = await visit("/new-topic", { as: author, form: { category: String(category.id), kind: "question", title: "Typed title", body: "Typed words", tags: "typed-tag", similar: "shown", key: crypto.randomUUID() } });
  const page = await answer.text();
  expect(answer.status).toBe(422);
  for (const kept of ["Typed title", "Typed words", "typed-tag", "Choose a tag of “Version”.", "Which one you ride.", "v2"]) expect(page).toContain(kept);
});

test("an edit that takes the required tag away is refused, and one of the title alone is not", async () => {
  const { author, category, ask, start, version } = await place();
  const old = await start(["a"]);
  await ask(category, 0, [[version, "required"]]);
  const topic = await start(["v1"]);
  const answer = await visit(`/t/x/${topic.id}/edit`, { as: author, form: { title: "Typed title", kind: "discussion", tags: "typed-tag", categoryId: String(category.id), reason: "" } });
  const page = await answer.text();
  expect([answer.status, page.includes("typed-tag"), page.includes("Typed title"), page.includes("Choose a tag of “Version”.")]).toEqual([422, true, true, true]);
  expect((await listTopicTags(db, topic.id)).map(({ slug }) => slug)).toEqual(["v1"]);
  const { id, input } = edit(old, category.id, ["a"], "It still leaks");
  await editTopic(author, id, input);
  expect((await db.select().from(topics).where(eq(topics.id, id)))[0]!.title).toBe("It still leaks");
  await expect(editTopic(author, id, { ...input, tags: ["b"] })).rejects.toThrow("forums.tagOfGroupRequired");
});

test("a topic moves only with the tags that its new place asks for, which may be given in the same step", async () => {
  const { author, ask, start, version } = await place();
  const [topic, target] = [await start(["a"]), await make.category()];
  await ask(target, 0, [[version, "required"]]);
  const { id, input } = edit(topic, target.id, ["a"]);
  await expect(editTopic(author, id, input)).rejects.toThrow("forums.tagOfGroupRequired");
  expect((await db.select().from(topics).where(eq(topics.id, id)))[0]!.categoryId).not.toBe(target.id);
  await editTopic(author, id, { ...input, tags: ["a", "v2"] });
  expect((await db.select().from(topics).where(eq(topics.id, id)))[0]!.categoryId).toBe(target.id);
});

test("a synonym counts for the tag that is meant, also after a merge", async () => {
  const { admin, category, ask, start, version } = await place();
  await ask(category, 0, [[version, "required"]]);
  await expect(start(["second"])).rejects.toThrow("forums.tagOfGroupRequired");
  await start(["v1", "second"]);
  await mergeTags(admin, (await accessTag(db, admin, "second")).id, "v2");
  expect(await start(["second"])).toHaveProperty("id");
  await expect(start(["v1", "second"])).rejects.toThrow("forums.oneTagOfGroup");
});

test("a tag that takes another in takes its place in the group, too", async () => {
  const { admin, category, ask, start, version } = await place();
  await ask(category, 0, [[version, "required"]]);
  await start(["v1", "first"]);
  await mergeTags(admin, (await accessTag(db, admin, "v1")).id, "first");
  expect((await listTagGroups(db)).find(({ id }) => id === version)!.tags.map(({ slug }) => slug)).toEqual(["first", "v2"]);
  expect(await start(["v1"])).toHaveProperty("id");
});

test("a tag is in one group, and a deleted group asks for nothing", async () => {
  const { admin, category, ask, start, product, version } = await place();
  await expect(createTagGroup(admin, { name: "Version", description: "", isSingle: false, tags: [] })).rejects.toThrow("forums.tagGroupTaken");
  await expect(editTagGroup(admin, product, { name: "Product", description: "", isSingle: false, tags: ["v1"] })).rejects.toThrow("forums.tagInOtherGroup");
  await editTagGroup(admin, product, { name: "Thing", description: "", isSingle: true, tags: ["pump", "bell"] });
  expect((await listTagGroups(db)).map(({ name, isSingle, tags }) => [name, isSingle, tags.map(({ slug }) => slug)])).toEqual([["Thing", true, ["bell", "pump"]], ["Version", true, ["v1", "v2"]]]);
  await ask(category, 0, [[version, "required"]]);
  await deleteTagGroup(admin, version);
  expect(await start(["v1", "v2"])).toHaveProperty("id");
});

test("groups of tags are made by staff and asked for by admins, by nobody else", async () => {
  const { author, category, version } = await place();
  const moderator = await make.member({ role: "moderator" });
  expect((await visit("/tags/groups", { as: moderator, form: { name: "Colour", description: "", tags: "red, blue" } })).status).toBe(302);
  expect((await visit("/tags/groups", { as: author, form: { name: "Mine", description: "", tags: "" } })).status).toBe(403);
  expect((await visit(`/tags/groups/${version}`, { as: author, form: { intent: "delete" } })).status).toBe(403);
  for (const as of [author, moderator]) {
    expect((await visit(`/admin/categories/${category.id}/writing`, { as })).status).toBe(403);
    expect((await visit(`/admin/categories/${category.id}/writing`, { as, form: { minimum: "1" } })).status).toBe(403);
  }
  await expect(accessTag(db, guest, "red")).rejects.toThrow("core.notFound");
});

test("what a category asks counts below it, to any depth, until one below asks for itself; and again when that asks no more", async () => {
  const { admin, category, product, version, ask, start } = await place();
  const below = await make.category(undefined, { divisionId: category.divisionId, parentId: category.id });
  const deeper = await make.category(undefined, { divisionId: category.divisionId, parentId: below.id });
  const beside = await make.category(undefined, { divisionId: category.divisionId });
  await ask(category, 2, [[version, "required"]]);
  for (const on of [below, deeper]) {
    await expect(start(["a", "b"], on)).rejects.toThrow("forums.tagOfGroupRequired");
    await expect(start(["v1"], on)).rejects.toThrow("forums.tagsAtLeast");
    expect(await start(["v1", "a"], on)).toHaveProperty("id");
  }
  expect(await start([], beside)).toHaveProperty("id");
  // One that asks for itself asks nothing of what is above, and hands its own on.
  await ask(below, 0, [[product, "required"]]);
  for (const on of [below, deeper]) {
    await expect(start(["v1", "a"], on)).rejects.toThrow("forums.tagOfGroupRequired");
    expect(await start(["pump"], on)).toHaveProperty("id");
  }
  await ask(deeper, 0, []);
  expect(await start([], deeper)).toHaveProperty("id");
  await setPostingForm(admin, below, { inheritsTags: true, minimum: 0, uses: new Map([[product, "required"]]), templates: [] });
  await expect(start(["pump"], below)).rejects.toThrow("forums.tagOfGroupRequired");
  expect(await start([], deeper)).toHaveProperty("id");
});

test("an admin is shown where the rules of a category come from, and sets or drops its own by a plain form", async () => {
  const { admin, author, category, version, ask } = await place();
  const below = await make.category({ everyone: "see", members: "create" }, { divisionId: category.divisionId, parentId: category.id, name: "Below" });
  await ask(category, 1, [[version, "required"]]);
  const path = `/admin/categories/${below.id}/writing`;
  const shown = await (await visit(path, { as: admin })).text();
  expect(shown).toContain(`href="/admin/categories/${category.id}/writing"`);
  expect(shown).toMatch(/name="inheritsTags"[^>]*checked=""/);
  // What is asked above is said to whoever writes here.
  expect(await (await visit(`/new-topic?category=${below.id}`, { as: author })).text()).toContain("One of “Version”");

  expect((await visit(path, { as: admin, form: { minimum: "0" } })).status).toBe(302);
  const own = await (await visit(path, { as: admin })).text();
  expect(own).toContain("This category asks for itself");
  expect(own).not.toMatch(/name="inheritsTags"[^>]*checked=""/);
  expect(await (await visit(`/new-topic?category=${below.id}`, { as: author })).text()).not.toContain("One of “Version”");
  expect((await visit(path, { as: admin, form: { minimum: "3", inheritsTags: "on", [`use-${version}`]: "allowed" } })).status).toBe(302);
  expect(await (await visit(`/new-topic?category=${below.id}`, { as: author })).text()).toContain("One of “Version”");
  // A top has nothing above it.
  expect(await (await visit(`/admin/categories/${category.id}/writing`, { as: admin })).text()).not.toContain(`name="inheritsTags"`);
});

test("staff put groups of tags in another order by plain forms, which those who choose tags see; others do not", async () => {
  const { admin, author, category, product, version, ask } = await place();
  const third = (await createTagGroup(admin, { name: "Colour", description: "", isSingle: false, tags: ["red"] })).id;
  const names = async () => (await listTagGroups(db)).map(({ name }) => name);
  expect(await names()).toEqual(["Product", "Version", "Colour"]);
  expect(await (await visit("/tags/groups", { as: admin })).text()).toContain(`action="/tags/groups/${third}/order"`);
  const step = (id: number, direction: string, as = admin) => visit(`/tags/groups/${id}/order`, { as, form: { direction } });
  expect((await step(third, "up")).headers.get("location")).toBe("/tags/groups");
  expect(await names()).toEqual(["Product", "Colour", "Version"]);
  await step(product, "up");
  await step(version, "down");
  expect(await names()).toEqual(["Product", "Colour", "Version"]);
  await ask(category, 0, [[product, "required"], [third, "required"], [version, "required"]]);
  await step(product, "down");
  const form = await (await visit(`/new-topic?category=${category.id}`, { as: author })).text();
  expect(form.indexOf("“Colour”")).toBeLessThan(form.indexOf("“Product”"));
  expect((await step(version, "up", author)).status).toBe(403);
  expect((await step(version, "sideways")).status).toBe(422);
  expect((await step(999_999, "up")).status).toBe(404);
  expect(await names()).toEqual(["Colour", "Product", "Version"]);
});
