import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { posts, tags, topics, topicTags } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const form = (category: number, more: Record<string, string | string[]> = {}) => ({ category: String(category), kind: "question", title: "How do I oil a chain?", body: "It **squeaks**.", tags: "Chain, oil, chain", ...more });

test("a topic is started by a plain form, in Markdown, with its tags", async () => {
  const { id } = await make.category();
  const author = await make.member();
  expect(await (await visit(`/new-topic?category=${id}`, { as: author })).text()).toMatch(/<form method="post"/);
  const answer = await visit("/new-topic", { as: author, form: form(id) });
  const [topic] = await db.select().from(topics);
  expect(answer.headers.get("location")).toBe(`/t/how-do-i-oil-a-chain/${topic!.id}`);
  expect(topic).toMatchObject({ kind: "question", postCount: 1, excerpt: "It squeaks." });
  expect((await db.select().from(tags)).map(({ slug }) => slug).sort()).toEqual(["chain", "oil"]);
});

test("the same form sent twenty times at once makes one topic", async () => {
  const { id } = await make.category();
  const author = await make.member();
  const once = form(id, { key: randomUUID() });
  const answers = await Promise.all(Array.from({ length: 20 }, () => visit("/new-topic", { as: author, form: once })));
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get("location")}`)).size).toBe(1);
  expect(await db.$count(topics)).toBe(1);
  expect(await db.$count(posts)).toBe(1);
});

test("what cannot be taken comes back at its field, with everything typed", async () => {
  const { id } = await make.category();
  const author = await make.member();
  const wrongs: Record<string, string>[] = [{ title: " " }, { title: "x".repeat(201) }, { tags: "a,b,c,d,e,f" }, { category: "" }, { kind: "announcement" }, { kind: "poem" }];
  for (const wrong of wrongs) {
    const answer = await visit("/new-topic", { as: author, form: form(id, { body: "Words I must not lose", ...wrong }) });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("Words I must not lose");
    expect(page).toMatch(/aria-invalid="true"|id="kind-error"/);
  }
  const odds: Record<string, string | string[]>[] = [{ title: ["a", "b"] }, { tags: ["a", "b"] }, { category: ["1", "2"] }, { kind: ["idea", "idea"] }, { category: "99999999999999999999" }, { body: ["a", "b"] }];
  for (const odd of odds) {
    const { status } = await visit("/new-topic", { as: author, form: form(id, odd) });
    expect(status).toBe(422);
  }
  expect(await db.$count(topics)).toBe(0);
  expect(await db.$count(tags)).toBe(0);
});

test("only categories in which one may start topics are offered, and others refuse", async () => {
  const [open, readOnly, hidden] = [await make.category(), await make.category({ members: "reply" }, { name: "Only reading" }), await make.category({ staff: "create" }, { name: "Hidden place" })];
  const author = await make.member();
  const page = await (await visit("/new-topic", { as: author })).text();
  expect(page).toContain(open.name);
  expect(page).not.toMatch(new RegExp(`<option[^>]*>${readOnly.name}`));
  expect(page).not.toContain(hidden.name);
  expect((await visit("/new-topic", { as: author, form: form(readOnly.id) })).status).toBe(403);
  expect((await visit("/new-topic", { as: author, form: form(hidden.id) })).status).toBe(404);
  expect((await visit("/new-topic", { form: form(open.id) })).status).toBe(401);
  const odd = await visit("/new-topic?category=x&kind=poem&draft=abc&division=%00", { as: author });
  expect(odd.status).toBeLessThan(500);
});

test("announcements are for staff, and a category takes the kinds it allows", async () => {
  const { id } = await make.category({ everyone: "see", members: "create" }, { allowedKinds: ["question", "announcement"] });
  const [author, staff] = [await make.member(), await make.member({ role: "moderator" })];
  expect((await visit("/new-topic", { as: author, form: form(id, { kind: "announcement" }) })).status).toBe(422);
  expect((await visit("/new-topic", { as: staff, form: form(id, { kind: "idea" }) })).status).toBe(422);
  expect((await visit("/new-topic", { as: staff, form: form(id, { kind: "announcement" }) })).status).toBe(302);
});

test("topics that make the same new tags at once share them", async () => {
  const { id } = await make.category();
  const author = await make.member();
  await Promise.all(["a, b", "b, a", "b, c, a", "a"].map((list, n) => visit("/new-topic", { as: author, form: form(id, { title: `T${n}`, tags: list }) })));
  expect((await db.select().from(tags)).map(({ slug }) => slug).sort()).toEqual(["a", "b", "c"]);
  expect(await db.$count(topicTags)).toBe(8);
});
