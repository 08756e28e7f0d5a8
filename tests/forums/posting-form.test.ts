import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { editTopic } from "#app/forums/change-topic.ts";
import { createReply } from "#app/forums/replies.ts";
import { createTopic } from "#app/forums/topics.ts";
import { vote } from "#app/forums/votes.ts";
import { db } from "#db/client.ts";
import { posts, topics, topicVotes } from "#db/schema/forums.ts";
import { topicKind } from "#db/schema/topic-kind.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const body = "**Which version?**\n\n**What did you expect?**";

/** A category whose questions begin with a template, set as an admin sets it. */
async function place() {
  const [admin, author, category] = [await make.member({ role: "admin" }), await make.member(), await make.category(undefined, { defaultKind: "question" })];
  const saved = await visit(`/admin/categories/${category.id}/writing`, { as: admin, form: { minimum: "0", "hint-question": "Say which version you ride.", "body-question": body } });
  return { admin, author, category, saved };
}

test("the form for a new topic begins with the words of its kind and place, without scripts", async () => {
  const { author, category, saved } = await place();
  expect([saved.status, saved.headers.get("location")]).toEqual([302, `/admin/categories/${category.id}/writing?saved`]);
  const shown = async (search: string) => {
    const page = await (await visit(`/new-topic?${search}`, { as: author })).text();
    return [page.includes(">Say which version you ride.<"), />\*\*Which version\?\*\*\s+\*\*What did you expect\?\*\*<\/textarea>/.test(page)];
  };
  expect(await shown(`category=${category.id}`)).toEqual([true, true]);
  expect(await shown(`category=${category.id}&kind=idea`)).toEqual([false, false]);
  await make.category();
  expect(await shown("kind=question")).toEqual([false, false]);
  const answer = await visit(`/posting-form?category=${category.id}`, { as: author });
  expect(await answer.json()).toMatchObject({ categoryId: category.id, templates: [{ kind: "question", hint: "Say which version you ride." }] });
});

test("a template that nobody wrote on is not posted, and what else was typed comes back", async () => {
  const { author, category } = await place();
  const post = (words: string, kind = "question") => visit("/new-topic", { as: author, form: { category: String(category.id), kind, title: "Typed title", body: words, tags: "", similar: "shown", key: crypto.randomUUID() } });
  const refused = await post(`${body}\n\n`);
  const page = await refused.text();
  expect([refused.status, page.includes("Fill in the text"), page.includes("Typed title"), page.includes("Say which version you ride.")]).toEqual([422, true, true, true]);
  expect((await post(`${body}\n\n3.1`)).status).toBe(302);
  expect((await post(body, "idea")).status).toBe(302);
});

test("a template is changed and taken away again, and too long a one comes back as typed", async () => {
  const { admin, author, category } = await place();
  const set = (form: Record<string, string>) => visit(`/admin/categories/${category.id}/writing`, { as: admin, form: { minimum: "0", ...form } });
  const refused = await set({ "hint-question": "x".repeat(301), "body-question": "Kept words" });
  expect([refused.status, (await refused.text()).includes("Kept words")]).toEqual([422, true]);
  expect((await set({ minimum: "9" })).status).toBe(422);
  expect((await set({ "use-999999": "required" })).status).toBe(422);
  expect((await set({ "hint-question": "", "body-question": "" })).status).toBe(302);
  expect(await (await visit(`/new-topic?category=${category.id}`, { as: author })).text()).not.toContain("Which version?");
});

test("what a hidden category asks is told to nobody outside", async () => {
  const backstage = await make.category({ staff: "create" });
  const outsider = await make.member();
  expect([(await visit(`/posting-form?category=${backstage.id}`, { as: outsider })).status, (await visit("/posting-form?category=987654", { as: outsider })).status, (await visit("/posting-form", { as: outsider })).status]).toEqual([404, 404, 404]);
});

test("a kind that a place does not take is refused at its field, also of a topic that is there already", async () => {
  const author = await make.member();
  const { id } = await make.category({ everyone: "see", members: "create" }, { allowedKinds: ["question", "idea"] });
  const topic = await createTopic(author, id, { title: "A wish", kind: "idea", body: text("Please.") });
  for (const kind of ["discussion", "announcement"]) {
    const refused = await visit(`/t/${topic.slug}/${topic.id}/edit`, { as: author, form: { title: "A wish I typed anew", kind, tags: "", categoryId: String(id), reason: "" } });
    const page = await refused.text();
    expect([kind, refused.status, page.includes("A wish I typed anew"), /name="kind"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*name="kind"/.test(page)]).toEqual([kind, 422, true, true]);
  }
});

test("a topic becomes another kind and back, and keeps its replies, votes and address", async () => {
  const [staff, voter] = [await make.member({ role: "admin" }), await make.member()];
  const category = await make.category();
  const { id, slug } = await createTopic(staff, category.id, { title: "A wish", kind: "idea", body: text("Please.") });
  await vote(voter, id, { on: true });
  await createReply(voter, id, { body: text("Me too.") });
  const before = await db.select({ id: posts.id, number: posts.number }).from(posts).where(eq(posts.topicId, id)).orderBy(posts.number);
  for (const kind of [...topicKind.enumValues.filter((each) => each !== "idea"), "idea" as const]) {
    await editTopic(staff, id, { title: "A wish", kind, tags: [], categoryId: category.id, reason: "" });
    const [topic] = await db.select().from(topics).where(eq(topics.id, id));
    expect(topic).toMatchObject({ kind, slug, voteCount: 1, postCount: 2 });
    expect(await db.select({ id: posts.id, number: posts.number }).from(posts).where(eq(posts.topicId, id)).orderBy(posts.number)).toEqual(before);
    expect(await db.$count(topicVotes, eq(topicVotes.topicId, id))).toBe(1);
    const page = await visit(`/t/${slug}/${id}`, { as: voter });
    const html = await page.text();
    expect([page.status, html.includes("Me too.")]).toEqual([200, true]);
    // Also where the opening post is shown as it was remembered.
    expect(html.includes(`action="/t/${slug}/${id}/vote"`), kind).toBe(kind === "idea" || kind === "question");
  }
});
