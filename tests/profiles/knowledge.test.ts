import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { guest, type Viewer } from "#app/core/viewer.ts";
import { countActivity, listArticlesBy, listEditsBy } from "#app/profiles/activity.ts";
import { db } from "#db/client.ts";
import { pageRevisions, pages } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";

const titles = (list: { items: { title: string }[] }) => list.items.map(({ title }) => title);
const seenBy = async (viewer: Viewer, memberId: number) => {
  const counts = await countActivity(db, viewer, memberId);
  return { articles: titles(await listArticlesBy(db, viewer, memberId)), edits: titles(await listEditsBy(db, viewer, memberId)), counts: [counts.articles, counts.edits] };
};

test("a profile shows the articles and pages that its visitor may see, counted by the same rule", async () => {
  const author = await make.member();
  const article = await make.article({ authorId: author.id, title: "Quiet pumps", publishedAt: new Date("2020-01-01") });
  await make.article({ authorId: author.id, blogId: article.blogId, title: "Newer", publishedAt: new Date("2021-01-01") });
  await make.article({ authorId: author.id, title: "Draft", state: "draft" });
  await make.article({ authorId: author.id, title: "Gone", removedAt: new Date() });
  const closed = await make.blog({ rights: { members: "see" } });
  await make.article({ authorId: author.id, blogId: closed.id, title: "For members", publishedAt: new Date("2019-01-01") });
  const page = await make.page({ createdById: author.id, title: "Installing" });
  await make.page({ createdById: author.id, wikiId: page.wikiId, title: "Unpublished", publishedRevision: 0 });
  const lounge = await make.wiki({ rights: { members: "create" } });
  await make.page({ createdById: author.id, wikiId: lounge.id, title: "Prices" });

  expect(await seenBy(guest, author.id)).toEqual({ articles: ["Newer", "Quiet pumps"], edits: ["Installing"], counts: [2, 1] });
  const inside = await seenBy(await make.member(), author.id);
  expect(inside).toEqual({ articles: ["Newer", "Quiet pumps", "For members"], edits: ["Prices", "Installing"], counts: [3, 2] });
});

test("edits that are drafts or hidden by moderators are not told of, and pages come each once, a page at a time", async () => {
  const editor = await make.member();
  const first = await make.page({ title: "First" });
  const revise = (pageId: number, revision: number, more = {}) => db.insert(pageRevisions).values({ pageId, revision, title: "x", body: text("x"), bodyText: "x", editorId: editor.id, createdAt: new Date(Date.UTC(2020, 0, revision)), ...more });
  await revise(first.id, 2);
  await revise(first.id, 3, { removedAt: new Date() });
  await db.update(pages).set({ revision: 4, publishedRevision: 3 }).where(eq(pages.id, first.id));
  await revise(first.id, 4);
  expect((await listEditsBy(db, guest, editor.id)).items).toMatchObject([{ title: "First", editCount: 1 }]);
  for (let at = 0; at < 24; at++) {
    const page = await make.page({ wikiId: first.wikiId, title: `Page ${at} of many` });
    await db.update(pages).set({ revision: 40, publishedRevision: 40 }).where(eq(pages.id, page.id));
    await revise(page.id, 10 + (at % 5));
  }
  const one = await listEditsBy(db, guest, editor.id);
  const two = await listEditsBy(db, guest, editor.id, { before: one.before! });
  expect([one.items.length, two.items.length, two.before]).toEqual([20, 5, null]);
  expect(new Set([...titles(one), ...titles(two)]).size).toBe(25);
});
