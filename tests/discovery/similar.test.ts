import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { topics, topicVotes } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

async function topicWith(title: string, values: Parameters<typeof make.topic>[0] = {}) {
  const topic = await make.topic({ title, kind: "idea", ...values });
  await make.post({ topicId: topic.id, body: text("Please.") });
  return topic;
}

const ask = async (title: string, as: Awaited<ReturnType<typeof make.member>>) =>
  ((await (await visit(`/similar-topics?title=${encodeURIComponent(title)}`, { as })).json()) as { similar: { id: number; mayVote: boolean; hasVoted: boolean }[] }).similar;

test("from the third word on, topics with like titles are offered, the likest first", async () => {
  const member = await make.member();
  const near = await topicWith("Export rides as GPX files");
  const nearer = await topicWith("Export all my rides to GPX");
  await topicWith("Lights flicker in the rain");
  expect(await ask("export rides", member)).toEqual([]);
  expect((await ask("export all rides gpx", member)).map(({ id }) => id)).toEqual([nearer.id, near.id]);
  expect(await ask("something else entirely different", member)).toEqual([]);
});

test("only what its author may see is offered, and guests are offered nothing", async () => {
  const category = await make.category({ staff: "create" });
  const secret = await topicWith("Recall of the front brakes", { categoryId: category.id });
  const gone = await topicWith("Recall of the front brakes");
  await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, gone.id));
  expect(await ask("recall of front brakes", await make.member())).toEqual([]);
  expect((await ask("recall of front brakes", await make.member({ role: "moderator" }))).map(({ id }) => id)).toEqual([secret.id]);
  expect((await visit("/similar-topics?title=recall+of+front+brakes")).status).toBe(302);
});

test("\"this is mine too\" adds a vote by a plain form, once, and says so afterwards", async () => {
  const member = await make.member();
  const idea = await topicWith("A bell on every handlebar");
  expect(await ask("bell on every handlebar", member)).toMatchObject([{ id: idea.id, mayVote: true, hasVoted: false }]);
  for (let n = 0; n < 2; n++) expect((await visit(`/t/${idea.slug}/${idea.id}/vote`, { as: member, form: { on: "1" } })).status).toBe(302);
  expect(await db.$count(topicVotes, eq(topicVotes.topicId, idea.id))).toBe(1);
  expect(await ask("bell on every handlebar", member)).toMatchObject([{ id: idea.id, mayVote: false, hasVoted: true }]);
  const talk = await topicWith("Bell on my handlebar rings", { kind: "discussion" });
  expect(await ask("bell handlebar rings today", member)).toContainEqual(expect.objectContaining({ id: talk.id, mayVote: false }));
});

test("without scripts a new topic is shown its like once, with all that was typed, and posted the second time", async () => {
  const member = await make.member();
  const category = await make.category();
  const idea = await topicWith("Battery level on the watch");
  const form = { category: String(category.id), title: "Battery level on my watch", kind: "idea", tags: "watch", body: "I want it there.", key: crypto.randomUUID(), similar: "unseen" };
  const first = await visit("/new-topic", { as: member, form });
  const page = await first.text();
  expect(first.status).toBe(422);
  for (const part of ["Before you post", "Battery level on the watch", `action="/t/${idea.slug}/${idea.id}/vote"`, 'value="Battery level on my watch"', "I want it there.", 'name="similar" value="shown"']) expect(page, part).toContain(part);
  expect(await db.$count(topics)).toBe(1);
  const second = await visit("/new-topic", { as: member, form: { ...form, similar: "shown" } });
  expect([second.status, await db.$count(topics)]).toEqual([302, 2]);
});

test("without scripts a topic like no other is posted at once", async () => {
  const category = await make.category();
  const answer = await visit("/new-topic", { as: await make.member(), form: { category: String(category.id), title: "Nothing like it anywhere", kind: "idea", tags: "", body: "New.", key: crypto.randomUUID(), similar: "unseen" } });
  expect(answer.status).toBe(302);
});

test("what was looked for in vain becomes the title of a new topic", async () => {
  await make.category();
  expect(await (await visit("/new-topic?title=flux+capacitor", { as: await make.member() })).text()).toContain('value="flux capacitor"');
});

test.each(["", "%27%3A*%20a%20b", "(((%20)))%20|||", "a".repeat(3000), "%E8%87%AA%E8%A1%8C%E8%BB%8A"])("%j as a title is answered", async (title) => {
  expect((await visit(`/similar-topics?title=${title}`, { as: await make.member() })).status).toBe(200);
});
