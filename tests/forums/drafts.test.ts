import { expect, test } from "vitest";
import type { Member } from "#app/core/viewer.ts";
import { listDrafts, readDraft, saveDraft } from "#app/core/drafts.ts";
import { stampOf } from "#app/forums/edit-post.ts";
import { db } from "#db/client.ts";
import { drafts, topics } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const say = (words: string) => ({ title: "Plan", body: words, fields: {} });
const put = (as: Member | undefined, key: string, body: unknown, headers: Record<string, string> = { "content-type": "application/json" }) =>
  visit(`/drafts/${key}`, { as, method: "PUT", headers, body: typeof body === "string" ? body : JSON.stringify(body) });

test("a draft written on one device is there on another, letter for letter, be it Markdown or a document", async () => {
  const member = await make.member();
  const first = await (await put(member, "topic", { version: 0, ...say("Half a wo"), fields: { tags: "a, b" } })).json();
  expect(first).toMatchObject({ version: 1, isConflict: false });
  expect((await readDraft(member, "topic")).current).toMatchObject({ title: "Plan", body: "Half a wo", fields: { tags: "a, b" } });

  const document = JSON.stringify(text("A document"));
  await put(member, "topic", { id: first.id, version: 1, ...say(document) });
  expect(JSON.parse((await readDraft(member, "topic")).current!.body)).toEqual(text("A document"));

  expect(await (await visit(`/new-topic?draft=${first.id}`, { as: member })).text()).toContain("A document");
  expect(await (await visit("/drafts", { as: member })).text()).toContain("A document");
});

test("two devices that write at once both keep their text, and go on apart", async () => {
  const member = await make.member();
  const start = await saveDraft(member, "reply:7", { version: 0, ...say("Begun") });
  const here = await saveDraft(member, "reply:7", { ...start, ...say("Written here") });
  const there = await saveDraft(member, "reply:7", { ...start, ...say("Written there") });
  expect(there).toMatchObject({ isConflict: true });
  await saveDraft(member, "reply:7", { ...there, ...say("Written there, and on") });
  await saveDraft(member, "reply:7", { ...here, ...say("Written here, and on") });

  const kept = await readDraft(member, "reply:7");
  expect(kept.current?.body).toBe("Written here, and on");
  expect(kept.conflicts.map(({ body }) => body)).toEqual(["Written there, and on"]);
});

test("two first saves at the same moment are two drafts", async () => {
  const member = await make.member();
  await Promise.all(["One", "Two", "Three"].map((words) => saveDraft(member, "topic", { version: 0, ...say(words) })));
  expect((await listDrafts(db, member)).map(({ body }) => body).sort()).toEqual(["One", "Three", "Two"]);
});

test("posting forgets the draft it came from, in one go, and leaves the other version", async () => {
  const { id: category } = await make.category();
  const member = await make.member();
  const mine = await saveDraft(member, "topic", { version: 0, ...say("Posted") });
  await saveDraft(member, "topic", { version: 0, ...say("The other") });

  const answer = await visit("/new-topic", { as: member, form: { category: String(category), kind: "discussion", title: "Plan", body: "Posted", draftId: String(mine.id) } });
  expect(answer.status).toBe(302);
  expect((await readDraft(member, "topic")).current?.body).toBe("The other");

  const refused = await visit("/new-topic", { as: member, form: { category: String(category), kind: "announcement", title: "Plan", body: "No", draftId: String((await readDraft(member, "topic")).current!.id) } });
  expect(refused.status).toBe(422);
  expect(await db.$count(drafts)).toBe(1);
  expect(await db.$count(topics)).toBe(1);
});

test("nobody reads, changes or throws away the draft of another", async () => {
  const [owner, other] = [await make.member(), await make.member({ role: "owner" })];
  const draft = await saveDraft(owner, "topic", { version: 0, ...say("Private words") });
  expect((await visit(`/new-topic?draft=${draft.id}`, { as: other })).status).toBe(404);
  expect((await visit(`/drafts/${draft.id}/discard`, { as: other, form: {} })).status).toBe(404);
  await put(other, "topic", { ...draft, ...say("Overwritten") });
  expect(await (await visit("/drafts", { as: other })).text()).not.toContain("Private words");
  expect((await readDraft(owner, "topic")).current?.body).toBe("Private words");
  expect((await put(undefined, "topic", { version: 0, ...say("x") })).status).toBe(401);
});

test("a draft for a topic that was hidden meanwhile keeps its text and tells nothing of the topic", async () => {
  const member = await make.member();
  const hidden = await make.topic({ title: "Merger talks", categoryId: (await make.category({ staff: "see" })).id });
  await saveDraft(member, `reply:${hidden.id}`, { version: 0, ...say("My thoughts") });
  const page = await (await visit("/drafts", { as: member })).text();
  expect(page).toContain("My thoughts");
  expect(page).not.toContain("Merger talks");
  expect(page).not.toContain(hidden.slug);
});

test("what is no draft is refused and breaks nothing", async () => {
  const member = await make.member();
  for (const body of ["", "null", "[]", "{", '{"version":"1"}', '{"version":0,"body":["a"]}', '{"version":-1,"body":""}', JSON.stringify({ version: 0, body: "x".repeat(300_001) })]) {
    const { status } = await put(member, "topic", body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
  for (const key of ["other", "reply:0", "reply:x", "topic%00", "a".repeat(3000)]) {
    const { status } = await put(member, key, { version: 0, ...say("x") });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
  expect((await put(member, "topic", "version=0&body=x", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  expect((await put(member, "topic", { version: 0, ...say("x") }, { "content-type": "application/json", origin: "https://evil.example" })).status).toBe(403);
  expect(await db.$count(drafts)).toBe(0);
});

test("a discarded draft is gone, and the other version takes its place", async () => {
  const member = await make.member();
  const first = await saveDraft(member, "topic", { version: 0, ...say("First") });
  await saveDraft(member, "topic", { version: 0, ...say("Second") });
  expect((await visit(`/drafts/${first.id}/discard`, { as: member, form: {} })).headers.get("location")).toBe("/drafts");
  expect(await readDraft(member, "topic")).toMatchObject({ current: { body: "Second" }, conflicts: [] });
});

test("a reply written on two devices: the other text is offered, can be taken up, and posting one leaves the other", async () => {
  const member = await make.member();
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const path = `/t/${topic.slug}/${topic.id}`;
  const key = `reply:${topic.id}`;
  await saveDraft(member, key, { version: 0, ...say("Written at home") });
  const phone = await saveDraft(member, key, { version: 0, ...say("Written on the train") });

  const page = await (await visit(path, { as: member })).text();
  expect(page).toContain("Written at home");
  expect(page).toContain(`${path}?draft=${phone.id}#reply`);
  expect(await (await visit(`${path}?draft=${phone.id}`, { as: member })).text()).toMatch(/<textarea[^>]*>Written on the train/);

  expect((await visit(path, { as: member, form: { body: "Written on the train", draftId: String(phone.id) } })).status).toBe(302);
  expect((await listDrafts(db, member)).map(({ body }) => body)).toEqual(["Written at home"]);
});

test("an edit is kept while it is written, goes on where it was left, and is forgotten when it is saved", async () => {
  const member = await make.member();
  const topic = await make.topic({ authorId: member.id });
  const post = await make.post({ topicId: topic.id, authorId: member.id, body: text("As it was") });
  const path = `/t/${topic.slug}/${topic.id}/1/edit`;
  const stamp = (page: string) => /name="stamp" value="([^"]+)"/.exec(page)![1]!;
  const first = await (await visit(path, { as: member })).text();
  const kept = await saveDraft(member, `edit:${post.id}`, { version: 0, title: "", body: "As it shall be", fields: { reason: "clearer", stamp: stamp(first) } });

  const again = await (await visit(path, { as: member })).text();
  expect(again).toMatch(/<textarea[^>]*>As it shall be/);
  expect(again).toContain('value="clearer"');
  expect(await (await visit(`${path}?fresh=1`, { as: member })).text()).toMatch(/<textarea[^>]*>As it was/);

  const saved = await visit(path, { as: member, form: { body: "As it shall be", reason: "clearer", stamp: stamp(again), draftId: String(kept.id) } });
  expect(saved.status).toBe(302);
  expect(await db.$count(drafts)).toBe(0);
});

test("an edit begun before another's change says so when it is saved, and loses neither text", async () => {
  const member = await make.member();
  const moderator = await make.member({ role: "moderator" });
  const topic = await make.topic({ authorId: member.id });
  const post = await make.post({ topicId: topic.id, authorId: member.id, body: text("As it was") });
  const path = `/t/${topic.slug}/${topic.id}/1/edit`;
  const stampIn = async () => /name="stamp" value="([^"]+)"/.exec(await (await visit(path, { as: member })).text())![1]!;
  await saveDraft(member, `edit:${post.id}`, { version: 0, title: "", body: "Mine", fields: { reason: "", stamp: await stampIn() } });
  await visit(path, { as: moderator, form: { body: "Theirs", reason: "", stamp: stampOf(post) } });

  const refused = await visit(path, { as: member, form: { body: "Mine", reason: "", stamp: await stampIn() } });
  expect(refused.status).toBe(409);
  const page = await refused.text();
  expect(page).toContain("<p>Theirs</p>");
  expect(page).toMatch(/<textarea[^>]*>Mine/);
});
