import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { grantRight } from "#app/community/rights.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { groupMembers } from "#db/schema/community.ts";
import { posts, topics, type Post } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

// Words that few may read, carried to where many do: who carries them is asked first, and who may not read them carries none.

/** A circle whose members read what others do not, and an open place beside it in which they write. */
async function circle() {
  const group = await make.group();
  const admin = await make.member({ role: "admin" });
  const hidden = await make.category({}, { name: "Velvet room" });
  await grantRight(admin, { categoryId: hidden.id, groupId: group.id }, "create");
  const [insider, outsider] = [await make.member(), await make.member()];
  await db.insert(groupMembers).values({ groupId: group.id, memberId: insider.id });
  const open = await make.category({ everyone: "see", members: "create" });
  const secret = await make.topic({ categoryId: hidden.id, authorId: insider.id });
  const source = await make.post({ topicId: secret.id, authorId: insider.id, body: text("The price doubles in May.") });
  const target = await make.topic({ categoryId: open.id });
  await make.post({ topicId: target.id });
  return { hidden, open, insider, outsider, source, secret, target };
}
const markdownOf = (post: Pick<Post, "id" | "topicId" | "number">, username: string, words: string) => `> @${username} [#${post.number}](/t/-/${post.topicId}/${post.number}#${post.id})\n>\n> ${words}\n\nSo I heard.`;
const replies = async (topicId: number) => (await db.select().from(posts).where(eq(posts.topicId, topicId)).orderBy(posts.number)).slice(1);
const reply = (as: Member, topicId: number, body: string, more: Record<string, string> = {}) => visit(`/t/x/${topicId}`, { as, form: { body, ...more } });

test("who quotes a private place where more people read is asked first, keeps what they typed, and may do it all the same", async () => {
  const { insider, source, target } = await circle();
  const body = markdownOf(source, insider.username, "The price doubles in May.");
  const asked = await reply(insider, target.id, body);
  expect(asked.status).toBe(422);
  const page = await asked.text();
  expect(page).toContain("This quotes a private place: Velvet room.");
  expect(page).toContain("So I heard.");
  expect(page).toMatch(/<input[^>]*name="knowsReaders"/);
  expect(await replies(target.id)).toEqual([]);

  // An answer to another question is none to this one.
  expect((await reply(insider, target.id, body, { knowsReaders: "no" })).status).toBe(422);
  expect((await reply(insider, target.id, body, { knowsReaders: "on" })).status).toBe(302);
  const [made] = await replies(target.id);
  expect(made!.bodyHtml).toContain(`data-post="${source.id}"`);
  expect(made!.bodyHtml).toContain(`/u/${insider.username}`);
  expect(made!.bodyHtml).toContain(`/t/-/${source.topicId}/1`);
});

test("a new topic and an edit ask as a reply does; an edit not for what stood there before", async () => {
  const { insider, source, open, target } = await circle();
  const body = markdownOf(source, insider.username, "The price doubles in May.");
  const start = (more: Record<string, string>) => visit("/new-topic", { as: insider, form: { category: String(open.id), kind: "discussion", title: "Prices", body, tags: "", similar: "shown", ...more } });
  const asked = await start({});
  expect([asked.status, await asked.text()]).toEqual([422, expect.stringContaining("This quotes a private place: Velvet room.")]);
  expect(await db.$count(topics, eq(topics.title, "Prices"))).toBe(0);
  expect((await start({ knowsReaders: "on" })).status).toBe(302);

  const own = await make.post({ topicId: target.id, authorId: insider.id });
  const read = async () => (await db.select().from(posts).where(eq(posts.id, own.id)))[0]!;
  const edit = async (words: string, more: Record<string, string> = {}) => visit(`/t/x/${target.id}/${own.number}/edit`, { as: insider, form: { body: words, reason: "", stamp: stampOf(await read()), ...more } });
  const refused = await edit(body);
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("Quote it here all the same")]);
  expect((await edit(body, { knowsReaders: "on" })).status).toBe(302);
  expect((await edit(`${body} And more.`)).status).toBe(302);
  expect((await read()).bodyText).toContain("And more.");
});

test("articles, wiki pages and comments ask as well", async () => {
  const { insider, source } = await circle();
  const body = markdownOf(source, insider.username, "The price doubles in May.");
  const blog = await make.blog({ rights: { everyone: "see", members: "create" } });
  const article = await make.article({ blogId: blog.id });
  const wiki = await make.wiki();
  const page = await make.page({ wikiId: wiki.id });
  const forms: [string, Record<string, string>][] = [
    [`/b/${blog.slug}/new`, { title: "Prices", body, excerpt: "", tags: "", takesComments: "on" }],
    [`/b/${blog.slug}/${article.slug}-${article.id}`, { body }],
    [`/w/${wiki.slug}/new`, { title: "Prices", body, parentId: "", intent: "publish" }],
    [`/w/${wiki.slug}/${page.slug}-${page.id}/edit`, { title: page.title, body, reason: "", intent: "publish", base: "1" }],
  ];
  for (const [path, form] of forms) {
    const asked = await visit(path, { as: insider, form });
    const html = await asked.text();
    expect([path, asked.status, html.includes("This quotes a private place: Velvet room."), /name="knowsReaders"/.test(html), html.includes("So I heard.")]).toEqual([path, 422, true, true, true]);
    expect([path, (await visit(path, { as: insider, form: { ...form, knowsReaders: "on" } })).status]).toEqual([path, 302]);
  }
});

test("nobody is asked where the same people read, or fewer", async () => {
  const { insider, hidden, secret, source, target } = await circle();
  const open = await make.post({ topicId: target.id, body: text("Open words.") });
  const beside = await make.topic({ categoryId: hidden.id });
  await make.post({ topicId: beside.id });
  for (const [post, topicId] of [[source, secret.id], [source, beside.id], [open, secret.id], [open, target.id]] as const) {
    expect((await reply(insider, topicId, markdownOf(post, insider.username, "words"))).status).toBe(302);
  }
});

test("who may not see what they quote gets neither its author nor its address, ticked or not; nor of what was removed or never was", async () => {
  const { insider, outsider, source, target } = await circle();
  const removed = await make.post({ topicId: target.id, removedAt: new Date() });
  const attempts = [source, removed, { id: 99_999_999, topicId: target.id, number: 1 }];
  for (const post of attempts) for (const more of [{}, { knowsReaders: "on" }] as Record<string, string>[]) {
    expect((await reply(outsider, target.id, markdownOf(post, insider.username, "He said so."), more)).status).toBe(302);
  }
  for (const { bodyHtml } of (await replies(target.id)).filter(({ authorId }) => authorId === outsider.id)) {
    expect(bodyHtml).toContain("He said so.");
    expect(bodyHtml).not.toMatch(/post-quote|quote-by|data-post|\/t\/-\//);
    expect(bodyHtml).not.toContain(insider.username);
  }
  expect((await replies(target.id)).filter(({ authorId }) => authorId === outsider.id)).toHaveLength(6);
});

test("a quote names who wrote it and where, whatever was sent", async () => {
  const { insider, outsider, target } = await circle();
  const open = await make.post({ topicId: target.id, authorId: insider.id, body: text("Open words.") });
  await make.member({ username: "scapegoat" });
  expect((await reply(outsider, target.id, markdownOf({ id: open.id, topicId: 424242, number: 77 }, "scapegoat", "Open words."))).status).toBe(302);
  const made = (await replies(target.id)).at(-1)!;
  expect(made.bodyHtml).toContain(`/t/-/${target.id}/${open.number}`);
  expect(made.bodyHtml).toContain(`/u/${insider.username}`);
  expect(made.bodyHtml).not.toContain("scapegoat");
});

test("an edit by a moderator leaves a quote of what they may not see as it was", async () => {
  const { insider, source, open, target } = await circle();
  await reply(insider, target.id, markdownOf(source, insider.username, "The price doubles in May."), { knowsReaders: "on" });
  const [made] = await replies(target.id);
  const moderator = await make.member({ role: "moderator", divisionId: open.divisionId });
  await editPost(moderator, { topicId: target.id, postNumber: made!.number }, { body: { ...made!.body, content: [...made!.body.content!, ...text("Tidied.").content!] }, reason: "", stamp: stampOf(made!) });
  const [after] = await replies(target.id);
  expect(after!.bodyHtml).toContain(`data-post="${source.id}"`);
  expect(after!.bodyText).toContain("Tidied.");
});

test("from a reply one jumps to what it answers, and from there back", async () => {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  for (let at = 0; at < 25; at++) await make.post({ topicId: topic.id, body: text(`Reply ${at}`), ...(at === 24 && { replyToNumber: 2 }) });
  const path = `/t/${topic.slug}/${topic.id}`;
  const there = await (await visit(`${path}/26`)).text();
  expect(there).toContain(`href="${path}/2?from=26"`);
  const parent = await (await visit(`${path}/2?from=26`)).text();
  expect(parent).toMatch(new RegExp(`<a href="${path}/26"[^>]*post-back`));
  expect(parent).toContain("Back to reply #26");
  for (const nonsense of ["from=1", "from=999", "from=x", ""]) expect([nonsense, /Back to reply #.{60}/.exec(await (await visit(`${path}/2?${nonsense}`)).text())?.[0]]).toEqual([nonsense, undefined]);
  await db.update(posts).set({ removedAt: new Date() }).where(and(eq(posts.topicId, topic.id), eq(posts.number, 2)));
  expect(await (await visit(`${path}/2?from=26`)).text()).toContain("Back to reply #26");
});
