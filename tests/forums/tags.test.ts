import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { guest } from "#app/core/viewer.ts";
import { addSynonym, deleteTag, editTag, mergeTags } from "#app/forums/manage-tags.ts";
import { tagSlug } from "#app/forums/inputs.ts";
import { accessTag, listTags, setTopicTags, suggestTags } from "#app/forums/tags.ts";
import { listTopics } from "#app/forums/topic-lists.ts";
import { db } from "#db/client.ts";
import { tags, topics, topicTags } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const tagged = async (topicId: number, ...slugs: string[]) => db.transaction((tx) => setTopicTags(tx, topicId, slugs));

test.each([["Chain  Oil", "chain-oil"], ["C++", "c++"], ["../..", ""], ["ＦＵＬＬ", "full"], ["Größe", "größe"], ["4.2", "4.2"], ["日本 語", "日本-語"], ["--a--", "a"]])("%s is the tag %s", (typed, slug) => {
  expect(tagSlug(typed)).toBe(slug);
});

test("a tag shows, counts and is suggested only where its topics are seen", async () => {
  const staffOnly = await make.category({ staff: "see" });
  const [open, secret] = [await make.topic(), await make.topic({ categoryId: staffOnly.id })];
  await tagged(open.id, "brakes");
  await tagged(secret.id, "brakes", "merger");
  const unlisted = await make.topic({ categoryId: open.categoryId, unlistedAt: new Date() });
  await tagged(unlisted.id, "brakes", "quiet");

  for (const viewer of [guest, await make.member()]) {
    expect((await listTags(db, viewer)).map(({ slug, count }) => [slug, count])).toEqual([["brakes", 1]]);
    expect(await suggestTags(db, viewer, "mer")).toEqual([]);
    expect((await suggestTags(db, viewer, "BRA")).map(({ slug, count }) => [slug, count])).toEqual([["brakes", 1]]);
    for (const slug of ["merger", "quiet", "nowhere"]) await expect(accessTag(db, viewer, slug)).rejects.toThrow("core.notFound");
  }
  const hidden = await visit("/tag/merger");
  const missing = await visit("/tag/nowhere");
  expect([hidden.status, missing.status]).toEqual([404, 404]);
  expect(await (await visit("/tag/brakes")).text()).not.toContain(secret.title);
  expect(await (await visit("/tag-suggestions?q=mer")).text()).not.toContain("merger");
});

test("merging moves topics once, leaves a redirect, and straightens older synonyms", async () => {
  const staff = await make.member({ role: "moderator" });
  const [both, one] = [await make.topic(), await make.topic()];
  await tagged(both.id, "bike", "bicycle");
  await tagged(one.id, "bike");
  const bike = await accessTag(db, guest, "bike");
  await addSynonym(staff, bike.id, "bikes");

  await mergeTags(staff, bike.id, "bicycle");

  expect((await listTags(db, guest)).map(({ slug, count }) => [slug, count])).toEqual([["bicycle", 2]]);
  expect(await db.$count(topicTags)).toBe(2);
  for (const old of ["bike", "bikes", "BIKE"]) {
    const answer = await visit(`/tag/${old}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([301, "/tag/bicycle"]);
  }
  // Used again, the old word gives the tag that is meant.
  await tagged((await make.topic({ categoryId: one.categoryId })).id, "bikes");
  expect((await listTags(db, guest)).map(({ slug, count }) => [slug, count])).toEqual([["bicycle", 3]]);
  const bicycle = await accessTag(db, guest, "bicycle");
  await expect(mergeTags(staff, bicycle.id, "bike")).rejects.toThrow("forums.tagIntoItself");
});

test("merges in opposite directions at once leave one tag", async () => {
  const staff = await make.member({ role: "admin" });
  const topic = await make.topic();
  await tagged(topic.id, "a", "b");
  const [a, b] = [await accessTag(db, guest, "a"), await accessTag(db, guest, "b")];
  const results = await Promise.allSettled([mergeTags(staff, a.id, "b"), mergeTags(staff, b.id, "a")]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await listTags(db, guest)).length).toBe(1);
});

test("a renamed tag is still found by its old name, and may take a synonym's name back", async () => {
  const staff = await make.member({ role: "moderator" });
  const topic = await make.topic();
  await tagged(topic.id, "colour");
  const tag = await accessTag(db, guest, "colour");
  await editTag(staff, tag.id, { name: "Paint", description: "About paint" });
  expect((await visit("/tag/colour")).headers.get("location")).toBe("/tag/paint");
  await editTag(staff, tag.id, { name: "Colour", description: "" });
  expect((await visit("/tag/paint")).headers.get("location")).toBe("/tag/colour");
  await tagged((await make.topic()).id, "taken");
  await expect(editTag(staff, tag.id, { name: "taken", description: "" })).rejects.toThrow("forums.tagNameTaken");
  await deleteTag(staff, tag.id);
  expect((await db.select().from(tags)).map(({ slug }) => slug)).toEqual(["taken"]);
});

test("tags are managed by staff of the site alone, by plain forms", async () => {
  const topic = await make.topic();
  await tagged(topic.id, "old", "new");
  const division = await make.division();
  for (const member of [await make.member(), await make.member({ role: "moderator", divisionId: division.id })]) {
    expect((await visit("/tag/old/manage", { as: member })).status).toBe(403);
    const acts: Record<string, string>[] = [{ do: "delete" }, { do: "merge", into: "new" }, { do: "edit", name: "x", description: "" }, { do: "synonym", synonym: "x" }];
    for (const act of acts) {
      expect((await visit("/tag/old/manage", { as: member, form: act })).status).toBe(403);
    }
  }
  const staff = await make.member({ role: "moderator" });
  expect((await visit("/tag/old/manage", { as: staff, form: { do: "merge", into: "nothing" } })).status).toBe(422);
  expect((await visit("/tag/old/manage", { as: staff, form: { do: "merge", into: ["a", "b"] } })).status).toBe(422);
  expect((await visit("/tag/old/manage", { as: staff, form: { do: "merge", into: "new" } })).headers.get("location")).toBe("/tag/new");
});

test("a tag's list holds its topics in every order", async () => {
  const [a, b] = [await make.topic({ kind: "question" }), await make.topic()];
  await tagged(a.id, "x");
  await tagged(b.id, "y");
  const { id: tagId } = await accessTag(db, guest, "x");
  for (const sort of ["latest", "top", "unanswered"] as const) {
    expect((await listTopics(db, guest, { sort, tagId })).topics.map(({ id }) => id)).toEqual([a.id]);
  }
});

test("counts follow topics that are moved, hidden, brought back and deleted", async () => {
  const [topic, other] = [await make.topic(), await make.topic()];
  const staffOnly = await make.category({ staff: "see" });
  await tagged(topic.id, "x", "y");
  await tagged(other.id, "x");
  const counts = async () => Object.fromEntries((await listTags(db, guest)).map(({ slug, count }) => [slug, count]));
  const change = (values: Partial<typeof topics.$inferInsert>) => db.update(topics).set(values).where(eq(topics.id, topic.id));

  expect(await counts()).toEqual({ x: 2, y: 1 });
  await change({ removedAt: new Date() });
  expect(await counts()).toEqual({ x: 1 });
  await change({ removedAt: null, unlistedAt: new Date() });
  expect(await counts()).toEqual({ x: 1 });
  await change({ unlistedAt: null });
  expect(await counts()).toEqual({ x: 2, y: 1 });
  await change({ categoryId: staffOnly.id });
  expect(await counts()).toEqual({ x: 1 });
  await change({ categoryId: other.categoryId });
  await tagged(topic.id, "y");
  expect(await counts()).toEqual({ x: 1, y: 1 });
  await db.delete(topics).where(eq(topics.id, topic.id));
  expect(await counts()).toEqual({ x: 1 });
});
