import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { revokeRight } from "#app/community/rights.ts";
import { record, type DomainEvent } from "#app/core/events.ts";
import type { Member } from "#app/core/viewer.ts";
import { countUnread, listInbox, markAllRead, markSubjectRead } from "#app/notifications/inbox.ts";
import { tellOverdue } from "#app/notifications/notify-knowledge.ts";
import { db } from "#db/client.ts";
import { articles, blogFollows, type Article } from "#db/schema/blogs.ts";
import { notifications } from "#db/schema/notifications.ts";
import { pageFollows, pageRevisions, pages, type Page } from "#db/schema/wikis.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork } from "#tests/support/work.ts";

const happens = (event: DomainEvent) => db.transaction((tx) => record(tx, event));
const linesOf = async (member: Member) => (await listInbox(db, member)).map(({ kind, title, href, actorCount, isRead }) => ({ kind, title, href, actorCount, isRead }));

async function aFollowedBlog() {
  const reader = await make.member();
  const article = await make.article({ title: "Quieter pumps" });
  await db.insert(blogFollows).values({ blogId: article.blogId, memberId: reader.id });
  const { id: articleId, blogId, categoryId, authorId: actorId } = article;
  return { reader, article, event: { articleId, blogId, categoryId, actorId } };
}
const hide = (article: Article) => db.update(articles).set({ state: "unpublished" }).where(eq(articles.id, article.id));

test("those who follow a blog are told of an article once, also when it is published again or the news are told twice", async () => {
  const { reader, article, event } = await aFollowedBlog();
  const stranger = await make.member();
  await db.insert(blogFollows).values({ blogId: article.blogId, memberId: article.authorId });
  await happens({ type: "article.published", isAgain: false, ...event });
  await happens({ type: "article.published", isAgain: false, ...event });
  await finishWork();
  expect(await linesOf(reader)).toEqual([{ kind: "article", title: "Quieter pumps", href: expect.stringMatching(new RegExp(`^/b/[\\w-]+/article-\\d+-${article.id}$`)), actorCount: 1, isRead: false }]);
  expect(await countUnread(db, stranger)).toBe(0);
  expect(await db.$count(notifications)).toBe(1);

  await markAllRead(reader);
  await happens({ type: "article.published", isAgain: false, ...event });
  await happens({ type: "article.published", isAgain: true, ...event });
  await finishWork();
  expect((await linesOf(reader)).map(({ isRead }) => isRead)).toEqual([true]);
});

test("an article out of sight is in no inbox and in no count, and comes back with it", async () => {
  const { reader, article, event } = await aFollowedBlog();
  await happens({ type: "article.published", isAgain: false, ...event });
  await finishWork();
  expect(await countUnread(db, reader)).toBe(1);
  await hide(article);
  expect([await countUnread(db, reader), await linesOf(reader)]).toEqual([0, []]);
  await db.update(articles).set({ state: "published" }).where(eq(articles.id, article.id));
  expect(await countUnread(db, reader)).toBe(1);
  await revokeRight(await make.member({ role: "owner" }), { categoryId: article.categoryId, groupId: (await make.group("everyone")).id });
  await revokeRight(await make.member({ role: "owner" }), { categoryId: article.categoryId, groupId: (await make.group("members")).id });
  expect([await countUnread(db, reader), await linesOf(reader)]).toEqual([0, []]);
});

test("an article taken back before its news are told is told to nobody", async () => {
  const { reader, article, event } = await aFollowedBlog();
  await happens({ type: "article.published", isAgain: false, ...event });
  await hide(article);
  await finishWork();
  await db.update(articles).set({ state: "published" }).where(eq(articles.id, article.id));
  expect(await linesOf(reader)).toEqual([]);
});

async function aWatchedTree() {
  const [watcher, ada, max] = [await make.member(), await make.member({ name: "Ada" }), await make.member({ name: "Max" })];
  const top = await make.page({ title: "Installing" });
  const below = await make.page({ title: "Cellar", parentId: top.id });
  return { watcher, ada, max, top, below };
}

/** Saves and publishes another revision, as an editor would, and says so. */
async function edit(page: Page, editor: Member, { isMinor = false } = {}): Promise<void> {
  const [row] = await db.select({ revision: pages.revision }).from(pages).where(eq(pages.id, page.id));
  const revision = row!.revision + 1;
  await db.insert(pageRevisions).values({ pageId: page.id, revision, title: page.title, body: text(`Version ${revision}.`), bodyText: "", editorId: editor.id, isMinor, baseRevision: revision - 1 });
  await db.update(pages).set({ revision, publishedRevision: revision, editedAt: new Date() }).where(eq(pages.id, page.id));
  await happens({ type: "page.published", pageId: page.id, wikiId: page.wikiId, categoryId: page.categoryId, actorId: editor.id, revision, isMinor });
}

test("edits of a watched page are one line that leads to all that changed since it was last seen", async () => {
  const { watcher, ada, max, top } = await aWatchedTree();
  await db.insert(pageFollows).values({ memberId: watcher.id, pageId: top.id });
  for (const editor of [ada, ada, max]) await edit(top, editor);
  await finishWork();
  const [line] = await linesOf(watcher);
  expect(await linesOf(watcher)).toHaveLength(1);
  expect(line).toMatchObject({ kind: "page", title: "Installing", actorCount: 2, href: expect.stringMatching(new RegExp(`-${top.id}/history\\?from=1$`)) });

  await markSubjectRead(watcher, { pageId: top.id });
  expect(await countUnread(db, watcher)).toBe(0);
  await edit(top, max);
  await finishWork();
  expect((await linesOf(watcher)).map(({ href, isRead }) => [href.split("=").at(-1), isRead])).toEqual([["4", false], ["1", true]]);
});

test("the same edit told twice is one edit, read meanwhile or not", async () => {
  const { watcher, ada, top } = await aWatchedTree();
  await db.insert(pageFollows).values({ memberId: watcher.id, pageId: top.id });
  await edit(top, ada);
  await finishWork();
  const again: DomainEvent = { type: "page.published", pageId: top.id, wikiId: top.wikiId, categoryId: top.categoryId, actorId: ada.id, revision: 2, isMinor: false };
  await happens(again);
  await finishWork();
  await markAllRead(watcher);
  await happens(again);
  await finishWork();
  expect((await linesOf(watcher)).map(({ actorCount, isRead }) => [actorCount, isRead])).toEqual([[1, true]]);
});

test("nobody is told of a minor edit or of their own, and a page below only to who watches the tree", async () => {
  const { watcher, ada, top, below } = await aWatchedTree();
  await db.insert(pageFollows).values([{ memberId: watcher.id, pageId: top.id }, { memberId: ada.id, pageId: top.id, withSubtree: true }]);
  await edit(top, ada, { isMinor: true });
  await edit(below, watcher);
  await edit(top, ada);
  await finishWork();
  expect((await linesOf(watcher)).map(({ title }) => title)).toEqual(["Installing"]);
  expect((await linesOf(ada)).map(({ title }) => title)).toEqual(["Cellar"]);
});

test("a page that is hidden from a watcher, removed or never published is told of to none of them", async () => {
  const { watcher, ada, top, below } = await aWatchedTree();
  await db.insert(pageFollows).values({ memberId: watcher.id, pageId: top.id, withSubtree: true });
  const closed = await make.category({ staff: "create" }, { holds: "wiki" });
  await db.update(pages).set({ categoryId: closed.id }).where(eq(pages.id, below.id));
  await edit(below, ada);
  await edit(top, ada);
  await finishWork();
  expect((await linesOf(watcher)).map(({ title }) => title)).toEqual(["Installing"]);
  await db.update(pages).set({ removedAt: new Date() }).where(eq(pages.id, top.id));
  expect([await countUnread(db, watcher), await linesOf(watcher)]).toEqual([0, []]);
});

test("those who may review are asked, and no longer when someone did; a draft is named to nobody else", async () => {
  const { ada, top } = await aWatchedTree();
  const reviewer = await make.member({ role: "editor" });
  await db.update(pages).set({ reviewAskedAt: new Date(), reviewAskedById: ada.id }).where(eq(pages.id, top.id));
  await happens({ type: "page.review-asked", pageId: top.id, wikiId: top.wikiId, categoryId: top.categoryId, actorId: ada.id, revision: 2 });
  await finishWork();
  expect(await linesOf(reviewer)).toMatchObject([{ kind: "review", title: "Installing", href: expect.stringContaining("/review") }]);
  expect(await linesOf(ada)).toEqual([]);
  await revokeRight(await make.member({ role: "owner" }), { categoryId: top.categoryId, groupId: (await make.group("members")).id });
  expect([await countUnread(db, reviewer), await linesOf(reviewer)]).toEqual([0, []]);

  await db.update(pages).set({ reviewAskedAt: null }).where(eq(pages.id, top.id));
  await happens({ type: "page.changed", pageId: top.id, wikiId: top.wikiId, categoryId: top.categoryId, actorId: ada.id });
  await finishWork();

  expect(await db.$count(notifications, and(eq(notifications.memberId, reviewer.id), eq(notifications.kind, "review")))).toBe(0);
});

test("the owner of a page is told once for each time its verification lapses", async () => {
  const { ada, max, top, below } = await aWatchedTree();
  await db.update(pages).set({ ownerId: ada.id, verifiedUntil: "2020-01-01" }).where(eq(pages.id, top.id));
  await db.update(pages).set({ ownerId: max.id, verifiedUntil: "2999-01-01" }).where(eq(pages.id, below.id));
  await tellOverdue.run({});
  await tellOverdue.run({});
  expect((await linesOf(ada)).map(({ kind, title }) => [kind, title])).toEqual([["review", "Installing"]]);
  expect(await linesOf(max)).toEqual([]);
  await markAllRead(ada);
  await tellOverdue.run({});
  expect(await countUnread(db, ada)).toBe(0);
  await db.update(pages).set({ verifiedUntil: "2020-02-02" }).where(eq(pages.id, top.id));
  await tellOverdue.run({});
  expect(await countUnread(db, ada)).toBe(1);
});
