import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { revokeRight } from "#app/community/rights.ts";
import { unpublishArticle } from "#app/blogs/publish-article.ts";
import { createComment } from "#app/forums/talk.ts";
import { markTemplate } from "#app/wikis/care.ts";
import { movePage } from "#app/wikis/move-page.ts";
import { giveOwnRights } from "#app/wikis/part-rights.ts";
import { removePage } from "#app/wikis/remove-page.ts";
import { savePage } from "#app/wikis/save-page.ts";
import { talkOf } from "#app/wikis/talk-of-page.ts";
import { accessPage } from "#app/wikis/pages.ts";
import { db } from "#db/client.ts";
import { blogs } from "#db/schema/blogs.ts";
import type { Page, Wiki } from "#db/schema/wikis.ts";
import type { Member } from "#app/core/viewer.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

// Guests get kept pages: what changes must be gone from all of them, at once.

/** Until it is kept: another test's event may still be on its way when it is first made. */
const keep = (address: string) => vi.waitFor(async () => expect((await visit(address)).headers.get("x-cache")).toBe("hit"), 5000);
const shows = async (address: string) => {
  const answer = await visit(address);
  return answer.status === 200 ? (await answer.text()).includes("The oven is hot.") : answer.status;
};

async function place() {
  const admin = await make.member({ role: "owner" });
  const wiki = await make.wiki();
  const page = await make.page({ wikiId: wiki.id, title: "Ovens", slug: "ovens", body: text("The oven is hot."), createdById: admin.id });
  return { admin, wiki, page, address: `/w/${wiki.slug}/ovens-${page.id}` };
}
type Place = { admin: Member; wiki: Wiki; page: Page };
const saving = (body: string) => ({ title: "Ovens", body: text(body), reason: "", isMinor: true, intent: "publish" as const, base: 1, draftId: undefined });

test.each<[name: string, change: (place: Place) => Promise<unknown>, then: boolean | number]>([
  ["an edit", ({ admin, page }) => savePage(admin, page.id, saving("The oven is cold.")), false],
  ["removal", ({ admin, page }) => removePage(admin, page.id, { reason: "", children: "refuse" }), 404],
  ["rights of its own that guests have not", async ({ admin, page }) => revokeRight(admin, { categoryId: await giveOwnRights(admin, page.id), groupId: (await make.group("everyone")).id }), 404],
  ["a move into a part that guests do not see", async ({ admin, wiki, page }) => {
    const part = await make.category({ staff: "create" }, { holds: "wiki", parentId: wiki.categoryId });
    const hidden = await make.page({ wikiId: wiki.id, categoryId: part.id });
    await movePage(admin, page.id, { parentId: hidden.id, beforeId: null });
  }, 404],
  ["the wiki closed to guests", async ({ admin, wiki }) => revokeRight(admin, { categoryId: wiki.categoryId, groupId: (await make.group("everyone")).id }), 404],
])("a guest's kept page is made anew at once after %s", async (_, change, then) => {
  const all = await place();
  await keep(all.address);
  await keep(`/w/${all.wiki.slug}`);
  expect(await shows(all.address)).toBe(true);
  await change(all);
  await vi.waitFor(async () => expect(await shows(all.address)).toBe(then), 5000);
});

test("what is said about a page, and what becomes of its neighbours, is on the next one a guest gets", async () => {
  const { admin, wiki, page, address } = await place();
  const other = await make.page({ wikiId: wiki.id, title: "Neighbour" });
  await keep(address);
  const has = (words: string, yes: boolean) => vi.waitFor(async () => expect((await (await visit(address)).text()).includes(words)).toBe(yes), 5000);
  await has("Neighbour", true);
  await markTemplate(admin, other.id, true);
  await has("Neighbour", false);
  await keep(address);
  await createComment(await make.member(), { pageId: page.id }, talkOf(await accessPage(db, admin, page.id)), { body: text("How hot, exactly?"), key: undefined });
  await has("How hot, exactly?", true);
});

test("no member's page of a wiki is kept, and no draft", async () => {
  const { wiki, admin, address } = await place();
  expect((await visit(address, { as: admin })).headers.get("x-cache")).toBeNull();
  const draft = await make.page({ wikiId: wiki.id, title: "Half", slug: "half", publishedRevision: 0 });
  for (let time = 0; time < 2; time++) expect([(await visit(`/w/${wiki.slug}/half-${draft.id}`)).status, (await visit(`/w/${wiki.slug}/half-${draft.id}`)).headers.get("x-cache")]).toEqual([404, expect.not.stringContaining("hit")]);
});

test("an article that is taken back is gone at once from what guests get", async () => {
  const author = await make.member({ role: "editor" });
  const article = await make.article({ authorId: author.id, body: text("The oven is hot.") });
  const [blog] = await db.select().from(blogs).where(eq(blogs.id, article.blogId));
  const address = `/b/${blog!.slug}/${article.slug}-${article.id}`;
  await keep(address);
  expect(await shows(address)).toBe(true);
  await unpublishArticle(author, article.id);
  await vi.waitFor(async () => expect(await shows(address)).toBe(404), 5000);
});
