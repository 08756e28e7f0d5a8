import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { ConflictError, ForbiddenError, NotFoundError } from "#app/core/errors.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import { guest, type Member } from "#app/core/viewer.ts";
import type { EditPageInput, NewPageInput } from "#app/wikis/inputs.ts";
import { accessPage } from "#app/wikis/pages.ts";
import { hideRevision, listRevisions, readRevision, revertPage } from "#app/wikis/revisions.ts";
import { approvePage, listInReview, sendBack } from "#app/wikis/review-page.ts";
import { createPage, savePage } from "#app/wikis/save-page.ts";
import { listBacklinks, listOrphans, listWanted } from "#app/wikis/loose-ends.ts";
import { db } from "#db/client.ts";
import { pageRevisions, pages } from "#db/schema/wikis.ts";
import { make } from "#tests/support/make.ts";
import { finishWork, recordedEvents } from "#tests/support/work.ts";

const fresh = (title: string, words: string, more: Partial<NewPageInput> = {}): NewPageInput => ({ title, body: markdownToDocument(words), parentId: null, isTemplate: false, intent: "publish", fromId: null, draftId: undefined, key: undefined, ...more });
const edit = (base: number, title: string, words: string, more: Partial<EditPageInput> = {}): EditPageInput => ({ title, body: markdownToDocument(words), reason: "", isMinor: false, intent: "publish", base, draftId: undefined, ...more });
const rowOf = async (id: number) => (await db.select().from(pages).where(eq(pages.id, id)))[0]!;
const write = async (author: Member, wikiId: number, title: string, words: string) => (await createPage(author, wikiId, fresh(title, words))).id;

test("a page begins with its first revision, and each save adds one that tells who, when and why", async () => {
  const wiki = await make.wiki();
  const author = await make.member();
  const page = await createPage(author, wiki.id, fresh("Größe & Farbe", "It is **blue**."));
  const saved = await savePage(author, page.id, edit(1, "Größe & Farbe", "It is **green**.", { reason: "it was painted", isMinor: true }));

  expect(page.slug).toBe("groesse-and-farbe");
  expect(saved).toMatchObject({ isStale: false, page: { revision: 2, publishedRevision: 2, lastEditorId: author.id } });
  expect(await rowOf(page.id)).toMatchObject({ bodyHtml: "<p>It is <strong>green</strong>.</p>", bodyText: "It is green.", categoryId: wiki.categoryId });
  expect((await listRevisions(db, guest, saved.page)).map(({ revision, reason, isMinor }) => [revision, reason, isMinor])).toEqual([[2, "it was painted", true], [1, "", false]]);
  const of = { pageId: page.id, wikiId: wiki.id, categoryId: wiki.categoryId, actorId: author.id };
  expect(await recordedEvents()).toEqual([
    { type: "page.published", ...of, revision: 1, isMinor: false }, { type: "page.published", ...of, revision: 2, isMinor: true },
  ]);
});

test("a save that says nothing new makes no revision", async () => {
  const wiki = await make.wiki();
  const author = await make.member();
  const id = await write(author, wiki.id, "Ovens", "Hot.");
  expect((await savePage(author, id, edit(1, "Ovens", "Hot."))).page.revision).toBe(1);
});

test("a save that began from an older revision writes nothing", async () => {
  const wiki = await make.wiki();
  const [one, other] = [await make.member(), await make.member()];
  const id = await write(one, wiki.id, "Ovens", "Hot.");
  await savePage(one, id, edit(1, "Ovens", "Very hot."));
  expect((await savePage(other, id, edit(1, "Ovens", "Cold."))).isStale).toBe(true);
  expect((await rowOf(id)).bodyText).toBe("Very hot.");
});

test("of two saves at once one is told that it came too late", async () => {
  const wiki = await make.wiki();
  const [one, other] = [await make.member(), await make.member()];
  const id = await write(one, wiki.id, "Ovens", "Hot.");
  const both = await Promise.all([savePage(one, id, edit(1, "Ovens", "Very hot.")), savePage(other, id, edit(1, "Ovens", "Cold."))]);
  expect(both.map(({ isStale }) => isStale).sort()).toEqual([false, true]);
  expect(await db.$count(pageRevisions, eq(pageRevisions.pageId, id))).toBe(2);
});

test("who may only read or comment writes no page, and where they see nothing there is none", async () => {
  const wiki = await make.wiki({ rights: { everyone: "see", members: "reply", staff: "create" } });
  const hidden = await make.page({ wikiId: (await make.wiki({ rights: { staff: "create" } })).id });
  const page = await make.page({ wikiId: wiki.id });
  const member = await make.member();
  await expect(createPage(member, wiki.id, fresh("Mine", "x"))).rejects.toThrow(ForbiddenError);
  await expect(savePage(member, page.id, edit(1, "Mine", "x"))).rejects.toThrow(ForbiddenError);
  await expect(savePage(member, hidden.id, edit(1, "Mine", "x"))).rejects.toThrow(NotFoundError);
  await expect(createPage(member, wiki.id, fresh("Mine", "x", { parentId: hidden.id }))).rejects.toThrow(NotFoundError);
  expect(await recordedEvents()).toEqual([]);
});

test("a title belongs to one page of a wiki, whatever its capitals, and to none that was removed", async () => {
  const wiki = await make.wiki();
  const author = await make.member();
  const id = await write(author, wiki.id, "Ovens", "Hot.");
  const other = await write(author, wiki.id, "Bread", "Good.");
  await expect(createPage(author, wiki.id, fresh("OVENS", "x"))).rejects.toMatchObject({ field: "title", key: "wikis.titleTaken" });
  await expect(savePage(author, other, edit(1, "ovens", "x"))).rejects.toMatchObject({ field: "title" });
  await db.update(pages).set({ removedAt: new Date() }).where(eq(pages.id, id));
  expect((await savePage(author, other, edit(1, "ovens", "x"))).page.title).toBe("ovens");
});

test("an earlier revision comes back as a new one; a hidden one does not, and is shown to moderators only", async () => {
  const wiki = await make.wiki();
  const [author, moderator] = [await make.member(), await make.member({ role: "moderator" })];
  const id = await write(author, wiki.id, "Ovens", "Hot.");
  await savePage(author, id, edit(1, "Ovens", "My telephone is 123."));
  await savePage(author, id, edit(2, "Ovens", "Cold."));

  expect((await revertPage(author, id, { revision: 1, base: 3 })).page).toMatchObject({ revision: 4 });
  expect(await rowOf(id)).toMatchObject({ bodyText: "Hot.", publishedRevision: 4 });
  const [row] = await db.select().from(pageRevisions).where(and(eq(pageRevisions.pageId, id), eq(pageRevisions.revision, 4)));
  expect(row).toMatchObject({ revertOf: 1, reason: "Revision 1 restored" });

  await expect(hideRevision(author, id, { revision: 2, hide: true })).rejects.toThrow(ForbiddenError);
  await expect(hideRevision(moderator, id, { revision: 4, hide: true })).rejects.toThrow(ConflictError);
  await hideRevision(moderator, id, { revision: 2, hide: true });
  const page = await accessPage(db, author, id);
  await expect(readRevision(db, author, page, 2)).rejects.toMatchObject({ key: "wikis.revisionHidden" });
  await expect(revertPage(author, id, { revision: 2, base: 4 })).rejects.toThrow(ForbiddenError);
  await expect(revertPage(moderator, id, { revision: 2, base: 4 })).rejects.toMatchObject({ key: "wikis.revertHidden" });
  expect((await readRevision(db, moderator, page, 2)).isHidden).toBe(true);
  await expect(revertPage(author, id, { revision: 1, base: 2 })).rejects.toThrow(ConflictError);
});

test("links hold by id: a page that was renamed is called by its new title where the writer left that open", async () => {
  const wiki = await make.wiki();
  const author = await make.member();
  const ovens = await write(author, wiki.id, "Ovens", "Hot.");
  const from = await write(author, wiki.id, "Start", "See [[ovens]] and [[Ovens|the hot ones]] and [[Start]].");
  expect((await rowOf(from)).bodyHtml).toContain(`<a class="page-link" href="/w/-/-${ovens}">Ovens</a>`);

  await savePage(author, ovens, edit(1, "Deck ovens", "Hot."));
  await finishWork();
  expect((await rowOf(from)).bodyText).toBe("See Deck ovens and the hot ones and Start.");
  expect(await listBacklinks(db, guest, ovens)).toMatchObject([{ id: from }]);
  // It leads to itself too, which is no link from elsewhere.
  expect(await listBacklinks(db, guest, from)).toEqual([]);
});

test("a title that another part of the tree keeps to itself reaches no page outside of it", async () => {
  const wiki = await make.wiki();
  const inner = await make.category({ staff: "create" }, { holds: "wiki", parentId: wiki.categoryId });
  const staff = await make.member({ role: "editor" });
  const plan = await make.page({ wikiId: wiki.id, categoryId: inner.id, title: "Plan" });
  const from = await write(staff, wiki.id, "Start", "See [[Plan]].");
  await savePage(staff, plan.id, edit(1, "Sale of the company", "x"));
  await finishWork();
  expect((await rowOf(from)).bodyText).toBe("See Plan.");
  expect((await savePage(staff, from, edit(1, "Start", "See the [[Plan]]."))).page.revision).toBe(2);
  expect(await rowOf(from)).toMatchObject({ bodyText: "See the Plan." });
  expect((await rowOf(from)).bodyHtml).toContain(`/w/-/-${plan.id}`);

  // Who does not see it cannot find it by naming it.
  const outsider = await make.member();
  const guess = await write(outsider, wiki.id, "Guess", "Is there a [[Sale of the company]]?");
  expect((await rowOf(guess)).bodyHtml).toContain("page-wanted");
  expect(await listBacklinks(db, guest, plan.id)).toMatchObject([{ id: from }]);
});

test("wished-for pages are listed until they are written, and then the wishes lead there", async () => {
  const wiki = await make.wiki();
  const author = await make.member();
  const one = await write(author, wiki.id, "One", "We need [[Yeast]].");
  await write(author, wiki.id, "Two", "And [[yeast|more of it]].");
  const hidden = await make.wiki({ rights: { staff: "create" } });
  await write(await make.member({ role: "editor" }), hidden.id, "Secret", "[[Plan]]");
  expect(await listWanted(db, guest, wiki.id)).toMatchObject([{ title: expect.stringMatching(/yeast/i) as string, count: 2, by: { id: one } }]);
  expect(await listWanted(db, guest, hidden.id)).toEqual([]);

  const yeast = await write(author, wiki.id, "Yeast", "Alive.");
  await finishWork();
  expect(await listWanted(db, guest, wiki.id)).toEqual([]);
  expect((await listBacklinks(db, guest, yeast)).map(({ title }) => title)).toEqual(["One", "Two"]);
  expect((await listOrphans(db, guest, wiki.id)).map(({ title }) => title)).toEqual(["One", "Two"]);
});

test("where edits are reviewed, readers see the published text until a reviewer lets the draft through", async () => {
  const wiki = await make.wiki({ needsReview: true });
  const [writer, editor] = [await make.member(), await make.member({ role: "editor" })];
  const { id, isPublished } = await createPage(writer, wiki.id, fresh("Ovens", "Hot."));
  expect(isPublished).toBe(false);
  await expect(accessPage(db, guest, id)).rejects.toThrow(NotFoundError);
  expect((await rowOf(id)).bodyText).toBe("");
  expect(await listInReview(db, editor, wiki.id)).toMatchObject([{ id }]);
  expect(await listInReview(db, guest, wiki.id)).toEqual([]);

  await expect(approvePage(writer, id, 1)).rejects.toMatchObject({ key: "wikis.onlyReviewers" });
  await sendBack(editor, id, 1, "Say how hot.");
  expect(await rowOf(id)).toMatchObject({ reviewAskedAt: null, reviewNote: "Say how hot." });
  await savePage(writer, id, edit(1, "Ovens", "Very hot.", { intent: "review" }));
  await expect(approvePage(editor, id, 1)).rejects.toThrow(ConflictError);
  await approvePage(editor, id, 2);
  expect(await rowOf(id)).toMatchObject({ bodyText: "Very hot.", publishedRevision: 2, reviewNote: "", reviewAskedAt: null, lastEditorId: writer.id });
  expect((await recordedEvents()).map(({ type }) => type)).toEqual(["page.review-asked", "page.changed", "page.review-asked", "page.published"]);

  await savePage(writer, id, edit(2, "Ovens", "Cold.", { intent: "draft" }));
  expect(await rowOf(id)).toMatchObject({ bodyText: "Very hot.", revision: 3, publishedRevision: 2, reviewAskedAt: null });
  expect((await listRevisions(db, guest, await accessPage(db, guest, id))).map(({ revision }) => revision)).toEqual([2, 1]);
  await expect(Promise.all([approvePage(editor, id, 3), approvePage(editor, id, 3)])).rejects.toThrow(ConflictError);
});

test("whoever answers for a page reviews it too", async () => {
  const wiki = await make.wiki({ needsReview: true });
  const [writer, owner] = [await make.member(), await make.member()];
  const page = await make.page({ wikiId: wiki.id, ownerId: owner.id, title: "Ovens" });
  await savePage(writer, page.id, edit(1, "Ovens", "Hot."));
  expect((await approvePage(owner, page.id, 2)).publishedRevision).toBe(2);
  expect((await savePage(owner, page.id, edit(2, "Ovens", "Hotter."))).page.publishedRevision).toBe(3);
});

test("one form makes one page, also when it is sent twice", async () => {
  const wiki = await make.wiki();
  const author = await make.member();
  const input = fresh("Ovens", "Hot.", { key: "5b0a4f0c-4b0e-4a8e-9d52-6f4b1a3c2d1e" });
  const [one, other] = await Promise.all([createPage(author, wiki.id, input), createPage(author, wiki.id, input)]);
  expect(one.id).toBe(other.id);


});
