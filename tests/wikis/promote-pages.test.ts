import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { saveDraft } from "#app/core/drafts.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { topics } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

const html = async (answer: Promise<Response>) => (await answer).text();
const unescaped = (words: string) => words.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
/** The fields of the forms in a page with their values, as a browser without scripts would send them. */
const fieldsOf = (page: string) => Object.fromEntries(
  [...page.matchAll(/<(?:input|textarea)\b[^>]*?name="([^"]+)"[^>]*>(?:([^<]*)<\/textarea>)?/g)].map(([tag, name, inside]) => [name!, unescaped(inside ?? /value="([^"]*)"/.exec(tag)?.[1] ?? "").replace(/^\n/, "")]),
);
const linksIn = (page: string) => [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => unescaped(href!));

async function aQuestion(rights?: Parameters<typeof make.category>[0]) {
  const category = await make.category(rights);
  const asker = await make.member({ name: "Cleo" });
  const topic = await make.topic({ title: "Why does it hum?", kind: "question", categoryId: category.id, authorId: asker.id });
  await make.post({ topicId: topic.id, body: text("It hums at night.") });
  const answer = await make.post({ topicId: topic.id, authorId: (await make.member({ name: "Pavel" })).id, body: text("Tighten the screw.") });
  await db.update(topics).set({ acceptedPostId: answer.id }).where(eq(topics.id, topic.id));
  return { topic, path: `/t/${topic.slug}/${topic.id}` };
}

/** The form for a new page, as the only wiki's way leads to it. */
async function theForm(as: Member, from: string) {
  const chosen = await visit(from, { as });
  expect(chosen.status).toBe(302);
  const action = chosen.headers.get("location")!;
  return { action, page: await html(visit(action, { as })) };
}

test("an answer and a topic are made pages of without scripts, and all three say so", async () => {
  const { path } = await aQuestion();
  const wiki = await make.wiki();
  const maker = await make.member();
  const topicPage = await html(visit(path, { as: maker }));
  expect(linksIn(topicPage)).toEqual(expect.arrayContaining([`${path}/promote`, `${path}/2/promote`]));
  expect(linksIn(await html(visit(path)))).not.toContain(`${path}/2/promote`);

  const { action, page } = await theForm(maker, `${path}/promote`);
  const form = fieldsOf(page);
  expect(form).toMatchObject({ title: "Why does it hum?", body: "## The question\n\nIt hums at night.\n\n## The answer\n\nTighten the screw." });
  expect(page).toContain("by Cleo, Pavel");
  expect(form).not.toHaveProperty("knowsReaders");
  const made = await visit(action, { as: maker, form: { ...form, title: "Humming", isTemplate: "", intent: "publish" } });
  const address = made.headers.get("location")!;
  const read = await html(visit(address));
  expect(linksIn(read)).toEqual(expect.arrayContaining([path, expect.stringMatching(/^\/u\/member\d+$/)]));
  expect(read).toMatch(/Made from .*Why does it hum\?.* by .*Cleo.*Pavel/s);

  const after = await html(visit(path));
  expect(after).toContain("Now maintained here:");
  // In the head of the topic, and under the answer.
  expect(linksIn(after).filter((href) => href === address).length).toBe(2);
  expect(await html(visit(`${path}/promote`, { as: maker }))).toContain("There is a page already");
  expect(address).toMatch(new RegExp(`^/w/${wiki.slug}/humming-\\d+$`));
  expect(await html(visit(`${address}/print`))).toContain("Made from");
  // Whoever looks for it finds both.
  expect(linksIn(await html(visit("/search?q=tighten")))).toEqual(expect.arrayContaining([address, expect.stringMatching(new RegExp(`^${path}`))]));
});

test("who came by a guest's door is led to sign in, who may write in no wiki is told so, and what is hidden is not there", async () => {
  const { path } = await aQuestion();
  const hidden = await aQuestion({ staff: "create" });
  const member = await make.member();
  expect((await visit(`${path}/promote`)).headers.get("location")).toContain("/sign-in?next=");
  expect((await visit(`${path}/promote`, { as: member })).status).toBe(403);
  expect(linksIn(await html(visit(path, { as: member })))).not.toContain(`${path}/2/promote`);
  const wiki = await make.wiki();
  for (const missing of [`${hidden.path}/promote`, `${hidden.path}/2/promote`, `${path}/3/promote`, `/t/x/999999/promote`, `/w/${wiki.slug}/promote`, `/w/${wiki.slug}/promote?topic=${hidden.topic.id}`, `/w/${wiki.slug}/promote?topic=x`, `/w/none/promote?topic=1`]) {
    expect((await visit(missing, { as: member })).status, missing).toBe(404);
  }
});

test("of several wikis one is chosen, with a word about who reads it", async () => {
  const { topic, path } = await aQuestion({ members: "create" });
  const [inner, outer] = [await make.wiki({ name: "Inner", rights: { members: "create" } }), await make.wiki({ name: "Outer" })];
  await make.wiki({ name: "Closed", rights: { staff: "create" } });
  const maker = await make.member();
  const choice = await html(visit(`${path}/2/promote`, { as: maker }));
  expect(linksIn(choice)).toEqual(expect.arrayContaining([inner, outer].map(({ slug }) => `/w/${slug}/promote?topic=${topic.id}&post=2`)));
  expect([choice.includes("Closed"), choice.match(/Read by more people than this topic/g)!.length]).toEqual([false, 1]);
});

test("what is refused comes back as it was typed: a title that is taken, readers who are more, a source that has gone", async () => {
  const { topic, path } = await aQuestion({ members: "create" });
  const wiki = await make.wiki();
  await make.page({ wikiId: wiki.id, title: "Ovens" });
  const maker = await make.member();
  const { action, page } = await theForm(maker, `${path}/2/promote`);
  expect(page).toContain(`More people read ${wiki.name} than this topic`);
  const form = { ...fieldsOf(page), body: "My own words", isTemplate: "", intent: "publish" };
  const send = (over: Record<string, string>) => visit(action, { as: maker, form: { ...form, ...over } });

  const unaware = await send({ title: "Hums", knowsReaders: "" });
  const first = await unaware.text();
  expect([unaware.status, first.includes("More people would read this than do now."), fieldsOf(first).body]).toEqual([422, true, "My own words"]);
  const taken = await send({ title: "ovens", knowsReaders: "1" });
  const second = await taken.text();
  expect([taken.status, second.includes("There is a page of this title already")]).toEqual([422, true]);
  expect(fieldsOf(second)).toMatchObject({ title: "ovens", body: "My own words", topicId: String(topic.id), postNumber: "2" });

  await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topic.id));
  const gone = await send({ title: "Hums", knowsReaders: "1" });
  const third = await gone.text();
  expect([gone.status, fieldsOf(third).title, fieldsOf(third).body, third.includes("out of sight now")]).toEqual([422, "Hums", "My own words", true]);
  expect(await db.$count(pages)).toBe(1);
});

test("a text begun and not saved is taken up again in the wiki it was for", async () => {
  const { topic, path } = await aQuestion();
  const [wiki] = [await make.wiki({ name: "First" }), await make.wiki({ name: "Second" })];
  const maker = await make.member();
  const post = (await db.query.posts.findFirst({ where: (row, { and, eq: is }) => and(is(row.topicId, topic.id), is(row.number, 1)) }))!;
  await saveDraft(maker, `page-of:${post.id}`, { version: 0, title: "Half", body: "Half a page", fields: { wiki: wiki.slug, parentId: "" } });
  const { action, page } = await theForm(maker, `${path}/promote`);
  expect([action, fieldsOf(page).title, fieldsOf(page).body]).toEqual([`/w/${wiki.slug}/promote?topic=${topic.id}`, "Half", "Half a page"]);
  const drafts = await html(visit("/drafts", { as: maker }));
  expect(linksIn(drafts).some((href) => href.startsWith(`${path}/promote?draft=`))).toBe(true);
  await visit(action, { as: maker, form: { ...fieldsOf(page), isTemplate: "", intent: "publish" } });
  expect(await db.query.drafts.findFirst()).toBeUndefined();
});

test("a guest's kept topic tells of its page at once, and forgets it at once", async () => {
  const { path } = await aQuestion();
  await make.wiki();
  const [maker, moderator] = [await make.member(), await make.member({ role: "moderator" })];
  const kept = () => vi.waitFor(async () => {
    const answer = await visit(path);
    expect(answer.headers.get("x-cache")).toBe("hit");
    return answer.text();
  }, 5000);
  const tells = (yes: boolean) => vi.waitFor(async () => expect((await html(visit(path))).includes("Now maintained here")).toBe(yes), 5000);
  expect(await kept()).not.toContain("Now maintained here");
  const { action, page } = await theForm(maker, `${path}/2/promote`);
  const address = (await visit(action, { as: maker, form: { ...fieldsOf(page), isTemplate: "", intent: "publish" } })).headers.get("location")!;
  await tells(true);
  await kept();
  await visit(`${address}/remove`, { as: moderator, form: { reason: "wrong" } });
  await tells(false);
});
