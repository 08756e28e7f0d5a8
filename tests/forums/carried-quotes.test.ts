import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { moveCategory, previewMove } from "#app/community/move-category.ts";
import { accessOf, grantRight, revokeRight } from "#app/community/rights.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { createReply } from "#app/forums/replies.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import { giveOwnRights } from "#app/wikis/part-rights.ts";
import { db } from "#db/client.ts";
import { articles } from "#db/schema/blogs.ts";
import { categories, groupMembers } from "#db/schema/community.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

// Quotes of a private place that were right where they stood, taken along to where more people read: by a move, by an
// older text that comes back, by rights that open a place.

/** A room that few read, a den with the same readers, and an open place; in the den a topic that quotes the room. */
async function rooms() {
  const [group, admin, insider] = [await make.group(), await make.member({ role: "admin" }), await make.member()];
  await db.insert(groupMembers).values({ groupId: group.id, memberId: insider.id });
  const [room, den] = [await make.category({}, { name: "Velvet room" }), await make.category({}, { name: "Den" })];
  for (const { id } of [room, den]) await grantRight(admin, { categoryId: id, groupId: group.id }, "create");
  const open = await make.category({ everyone: "see", members: "create" }, { name: "Square" });
  const secret = await make.topic({ categoryId: room.id, authorId: insider.id });
  const source = await make.post({ topicId: secret.id, authorId: insider.id, body: text("The price doubles in May.") });
  const body = markdownToDocument(`> @${insider.username} [#${source.number}](/t/-/${source.topicId}/${source.number}#${source.id})\n>\n> The price doubles in May.\n\nSo I heard.`);
  const topic = await make.topic({ categoryId: den.id, authorId: insider.id, title: "Prices" });
  await make.post({ topicId: topic.id, authorId: insider.id });
  await make.post({ topicId: topic.id, authorId: insider.id, body });
  return { group, admin, insider, room, den, open, secret, source, topic, body };
}
const placeOf = async (topicId: number) => (await db.select().from(topics).where(eq(topics.id, topicId)))[0]!.categoryId;
const move = (as: Member, topicId: number, categoryId: number, more: Record<string, string> = {}) => visit(`/t/x/${topicId}/edit`, { as, form: { title: "Typed title", kind: "discussion", tags: "typed-tag", categoryId: String(categoryId), reason: "Typed reason", ...more } });

test("a topic that quotes a private place moves to more readers only after its mover was asked, with all that they typed kept", async () => {
  const { insider, topic, open, den } = await rooms();
  const asked = await move(insider, topic.id, open.id);
  const page = await asked.text();
  expect(asked.status).toBe(422);
  expect(page).toMatch(/<input[^>]*name="knowsReaders"/);
  for (const kept of ["What is here quotes a private place: Velvet room.", "Typed title", "typed-tag", "Typed reason"]) expect(page).toContain(kept);
  expect(await placeOf(topic.id)).toBe(den.id);
  // An answer to another question is none to this one.
  expect((await move(insider, topic.id, open.id, { knowsReaders: "no" })).status).toBe(422);
  expect((await move(insider, topic.id, open.id, { knowsReaders: "on" })).status).toBe(302);
  expect(await placeOf(topic.id)).toBe(open.id);
});

test("a mover who may not see the private place is asked without being told its name", async () => {
  const { admin, den, open, topic } = await rooms();
  const moderator = await make.member({ role: "moderator", divisionId: den.divisionId });
  await grantRight(admin, { categoryId: den.id, groupId: (await make.group("staff")).id }, "create");
  await db.update(categories).set({ divisionId: den.divisionId }).where(eq(categories.id, open.id));
  const asked = await move(moderator, topic.id, open.id);
  const page = await asked.text();
  expect([asked.status, page.includes("private place: one you do not see."), page.includes("Velvet room")]).toEqual([422, true, false]);
});

test("nobody is asked for a move to the same readers, to the place that is quoted, or of quotes of the topic itself", async () => {
  const { admin, group, insider, room, open, topic, secret, source, body } = await rooms();
  const beside = await make.category({});
  await grantRight(admin, { categoryId: beside.id, groupId: group.id }, "create");
  for (const place of [beside, room]) expect((await move(insider, topic.id, place.id)).status).toBe(302);
  // Its own words go with it.
  await make.post({ topicId: secret.id, authorId: insider.id, body });
  expect(source.topicId).toBe(secret.id);
  expect((await move(insider, secret.id, open.id)).status).toBe(302);
});

test("an older version of a post, an article and a page that quotes a private place comes back only after a question", async () => {
  const { insider, open, body } = await rooms();
  const topic = await make.topic({ categoryId: open.id });
  const post = await make.post({ topicId: topic.id, authorId: insider.id, body, createdAt: new Date(Date.now() - 7_200_000) });
  const at = async () => (await db.select().from(posts).where(eq(posts.id, post.id)))[0]!;
  await editPost(insider, { topicId: topic.id, postNumber: post.number }, { body: text("Nothing of it."), reason: "", stamp: stampOf(await at()) });
  const history = `/t/x/${topic.id}/${post.number}/history`;
  const restore = async (more = {}) => visit(history, { as: insider, form: { revision: "1", stamp: stampOf(await at()), ...more } });

  const blog = await make.blog({ rights: { everyone: "see", members: "create" } });
  const article = await make.article({ blogId: blog.id, authorId: insider.id });
  const articlePath = `/b/${blog.slug}/${article.slug}-${article.id}`;
  const saveArticle = (words: typeof body, revision: number) => visit(`${articlePath}/edit`, { as: insider, form: { title: article.title, body: JSON.stringify(words), excerpt: "", tags: "", revision: String(revision), knowsReaders: "on" } });
  for (const [words, revision] of [[body, 1], [text("Nothing of it."), 2]] as const) expect((await saveArticle(words, revision)).status).toBe(302);
  const restoreArticle = (more = {}) => visit(`${articlePath}/history`, { as: insider, form: { restore: "2", revision: "3", ...more } });

  const wiki = await make.wiki();
  const page = await make.page({ wikiId: wiki.id });
  const pagePath = `/w/${wiki.slug}/${page.slug}-${page.id}`;
  const savePage = (words: typeof body, base: number) => visit(`${pagePath}/edit`, { as: insider, form: { title: page.title, body: JSON.stringify(words), reason: "", intent: "publish", base: String(base), knowsReaders: "on" } });
  for (const [words, base] of [[body, 1], [text("Nothing of it."), 2]] as const) expect((await savePage(words, base)).status).toBe(302);
  const revert = (more = {}) => visit(`${pagePath}/revert`, { as: insider, form: { revision: "2", base: "3", ...more } });

  const textsNow = async () => [(await at()).bodyText, (await db.select().from(articles).where(eq(articles.id, article.id)))[0]!.bodyText, (await db.select().from(pages).where(eq(pages.id, page.id)))[0]!.bodyText];
  for (const send of [restore, restoreArticle, revert]) {
    const asked = await send();
    const html = await asked.text();
    expect([asked.status, html.includes("This quotes a private place: Velvet room."), /<input[^>]*name="knowsReaders"/.test(html), /<input type="hidden" name="(revision|restore)" value="[12]"/.test(html)]).toEqual([422, true, true, true]);
  }
  expect(await textsNow()).toEqual(["Nothing of it.", "Nothing of it.", "Nothing of it."]);
  for (const send of [restore, restoreArticle, revert]) expect((await send({ knowsReaders: "on" })).status).toBe(302);
  for (const now of await textsNow()) expect(now).toContain("So I heard.");
});

test("a page that quotes a private place goes to a part of the tree with more readers only after a question, by move and by rights", async () => {
  const { admin, insider, body } = await rooms();
  const wiki = await make.wiki();
  const part = await make.page({ wikiId: wiki.id, title: "Inside" });
  const partId = await giveOwnRights(admin, part.id);
  for (const groupId of (await accessOf(db, partId)).keys()) await revokeRight(admin, { categoryId: partId, groupId });
  const insiders = (await db.select().from(groupMembers).where(eq(groupMembers.memberId, insider.id)))[0]!.groupId;
  await grantRight(admin, { categoryId: partId, groupId: insiders }, "create");
  await db.insert(groupMembers).values({ groupId: insiders, memberId: admin.id });
  const page = await make.page({ wikiId: wiki.id, parentId: part.id, categoryId: partId, title: "Kept", body });
  const path = `/w/${wiki.slug}/${page.slug}-${page.id}`;
  const placeNow = async () => (await db.select().from(pages).where(eq(pages.id, page.id)))[0]!.categoryId;

  for (const [address, form] of [[`${path}/place`, { parentId: "", beforeId: "" }], [`${path}/shift`, { direction: "out", next: "arrange" }]] as const) {
    const asked = await visit(address, { as: insider, form });
    const html = await asked.text();
    expect([address, asked.status, html.includes("What is here quotes a private place: Velvet room."), /<input[^>]*name="knowsReaders"/.test(html)]).toEqual([address, 422, true, true]);
  }
  const manage = `/w/${wiki.slug}/${part.slug}-${part.id}/manage`;
  const opened = await visit(manage, { as: admin, form: { intent: "inherit-rights" } });
  expect([opened.status, (await opened.text()).includes("What is here quotes a private place")]).toEqual([422, true]);
  expect(await placeNow()).toBe(partId);
  expect((await visit(`${path}/shift`, { as: insider, form: { direction: "out", next: "arrange", knowsReaders: "on" } })).status).toBe(302);
  expect(await placeNow()).toBe(wiki.categoryId);
});

test("a branch that is moved, or opened by rights, says first how many texts with private quotes it would show to more people", async () => {
  const { admin, den, open } = await rooms();
  await db.update(categories).set({ divisionId: open.divisionId }).where(eq(categories.id, den.id));
  await db.update(categories).set({ inheritsRights: true }).where(eq(categories.id, den.id));
  const to = { kind: "category" as const, id: open.id };
  const preview = await previewMove(admin, den.id, to);
  expect(preview.quotesOpened).toBe(1);
  expect(await (await visit(`/admin/categories/${den.id}/move?to=c${open.id}`, { as: admin })).text()).toContain("1 text here quotes a private place");

  const everyone = await make.group("everyone");
  const form = { [`group-${everyone.id}`]: "see", intent: "save" };
  const rights = `/admin/categories/${den.id}/rights`;
  const asked = await visit(rights, { as: admin, form });
  const html = await asked.text();
  expect([asked.status, html.includes("1 text here quotes a private place"), /name="opens" value="1"/.test(html)]).toEqual([422, true, true]);
  expect([...(await accessOf(db, den.id)).keys()]).not.toContain(everyone.id);
  expect((await visit(rights, { as: admin, form: { ...form, opens: "1" } })).status).toBe(302);
  expect([...(await accessOf(db, den.id)).keys()]).toEqual([everyone.id]);
  // Who reads it already loses nothing by a second look.
  expect((await visit(rights, { as: admin, form })).status).toBe(302);
  const { seen } = await previewMove(admin, den.id, to);
  await moveCategory(admin, den.id, to, seen);
});

test("a branch that takes its quotes' sources along opens nothing that was private beside it", async () => {
  const { admin, den, room, open } = await rooms();
  await db.update(categories).set({ divisionId: open.divisionId }).where(eq(categories.id, den.id));
  await db.update(categories).set({ parentId: den.id, divisionId: open.divisionId, inheritsRights: true }).where(eq(categories.id, room.id));
  await db.update(categories).set({ inheritsRights: true }).where(eq(categories.id, den.id));
  expect((await previewMove(admin, den.id, { kind: "category", id: open.id })).quotesOpened).toBe(0);
});

test("a reply with a quote that was allowed where its topic stood is refused when the topic went to more readers meanwhile", async () => {
  const { insider, topic, open, body } = await rooms();
  let sent: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.update(topics).set({ categoryId: open.id }).where(eq(topics.id, topic.id));
    sent = createReply(insider, topic.id, { body }).catch((error: unknown) => error);
    // It has asked about its quote, and waits for its number.
    await expect.poll(async () => (await db.execute(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%last_post_number%'`)).length, { timeout: 10_000 }).toBe(1);
  });
  expect(await sent).toMatchObject({ key: "forums.movedMeanwhile" });
  expect(await db.$count(posts, eq(posts.topicId, topic.id))).toBe(2);
});
