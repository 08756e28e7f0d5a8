import { and, eq, sql } from "drizzle-orm";
import sharp from "sharp";
import { beforeEach, expect, test } from "vitest";
import { saveDraft } from "#app/core/drafts.ts";
import { accessFile, storeImage } from "#app/core/files/files.ts";
import { openFile } from "#app/core/files/store.ts";
import { sendMail } from "#app/core/mail.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { purge, rehearsePurge } from "#app/forums/purge/purge.ts";
import { createReply } from "#app/forums/replies.ts";
import { removePost } from "#app/forums/remove-post.ts";
import { removeTopic, restoreTopic } from "#app/forums/remove-topic.ts";
import { createTopic } from "#app/forums/topics.ts";
import { evidence } from "#app/insights/erase-evidence.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { auditLog } from "#db/schema/accounts.ts";
import { drafts, postRevisions, posts, topics } from "#db/schema/forums.ts";
import { productAreas, statements, themes } from "#db/schema/insights.ts";
import { searchQueries } from "#db/schema/search.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pageSources } from "#db/schema/wikis.ts";
import { all, ask, connect } from "#tests/support/connect.ts";
import { placesOf } from "#tests/support/every-value.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { sentMail } from "#tests/support/mailbox.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork, recordedEvents } from "#tests/support/work.ts";

beforeEach(useSmallModel);

const quoteOf = (post: { id: number; number: number; topicId: number }, username: string, ...words: string[]): RichText => ({
  type: "doc",
  content: [
    { type: "postQuote", attrs: { postId: post.id, topicId: post.topicId, number: post.number, username }, content: words.map((line) => ({ type: "paragraph", content: [{ type: "text", text: line }] })) },
    { type: "paragraph", content: [{ type: "text", text: "I think so too." }] },
  ],
});
const postAt = async (topicId: number, number: number) => (await db.select().from(posts).where(and(eq(posts.topicId, topicId), eq(posts.number, number))))[0]!;
const edit = async (by: Member, topicId: number, number: number, body: RichText, reason = "") => editPost(by, { topicId, postNumber: number }, { body, reason, stamp: stampOf(await postAt(topicId, number)) });

/** A topic in which a word was said in every way there is: in the title, in an answer and before it was edited, in quotes elsewhere. */
async function said(canary: string) {
  const category = await make.category({ everyone: "see", members: "create" });
  const [author, other, moderator, admin] = [await make.member(), await make.member(), await make.member({ role: "moderator" }), await make.member({ role: "owner" })];
  const key = crypto.randomUUID();
  const topic = await createTopic(author, category.id, { title: `The gateway crashes when I open the ${canary} page`, kind: "discussion", tags: [`${canary}-tag`], body: text(`My gateway crashes when I open the ${canary} calendar page.`), key });
  await make.post({ topicId: topic.id, authorId: other.id, body: text("Something else."), createdAt: new Date(Date.now() - 7_200_000) });
  const image = await storeImage(author, { name: `${canary}.png`, bytes: await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } }).png().toBuffer() }, "post");
  await createReply(author, topic.id, { body: { type: "doc", content: [...text(`My charger crashes when I open the ${canary} battery page.`).content!, { type: "paragraph", content: [{ type: "image", attrs: { key: image.storageKey, alt: `${canary} in a picture`, width: 8, height: 8 } }] }] }, knowsReaders: false });
  const answer = await postAt(topic.id, 3);
  await db.update(posts).set({ createdAt: new Date(Date.now() - 3_600_000) }).where(eq(posts.topicId, topic.id));
  await edit(author, topic.id, 3, text(`My charger crashes when I open the battery page, ${canary}.`), `the ${canary} again`);
  await edit(author, topic.id, 1, text(`Our gateway crashes when I open the ${canary} calendar today.`), "shorter");
  const elsewhere = await make.topic({ categoryId: category.id });
  await make.post({ topicId: elsewhere.id });
  const [opening] = [await postAt(topic.id, 1)];
  for (const post of [opening, answer]) await createReply(other, elsewhere.id, { body: quoteOf(post, author.username, `${canary} he said`, "and more"), knowsReaders: false });
  await db.update(posts).set({ createdAt: new Date(Date.now() - 3_600_000) }).where(eq(posts.topicId, elsewhere.id));
  await edit(other, elsewhere.id, 3, { type: "doc", content: [...quoteOf(answer, author.username, `${canary} once more`).content!, ...text("Added.").content!] });
  return { category, author, other, moderator, admin, topic, opening, answer, elsewhere, image };
}

/** The rest of what happens around it: mined, named, searched, told, kept. */
async function spread(canary: string, { author, other, admin, topic, opening, answer, elsewhere }: Awaited<ReturnType<typeof said>>) {
  await db.insert(productAreas).values({ name: "Charger" });
  for (let at = 0; at < 2; at++) {
    const more = await make.topic({ title: "Here is a picture of it" });
    await make.post({ topicId: more.id, authorId: (await make.member()).id, body: text("My charger crashes when I open the battery page today.") });
    await make.post({ topicId: more.id, authorId: (await make.member()).id, body: text("The gateway crashes when I open the calendar page.") });
  }
  await minePosts((await db.select({ id: posts.id }).from(posts)).map(({ id }) => id));
  await db.execute(sql`update themes set title = ${`The ${canary} crash`} where id in (select theme_id from statements where post_id = ${answer.id})`);
  await db.execute(sql`insert into theme_events (theme_id, kind, "from", "to") select id, 'title', null, title from themes where title is not null`);
  await saveDraft(author, `edit:${answer.id}`, { version: 0, title: "", body: `half a ${canary}`, fields: {} });
  await saveDraft(author, `reply:${topic.id}`, { version: 0, title: "", body: JSON.stringify(text(`My charger crashes when I open the ${canary} battery page.`)), fields: {} });
  await saveDraft(author, "topic", { version: 0, title: "", body: JSON.stringify(text("Another charger, and what I think of it.")), fields: {} });
  await saveDraft(other, `page-of:${answer.id}`, { version: 0, title: canary, body: `all of the ${canary}`, fields: {} });
  await saveDraft(other, `reply:${elsewhere.id}`, { version: 0, title: "", body: JSON.stringify(quoteOf(answer, author.username, canary)), fields: {} });
  await saveDraft(admin, `reply:${topic.id}`, { version: 0, title: "", body: `> @${author.username} [#3](/t/-/${topic.id}/3#${answer.id})\n>\n> ${canary} typed\n\nhalf typed <`, fields: {} });
  await db.transaction((tx) => sendMail(tx, { to: { name: "Pia", address: "pia@example.com" }, subject: "Your week", text: `Two asked for ${canary}.`, html: "<p>x</p>", unsubscribeUrl: "https://example.com/stop" }));
  await db.transaction((tx) => sendMail(tx, { to: { name: "Pia", address: "pia@example.com" }, subject: "Another week", text: "Nothing of it.", html: "<p>x</p>", unsubscribeUrl: "https://example.com/stop" }));
  await db.insert(searchQueries).values({ text: `find ${canary}`, found: 1, facts: { engine: "postgres", milliseconds: 1, operators: [] } });
  await db.execute(sql`select search_count_words()`);
  await db.execute(sql`insert into search_words (word, documents, stem, of_stem) values (${canary}, 2, ${canary}, 2) on conflict do nothing`);
  await db.execute(sql`analyze`);
  const page = await make.page({ title: "A page of its own" });
  await db.insert(pageSources).values({ pageId: page.id, topicId: topic.id, postId: answer.id, promotedById: other.id });
  return { page, opening };
}

test("a word of a purged topic stands in no row of any table, on no page, in no search and in no feed", async () => {
  const canary = "zebrafinch";
  const it = await said(canary);
  await spread(canary, it);
  const { topic, moderator, author, elsewhere, image } = it;
  // So that the test can fail: it is everywhere now.
  const before = await placesOf(canary);
  for (const place of ["posts", "topics", "post_revisions", "drafts", "search_documents", "search_words", "search_queries", "idempotency_keys", "themes", "theme_events", "theme_clusters", "files", "tags"]) expect(before).toContain(`public.${place}`);
  expect(before).toContain("graphile_worker._private_jobs");
  expect(before.join()).toContain("pg_stats");

  await removeTopic(moderator, topic.id, { reason: `too much ${canary}` });
  const confirm = await (await visit(`/t/x/${topic.id}/purge`, { as: moderator })).text();
  expect(confirm).toContain("Erase the whole topic for good?");
  for (const line of ["3 posts", "2 earlier versions", "Quotes of it in 2 other posts", "1 earlier version of other posts", "2 texts not yet posted", "3 drafts of changes", "1 mail that waits", "1 file that nothing else shows"]) expect([line, confirm.replace(/<!-- -->/g, "").includes(line)]).toEqual([line, true]);
  expect(confirm).toContain("A page of its own");
  // Looking changes nothing.
  (await openFile(image.storageKey, "original.png"))!.stream.destroy();
  expect((await postAt(topic.id, 3)).bodyText).toContain(canary);

  expect((await visit(`/t/x/${topic.id}/purge`, { as: moderator, form: { reason: " " } })).status).toBe(422);
  expect((await visit(`/t/x/${topic.id}/purge`, { as: moderator, form: { reason: "Personal data" } })).status).toBe(302);
  await finishWork();
  await finishWork({ afterMinutes: 10 });
  expect(await placesOf(canary)).toEqual([]);
  expect(await openFile(image.storageKey, "original.png")).toBeUndefined();
  await expect(accessFile(db, author, image.storageKey)).rejects.toThrow();

  // Other work of the same writer is left alone.
  expect((await db.select().from(drafts).where(eq(drafts.memberId, author.id))).map(({ key }) => key)).toEqual(["topic"]);
  const readers = [undefined, author, moderator];
  for (const as of readers) {
    for (const address of [`/t/x/${topic.id}`, `/t/x/${topic.id}/3`, `/t/x/${topic.id}/posts?from=1&to=3&as=json`, `/t/x/${topic.id}/3/history`, `/t/x/${elsewhere.id}/3`, `/t/x/${elsewhere.id}/3/history`, "/latest", "/", `/search?q=calendar`, `/u/${author.username}`, `/u/${author.username}/posts`, "/latest.rss", `/t/x/${elsewhere.id}.rss`, "/sitemap.xml", "/notifications", "/drafts", "/insights", "/insights/themes", "/admin/audit"]) {
      expect([address, (await (await visit(address, { as })).text()).toLowerCase().includes(canary)]).toEqual([address, false]);
    }
  }
  const quoting = await (await visit(`/t/${elsewhere.slug}/${elsewhere.id}/3`)).text();
  expect(quoting).toContain("Erased by a moderator.");
  expect(quoting).toContain("I think so too.");
  expect((await sentMail()).filter((mail) => mail.includes("pia@example.com")).map((mail) => /Subject: (.*)/.exec(mail)?.[1]?.trim())).toEqual(["Another week"]);
}, 60_000);

test("a purged answer leaves its number and why; what answers it stays, also in the statements of others", async () => {
  const canary = "quokkasong";
  const it = await said(canary);
  const { topic, answer, moderator, author, other } = it;
  await createReply(other, topic.id, { body: text("I answer that."), replyToNumber: 3, knowsReaders: false });
  await minePosts([answer.id]);
  expect((await db.select().from(statements).where(eq(statements.postId, answer.id))).length).toBeGreaterThan(0);
  await removePost(moderator, { topicId: topic.id, postNumber: 3 }, { reason: "" });
  await finishWork();
  const reader = await connect();
  const { state } = (await ask(reader, `topic:${topic.id}`)) as { state: { version: number } };
  const heard = all(reader, "topic.changed");
  await purge(moderator, { topicId: topic.id, postNumber: 3 }, "Wrong person", evidence);
  await finishWork();
  // What was said before may still be on its way.
  await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toEqual({ topicId: topic.id, version: state.version + 1, lastPostNumber: 4 });

  expect(await db.select().from(statements).where(eq(statements.postId, answer.id))).toEqual([]);
  const page = await (await visit(`/t/${topic.slug}/${topic.id}`)).text();
  expect(page).toContain("Erased by a moderator on");
  expect(page).toContain("Wrong person");
  expect(page).toContain("I answer that.");
  for (const as of [moderator, author]) {
    const answer = await visit(`/t/x/${topic.id}/3/restore`, { as, form: {} });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("Nothing can bring it back.")]);
  }
  expect((await visit(`/t/x/${topic.id}/3/edit`, { as: moderator })).status).toBe(403);
  const history = await (await visit(`/t/${topic.slug}/${topic.id}/3/history`, { as: moderator })).text();
  expect(history).toContain("Wrong person");
  // Its own words only: the topic's title has the word, too.
  expect((await postAt(topic.id, 3))).toMatchObject({ bodyText: "", bodyHtml: "", removedReason: "Wrong person" });
  const [entry] = await db.select().from(auditLog).where(eq(auditLog.action, "post.purged"));
  expect(entry).toMatchObject({ actorId: moderator.id, target: `post:${answer.id}`, detail: { reason: "Wrong person", posts: 1 } });
  expect(JSON.stringify(entry)).not.toContain(canary);
});

test("of an opening post the title goes along, and the topic comes back with what others wrote", async () => {
  const canary = "narwhaltune";
  const { topic, moderator } = await said(canary);
  await createReply(await make.member(), topic.id, { body: text("What remains."), knowsReaders: false });
  await removeTopic(moderator, topic.id, { reason: "" });
  await purge(moderator, { topicId: topic.id, postNumber: 1 }, "Asked for by its author", evidence);
  await restoreTopic(moderator, topic.id);
  const [row] = await db.select().from(topics).where(eq(topics.id, topic.id));
  expect(row).toMatchObject({ title: "Erased topic", slug: "erased-topic", excerpt: "", postCount: 3 });
  const page = await (await visit(`/t/erased-topic/${topic.id}`)).text();
  expect(page).toContain("Asked for by its author");
  expect(page).toContain("What remains.");
  expect((await visit("/latest").then((answer) => answer.text())).includes(canary)).toBe(false);
  await expect(restoreTopic(moderator, topic.id)).resolves.toBeDefined();
});

test("one version is erased alone: others stay, and quotes of what only it said are erased", async () => {
  const [author, other, moderator] = [await make.member(), await make.member(), await make.member({ role: "moderator" })];
  const topic = await make.topic({ authorId: author.id });
  const post = await make.post({ topicId: topic.id, authorId: author.id, body: text("Call me.", "My number is wombatfive."), createdAt: new Date(Date.now() - 3_600_000) });
  for (const words of ["Call me.", "My number is wombatfive."]) await createReply(other, topic.id, { body: quoteOf(post, author.username, words), knowsReaders: false });
  await edit(author, topic.id, 1, text("Call me.", "Without a number."), "took it out");
  await edit(author, topic.id, 1, text("Call me.", "Or do not."));
  const path = `/t/${topic.slug}/${topic.id}/1/history`;
  expect(await (await visit(path, { as: author })).text()).not.toContain("Erase version");
  expect(await (await visit(`${path}?to=2`, { as: moderator })).text()).toContain("Erase version 1");
  expect((await visit(`${path}/1/purge`, { as: moderator, form: { reason: "A telephone number" } })).status).toBe(302);
  await finishWork();

  expect((await placesOf("wombatfive")).filter((place) => !place.startsWith("pg_stats"))).toEqual([]);
  expect((await postAt(topic.id, 2)).bodyHtml).toContain("Call me.");
  expect((await postAt(topic.id, 3)).bodyHtml).toContain("Erased by a moderator.");
  expect(await (await visit(`${path}?to=2`)).text()).toContain("A telephone number");
  expect((await postAt(topic.id, 1)).bodyText).toContain("Or do not.");
  expect((await visit(path, { as: author, form: { revision: "1", stamp: stampOf(await postAt(topic.id, 1)) } })).status).toBe(403);
  expect((await visit(`${path}/3/purge`, { as: moderator, form: { reason: "x" } })).status).toBe(422);
  expect((await visit(`${path}/9/purge`, { as: moderator })).status).toBe(404);
});

test("only moderators of the place erase, and only what was removed before", async () => {
  const { topic, author, other, moderator } = await said("tapirhymn");
  const foreign = await make.member({ role: "moderator", divisionId: (await make.division()).id });
  for (const as of [author, other, foreign]) for (const under of ["/purge", "/3/purge", "/3/history/1/purge"]) {
    expect([under, (await visit(`/t/x/${topic.id}${under}`, { as })).status]).toEqual([under, 403]);
    expect([under, (await visit(`/t/x/${topic.id}${under}`, { as, form: { reason: "x" } })).status]).toEqual([under, 403]);
  }
  expect((await visit(`/t/x/${topic.id}/3/purge`, { as: moderator, form: { reason: "x" } })).status).toBe(403);
  expect((await visit(`/t/x/${topic.id}/purge`, { as: moderator, form: { reason: "x" } })).status).toBe(403);
  expect((await visit(`/t/x/${topic.id}/3/purge`, { form: { reason: "x" } })).status).toBe(302);
  expect((await postAt(topic.id, 3)).bodyText).toContain("tapirhymn");
});

test("two moderators at once erase once, and an edit or a quote that comes at the same time loses its words", async () => {
  const { topic, answer, author, other, moderator, elsewhere } = await said("lemurchord");
  await removePost(moderator, { topicId: topic.id, postNumber: 3 }, { reason: "" });
  const target = { topicId: topic.id, postNumber: 3 };
  const stamp = stampOf(await postAt(topic.id, 3));
  await Promise.allSettled([
    purge(moderator, target, "One", evidence), purge(await make.member({ role: "owner" }), target, "Two", evidence), rehearsePurge(moderator, target, evidence),
    editPost(author, target, { body: text("lemurchord again"), reason: "", stamp }),
    ...[1, 2, 3].map(() => createReply(other, elsewhere.id, { body: quoteOf(answer, author.username, "lemurchord in a quote"), knowsReaders: false })),
    saveDraft(other, `reply:${elsewhere.id}`, { version: 0, title: "", body: JSON.stringify(quoteOf(answer, author.username, "lemurchord in a draft")), fields: {} }),
  ]);
  expect(await db.$count(auditLog, eq(auditLog.action, "post.purged"))).toBe(1);
  expect((await postAt(topic.id, 3)).bodyText).toBe("");
  const left = await db.execute<{ html: string }>(sql`select body_html as html from posts where body_html like ${`%data-post="${answer.id}"%`} and body_html like '%lemurchord%'`);
  expect(left).toEqual([]);
  expect((await db.execute(sql`select from drafts where body::text like '%lemurchord%'`)).length).toBe(0);
  expect((await db.select().from(postRevisions).where(eq(postRevisions.postId, answer.id)))).toEqual([]);
  // What comes later is no way around it.
  await createReply(other, elsewhere.id, { body: quoteOf(answer, author.username, "lemurchord too late"), knowsReaders: false });
  await saveDraft(other, `reply:${topic.id}`, { version: 0, title: "", body: JSON.stringify(quoteOf(answer, author.username, "lemurchord too late")), fields: {} });
  expect((await db.execute(sql`select from posts where body_html like '%too late%' union all select from drafts where body::text like '%too late%'`)).length).toBe(0);
  expect((await recordedEvents()).filter(({ type }) => type === "post.purged")).toHaveLength(1);
  expect(await db.$count(themes, sql`title like '%lemur%'`)).toBe(0);
  expect(await rehearsePurge(moderator, target, evidence)).toMatchObject({ posts: 0 });
});
