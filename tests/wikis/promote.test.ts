import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { grantRight, revokeRight } from "#app/community/rights.ts";
import { accessFile } from "#app/core/files/files.ts";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { guest, type Member, type Viewer } from "#app/core/viewer.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { listPagesMadeOf, mayMakePages } from "#app/forums/made-of.ts";
import { countUnread, listInbox } from "#app/notifications/inbox.ts";
import { readPosts } from "#app/forums/topic-page.ts";
import { accessTopic, createTopic } from "#app/forums/topics.ts";
import { approvePage } from "#app/wikis/review-page.ts";
import { createPage, savePage } from "#app/wikis/save-page.ts";
import { accessSource, listSources, sourceText } from "#app/wikis/sources.ts";
import { db } from "#db/client.ts";
import { files, postFiles } from "#db/schema/files.ts";
import { posts, topics } from "#db/schema/forums.ts";
import { statements } from "#db/schema/insights.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pages, pageSources } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork } from "#tests/support/work.ts";

type Ref = { topicId: number; postNumber: number | null };

/** A question with an accepted answer, in a place of its own, and a wiki that members write. */
async function place({ rights, wiki: ofWiki }: { rights?: Parameters<typeof make.category>[0]; wiki?: Parameters<typeof make.wiki>[0] } = {}) {
  const [asker, helper, maker] = [await make.member({ name: "Cleo" }), await make.member({ name: "Pavel" }), await make.member({ name: "Max" })];
  const category = await make.category(rights);
  const topic = await make.topic({ title: "Why does it hum?", kind: "question", categoryId: category.id, authorId: asker.id });
  await make.post({ topicId: topic.id, body: text("It hums at night.") });
  const answer = await make.post({ topicId: topic.id, authorId: helper.id, body: text("Tighten the screw.") });
  await db.update(topics).set({ acceptedPostId: answer.id }).where(eq(topics.id, topic.id));
  const wiki = await make.wiki(ofWiki);
  return { asker, helper, maker, category, topic, answer, wiki };
}

const promote = (by: Member, wikiId: number, ref: Ref, over: { body?: RichText; title?: string; intent?: "publish" | "draft" | "review"; knowsReaders?: boolean; parentId?: number | null } = {}) => {
  const { knowsReaders = false, ...rest } = over;
  return createPage(by, wikiId, { title: "Humming", body: text("Tighten the screw."), parentId: null, isTemplate: false, intent: "publish", fromId: null, draftId: undefined, key: undefined, ...rest }, { ...ref, knowsReaders });
};
const madeOf = async (viewer: Viewer, topicId: number) => (await listPagesMadeOf(db, viewer, topicId)).map(({ title, postId }) => [title, postId]);
const creditsOf = async (viewer: Viewer, pageId: number) => (await listSources(db, viewer, pageId)).map(({ title, path, authors }) => [title, path, ...authors.map(({ name }) => name)]);

async function picture(owner: Member, postId?: number) {
  const storageKey = randomBytes(16).toString("base64url");
  const [file] = await db.insert(files).values({ ownerId: owner.id, storageKey, name: "a.jpg", contentType: "image/jpeg", width: 10, height: 10, bytes: 1, sha256: storageKey, purpose: "post" }).returning();
  if (postId) await db.insert(postFiles).values({ postId, fileId: file!.id });
  return storageKey;
}
const showing = (key: string): RichText => ({ type: "doc", content: [{ type: "paragraph", content: [{ type: "image", attrs: { key, alt: "A screw", width: 10, height: 10 } }] }] });
const seesFile = (viewer: Viewer, key: string) => accessFile(db, viewer, key).then(() => true, () => false);

test("an answer becomes a page that credits its author, and each leads to the other", async () => {
  const { maker, topic, answer, wiki } = await place();
  const { id, slug } = await promote(maker, wiki.id, { topicId: topic.id, postNumber: 2 });
  expect(await creditsOf(guest, id)).toEqual([["Why does it hum?", `/t/${topic.slug}/${topic.id}/2`, "Pavel"]]);
  expect(await listPagesMadeOf(db, guest, topic.id)).toEqual([{ title: "Humming", path: `/w/${wiki.slug}/${slug}-${id}`, wiki: wiki.name, postId: answer.id }]);
  const shown = await readPosts(db, guest, await accessTopic(db, guest, topic.id), { first: 1, last: 2 });
  expect(shown.map((post) => "madePages" in post && post.madePages.map(({ title }) => title))).toEqual([[], ["Humming"]]);
});

test("a topic is taken with its question and the accepted answer under headings, and both authors are credited", async () => {
  const { maker, topic, answer, wiki } = await place();
  const quoted = { type: "postQuote", attrs: { postId: answer.id, topicId: topic.id, number: 2, username: "x" }, content: text("As I said.").content! };
  await db.update(posts).set({ body: { type: "doc", content: [quoted, ...text("Tighten the screw.").content!] } }).where(eq(posts.id, answer.id));
  const source = await accessSource(db, maker, { topicId: topic.id, postNumber: 1 });
  expect(source.postNumber).toBeNull();
  expect(documentToMarkdown(sourceText(maker, source))).toBe("## The question\n\nIt hums at night.\n\n## The answer\n\n> As I said.\n\nTighten the screw.");
  const { id } = await promote(maker, wiki.id, { topicId: topic.id, postNumber: null });
  expect(await creditsOf(guest, id)).toEqual([["Why does it hum?", `/t/${topic.slug}/${topic.id}`, "Cleo", "Pavel"]]);
  expect(await madeOf(guest, topic.id)).toEqual([["Humming", answer.id], ["Humming", null]]);
});

test("what is edited later, on either side, changes nothing on the other", async () => {
  const { maker, helper, topic, answer, wiki } = await place();
  const { id } = await promote(maker, wiki.id, { topicId: topic.id, postNumber: 2 });
  await savePage(maker, id, { title: "Humming noises", body: text("Oil it, too."), reason: "", isMinor: false, intent: "publish", base: 1, draftId: undefined });
  await editPost(helper, { topicId: topic.id, postNumber: 2 }, { body: text("Loosen the screw."), reason: "", stamp: stampOf(answer) });
  const [post] = await db.select().from(posts).where(eq(posts.id, answer.id));
  const [page] = await db.select().from(pages).where(eq(pages.id, id));
  expect([post!.bodyText, page!.bodyText, page!.title]).toEqual(["Loosen the screw.", "Oil it, too.", "Humming noises"]);
  expect((await creditsOf(guest, id))[0]![0]).toBe("Why does it hum?");
  expect(await madeOf(guest, topic.id)).toEqual([["Humming noises", answer.id]]);
});

test("nobody makes a page of what is hidden from them, or was removed; a hidden number answers like a missing one", async () => {
  const { maker, topic, answer, wiki } = await place({ rights: { staff: "create" } });
  const refused = { field: "form", key: "wikis.sourceGone" };
  await expect(promote(maker, wiki.id, { topicId: topic.id, postNumber: null })).rejects.toMatchObject(refused);
  await expect(promote(maker, wiki.id, { topicId: topic.id, postNumber: 2 }, { knowsReaders: true })).rejects.toMatchObject(refused);
  await expect(promote(maker, wiki.id, { topicId: 999_999, postNumber: null })).rejects.toMatchObject(refused);
  await expect(accessSource(db, maker, { topicId: topic.id, postNumber: null })).rejects.toThrow(NotFoundError);

  const moderator = await make.member({ role: "moderator" });
  await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, answer.id));
  await expect(promote(moderator, wiki.id, { topicId: topic.id, postNumber: 2 }, { knowsReaders: true })).rejects.toMatchObject(refused);
  await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topic.id));
  await expect(promote(moderator, wiki.id, { topicId: topic.id, postNumber: null }, { knowsReaders: true })).rejects.toMatchObject(refused);
  expect([await db.$count(pages), await db.$count(pageSources)]).toEqual([0, 0]);
});

test("who may read a wiki but not write it makes no page in it, and a wiki out of sight is none", async () => {
  const { maker, topic, wiki } = await place({ wiki: { rights: { everyone: "see", staff: "create" } } });
  const hidden = await make.wiki({ rights: { staff: "create" } });
  await expect(promote(maker, wiki.id, { topicId: topic.id, postNumber: null })).rejects.toMatchObject({ key: "wikis.mayOnlyRead" });
  await expect(promote(maker, hidden.id, { topicId: topic.id, postNumber: null })).rejects.toThrow(NotFoundError);
  expect([await mayMakePages(db, guest), await mayMakePages(db, maker), await mayMakePages(db, await make.member({ role: "moderator" }))]).toEqual([false, false, true]);
  const open = await make.wiki();
  expect([await mayMakePages(db, guest), await mayMakePages(db, maker), await mayMakePages(db, await make.member({ emailVerifiedAt: null }))]).toEqual([false, true, false]);
  expect((await promote(maker, open.id, { topicId: topic.id, postNumber: null })).isPublished).toBe(true);
});

test("a page in a wiki that a reader cannot see is named nowhere in the talk, and comes and goes with its rights", async () => {
  const { topic, wiki } = await place({ wiki: { rights: { staff: "create" } } });
  const staff = await make.member({ role: "moderator" });
  const { id } = await promote(staff, wiki.id, { topicId: topic.id, postNumber: 2 });
  const reader = await make.member();
  const inPosts = async (viewer: Viewer) => (await readPosts(db, viewer, await accessTopic(db, viewer, topic.id), { first: 2, last: 2 })).flatMap((post) => ("madePages" in post ? post.madePages : []));
  expect([await madeOf(guest, topic.id), await madeOf(reader, topic.id), await inPosts(guest), await inPosts(reader)]).toEqual([[], [], [], []]);
  expect((await inPosts(staff)).length).toBe(1);

  const owner = await make.member({ role: "owner" });
  await grantRight(owner, { categoryId: wiki.categoryId, groupId: (await make.group("everyone")).id }, "see");
  expect((await inPosts(guest)).length).toBe(1);
  for (const gone of [{ removedAt: new Date() }, { removedAt: null, isTemplate: true }, { isTemplate: false, publishedRevision: 0 }]) {
    await db.update(pages).set(gone).where(eq(pages.id, id));
    expect([await madeOf(guest, topic.id), await inPosts(staff)], JSON.stringify(gone)).toEqual([[], []]);
  }
});

test("of a topic that became private, or a post that was removed, its page tells nothing to those who do not see it", async () => {
  const { maker, asker, category, topic, answer, wiki } = await place();
  const { id } = await promote(maker, wiki.id, { topicId: topic.id, postNumber: null });
  await db.update(posts).set({ removedAt: new Date() }).where(eq(posts.id, answer.id));
  expect(await creditsOf(guest, id)).toEqual([["Why does it hum?", `/t/${topic.slug}/${topic.id}`, "Cleo"]]);
  const owner = await make.member({ role: "owner" });
  for (const kind of ["everyone", "members"] as const) await revokeRight(owner, { categoryId: category.id, groupId: (await make.group(kind)).id });
  expect([await creditsOf(guest, id), await creditsOf(maker, id), await creditsOf(asker, id)]).toEqual([[], [], []]);
  await grantRight(owner, { categoryId: category.id, groupId: (await make.group("members")).id }, "see");
  expect([(await creditsOf(guest, id)).length, (await creditsOf(maker, id)).length]).toEqual([0, 1]);
  await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topic.id));
  expect(await creditsOf(maker, id)).toEqual([]);
});

test("words and pictures go to more people only on purpose", async () => {
  const { maker, helper, topic, answer, wiki } = await place({ rights: { members: "create" } });
  const key = await picture(helper, answer.id);
  const stranger = await make.member();
  expect([await seesFile(guest, key), await seesFile(stranger, key)]).toEqual([false, true]);
  const secret = await make.category({ staff: "create" }, { holds: "wiki" });
  const closed = await make.wiki({ categoryId: secret.id });
  const staff = await make.member({ role: "moderator" });
  await promote(staff, closed.id, { topicId: topic.id, postNumber: 2 }, { body: showing(key) });
  expect(await seesFile(guest, key)).toBe(false);

  const ref = { topicId: topic.id, postNumber: 2 };
  await expect(promote(maker, wiki.id, ref, { body: showing(key) })).rejects.toMatchObject({ field: "knowsReaders", key: "wikis.confirmReaders" });
  expect(await db.$count(pages, eq(pages.wikiId, wiki.id))).toBe(0);
  await promote(maker, wiki.id, ref, { body: showing(key), knowsReaders: true });
  expect(await seesFile(guest, key)).toBe(true);
});

test("a part of a wiki with other readers counts as they do", async () => {
  const { maker, topic, wiki } = await place({ rights: { members: "create" }, wiki: { rights: { members: "create" } } });
  const open = await make.category({ everyone: "see", members: "create" }, { holds: "wiki", parentId: wiki.categoryId });
  const part = await make.page({ wikiId: wiki.id, categoryId: open.id });
  await expect(promote(maker, wiki.id, { topicId: topic.id, postNumber: null }, { parentId: part.id })).rejects.toThrow(InvalidInputError);
  await promote(maker, wiki.id, { topicId: topic.id, postNumber: null });
});

test("a picture of the post shows on the page, again after an edit that left it out; another's key shows nothing", async () => {
  const { maker, helper, topic, answer, wiki } = await place({ rights: { members: "create" } });
  const [shown, foreign] = [await picture(helper, answer.id), await picture(helper)];
  const both: RichText = { type: "doc", content: [...showing(shown).content!, ...showing(foreign).content!] };
  const { id } = await promote(maker, wiki.id, { topicId: topic.id, postNumber: 2 }, { body: both, knowsReaders: true });
  expect([await seesFile(guest, shown), await seesFile(guest, foreign), await seesFile(maker, foreign)]).toEqual([true, false, false]);
  const save = (body: RichText, base: number) => savePage(maker, id, { title: "Humming", body, reason: "", isMinor: false, intent: "publish", base, draftId: undefined });
  await save(text("No picture."), 1);
  expect(await seesFile(guest, shown)).toBe(false);
  await save(both, 2);
  expect([await seesFile(guest, shown), await seesFile(guest, foreign)]).toEqual([true, false]);
});

test("where a reviewer looks first, credit, pictures and the news wait for that, and come then", async () => {
  const { maker, helper, topic, answer, wiki } = await place({ wiki: { needsReview: true } });
  const [key, foreign] = [await picture(helper, answer.id), await picture(helper)];
  const reviewer = await make.member({ role: "editor" });
  const body: RichText = { type: "doc", content: [...showing(key).content!, ...showing(foreign).content!] };
  const { id, isPublished } = await promote(maker, wiki.id, { topicId: topic.id, postNumber: 2 }, { body, intent: "review" });
  await finishWork();
  expect([isPublished, await madeOf(maker, topic.id), await countUnread(db, helper)]).toEqual([false, [], 0]);
  await db.delete(postFiles);
  // Whoever reviews it sees what would be shown, and nobody else does, nor a key that was guessed.
  expect([await seesFile(reviewer, key), await seesFile(guest, key), await seesFile(reviewer, foreign)]).toEqual([true, false, false]);

  await approvePage(reviewer, id, 1);
  await finishWork();
  expect([await madeOf(guest, topic.id), (await creditsOf(guest, id))[0]!.at(-1), await seesFile(guest, key)]).toEqual([[["Humming", answer.id]], "Pavel", true]);
  expect((await listInbox(db, helper)).map(({ kind, title, actor }) => [kind, title, actor!.name])).toEqual([["credit", "Humming", "Max"]]);
});

test("who may edit a page sees the pictures of its drafts, who only reads it does not", async () => {
  const wiki = await make.wiki({ needsReview: true, rights: { everyone: "see", members: "reply", staff: "create" } });
  const [writer, reviewer, reader, suspended] = [await make.member({ role: "product_manager" }), await make.member({ role: "editor" }), await make.member(), await make.member()];
  const [mine, hidden] = [await picture(writer), await picture(suspended)];
  const page = await make.page({ wikiId: wiki.id, createdById: writer.id });
  const save = (body: RichText, base: number) => savePage(writer, page.id, { title: page.title, body, reason: "", isMinor: false, intent: "review", base, draftId: undefined });
  await db.update(pages).set({ ownerId: reviewer.id }).where(eq(pages.id, page.id));
  await save(showing(mine), 1);
  await db.update(pages).set({ publishedRevision: 1, revision: 2 }).where(eq(pages.id, page.id));
  expect([await seesFile(reviewer, mine), await seesFile(reader, mine), await seesFile(guest, mine), await seesFile(reviewer, hidden)]).toEqual([true, false, false, false]);
  await db.update(pages).set({ removedAt: new Date() }).where(eq(pages.id, page.id));
  expect(await seesFile(reviewer, mine)).toBe(false);
});

test("authors are told once, when they may see the page, and not of what they made of their own", async () => {
  const { asker, helper, topic, wiki } = await place();
  const { id } = await promote(asker, wiki.id, { topicId: topic.id, postNumber: null });
  await finishWork();
  await savePage(asker, id, { title: "Humming", body: text("Better."), reason: "", isMinor: false, intent: "publish", base: 1, draftId: undefined });
  await finishWork();
  expect([(await listInbox(db, helper)).map(({ kind }) => kind), await listInbox(db, asker)]).toEqual([["credit"], []]);

  const closed = await make.wiki({ rights: { staff: "create" } });
  const staff = await make.member({ role: "moderator" });
  await promote(staff, closed.id, { topicId: topic.id, postNumber: 2 });
  await finishWork();
  expect((await listInbox(db, helper)).length).toBe(1);
});

test("a page made of what people ask for is no new voice for it", async () => {
  const { asker, maker, category, wiki } = await place();
  const topic = await createTopic(asker, category.id, { title: "Quiet at night", kind: "idea", body: text("Please add a quiet mode to the app. I need it at night."), tags: [], key: undefined, draftId: undefined });
  await finishWork();
  const asked = await db.$count(statements);
  expect(asked).toBeGreaterThan(0);
  await promote(maker, wiki.id, { topicId: topic.id, postNumber: null }, { body: text("Please add a quiet mode to the app. I need it at night.") });
  await finishWork();
  expect(await db.$count(statements)).toBe(asked);
});

test("sending the form twice makes one page, credited once", async () => {
  const { maker, topic, wiki } = await place();
  const send = () => createPage(maker, wiki.id, { title: "Humming", body: text("x"), parentId: null, isTemplate: false, intent: "publish", fromId: null, draftId: undefined, key: "0c8f1e6a-0d53-4a60-9ad8-0f2e7a1b2c3d" }, { topicId: topic.id, postNumber: 2, knowsReaders: false });
  const [one, other] = await Promise.all([send(), send()]);
  expect([one.id === other.id, await db.$count(pages), await db.$count(pageSources)]).toEqual([true, 1, 1]);
});
