import { expect, test } from "vitest";
import type { Member } from "#app/core/viewer.ts";
import { createReply } from "#app/forums/replies.ts";
import { react } from "#app/forums/react.ts";
import { make, text } from "#tests/support/make.ts";
import { ask, connect, hear } from "#tests/support/connect.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

async function told() {
  const [reader, writer] = [await make.member(), await make.member({ name: "Wilma Writer" })];
  const topic = await make.topic({ authorId: reader.id, title: "Where is the valve?" });
  await make.post({ topicId: topic.id, authorId: reader.id });
  await createReply(writer, topic.id, { body: text("Behind the lid."), replyToNumber: 1 });
  await react(writer, { topicId: topic.id, postNumber: 1 }, { on: "thanks" });
  await finishWork();
  return { reader, writer, topic, path: `/t/${topic.slug}/${topic.id}` };
}
const pageFor = async (path: string, as: Member) => (await visit(path, { as })).text();
const bellOf = (page: string) => Number(/aria-label="Notifications(?:, (\d+) unread)?"/.exec(page)?.[1] ?? 0);
const lineIds = (page: string) => [...page.matchAll(/action="\/notifications\/(\d+)\/read"/g)].map(([, id]) => id!);

test("what happened is listed with who did it and where it leads, and the bell counts it", async () => {
  const { reader, path } = await told();
  const page = await pageFor("/notifications", reader);
  expect(page.replace(/<[^>]*>/g, "")).toContain("Wilma Writer replied to you");
  expect(page).toContain("Behind the lid.");
  expect(page).toContain(`href="${path}/2"`);
  expect(bellOf(page)).toBe(2);
  const { lines } = (await (await visit("/notifications/latest", { as: reader })).json()) as { lines: unknown[] };
  expect(lines).toHaveLength(2);
  expect(bellOf(await pageFor("/tags", reader))).toBe(2);
});

test("one line is marked read by its button, the rest by theirs, and another's by nobody", async () => {
  const { reader, writer } = await told();
  const [first] = lineIds(await pageFor("/notifications", reader));
  await visit(`/notifications/${first}/read`, { as: writer, form: {} });
  expect(bellOf(await pageFor("/notifications", reader))).toBe(2);
  const marked = await visit(`/notifications/${first}/read`, { as: reader, form: {} });
  expect([marked.status, marked.headers.get("location")]).toEqual([302, "/notifications"]);
  expect(bellOf(await pageFor("/notifications", reader))).toBe(1);
  expect(lineIds(await pageFor("/notifications?unread=1", reader))).toHaveLength(1);
  await visit("/notifications/read", { as: reader, form: {} });
  expect(bellOf(await pageFor("/notifications", reader))).toBe(0);
  expect(await pageFor("/notifications?unread=1", reader)).toContain("All read");
});

test("reading a topic's posts reads what was told of them", async () => {
  const { reader, path } = await told();
  expect((await visit(`${path}/read`, { as: reader, form: { number: "2" } })).status).toBe(200);
  expect(bellOf(await pageFor("/notifications", reader))).toBe(0);
});

test("kinds are looked at alone, and a long list goes on where its page ended", async () => {
  const { reader, writer } = await told();
  expect(await pageFor("/notifications?kind=reply", reader)).not.toContain("reacted");
  expect(await pageFor("/notifications?kind=mention", reader)).toContain("None of this kind");
  const category = await make.category();
  for (let n = 0; n < 31; n++) {
    const topic = await make.topic({ authorId: reader.id, categoryId: category.id, title: `Number ${n}.` });
    await make.post({ topicId: topic.id, authorId: reader.id });
    await createReply(writer, topic.id, { body: text("Yes."), replyToNumber: 1 });
  }
  await finishWork();
  const first = await pageFor("/notifications?kind=reply", reader);
  const next = /href="(\/notifications\?[^"]*after=[^"]+)"/.exec(first)![1]!.replaceAll("&amp;", "&");
  const second = await pageFor(next, reader);
  const titles = [first, second].flatMap((page) => [...page.matchAll(/>(Number \d+\.|Where is the valve\?)</g)].map(([, title]) => title));
  expect(new Set(titles).size).toBe(32);
  expect(titles).toHaveLength(32);
});

test("guests have no inbox, and are asked to sign in", async () => {
  for (const path of ["/notifications", "/notifications/latest"]) {
    const answer = await visit(path);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, `/sign-in?next=${encodeURIComponent(path)}`]);
  }
});

test("how closely one follows a topic or a category is chosen by a form, and shown", async () => {
  const member = await make.member();
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  const path = `/t/${topic.slug}/${topic.id}`;
  const followed = await visit(`${path}/follow`, { as: member, form: { level: "watching" } });
  expect([followed.status, followed.headers.get("location")]).toEqual([302, path]);
  expect(await pageFor(path, member)).toContain("Watching");
  await createReply(await make.member(), topic.id, { body: text("News") });
  await finishWork();
  expect(bellOf(await pageFor("/", member))).toBe(1);
  await visit(`${path}/follow`, { as: member, form: { level: "muted" } });
  await createReply(await make.member(), topic.id, { body: text("More news") });
  await finishWork();
  expect(bellOf(await pageFor("/", member))).toBe(1);

  const category = await make.category();
  expect((await visit(`/c/x/${category.id}/follow`, { as: member, form: { level: "watching" } })).headers.get("location")).toBe(`/c/${category.slug}/${category.id}`);
  expect((await visit(`/c/x/${category.id}/follow`, { form: { level: "watching" } })).headers.get("location")).toMatch(/^\/sign-in/);
});

test("the bell of an open page hears of what comes, and learns the count", async () => {
  const { reader, writer, topic } = await told();
  const browser = await connect(reader);
  expect(await ask(browser, `member:${reader.id}`)).toMatchObject({ ok: true, state: { unread: 2 } });
  const heard = hear(browser, "inbox.changed");
  const other = await make.topic({ authorId: reader.id, categoryId: topic.categoryId });
  await make.post({ topicId: other.id, authorId: reader.id });
  await createReply(writer, other.id, { body: text("Here too."), replyToNumber: 1 });
  await finishWork();
  expect(await heard).not.toBe("nothing");
  expect(await ask(browser, `member:${reader.id}`)).toMatchObject({ state: { unread: 3 } });
});
