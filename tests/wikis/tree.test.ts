import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { setRights } from "#app/community/rights.ts";
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { guest } from "#app/core/viewer.ts";
import { movePage, shiftPage } from "#app/wikis/move-page.ts";
import { accessPage } from "#app/wikis/pages.ts";
import { giveOwnRights, inheritRights } from "#app/wikis/part-rights.ts";
import { removePage, restorePage } from "#app/wikis/remove-page.ts";
import { listTree } from "#app/wikis/tree.ts";
import { createWiki, accessWiki, editWiki } from "#app/wikis/wikis.ts";
import { db } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { pages, type Wiki } from "#db/schema/wikis.ts";
import { ensureGroups } from "#tests/support/groups.ts";
import { make } from "#tests/support/make.ts";
import { recordedEvents } from "#tests/support/work.ts";

/** A wiki with a tree: A (with B, which has C), D. */
async function grown() {
  await ensureGroups();
  const wiki = await make.wiki();
  const page = (title: string, parentId: number | null = null) => make.page({ wikiId: wiki.id, title, parentId });
  const a = await page("A");
  const b = await page("B", a.id);
  const c = await page("C", b.id);
  const d = await page("D");
  return { wiki, a, b, c, d, editor: await make.member(), admin: await make.member({ role: "owner" }) };
}
const shape = async (wiki: Wiki, viewer: Parameters<typeof listTree>[1] = guest) => (await listTree(db, viewer, wiki.id)).map(({ title, depth }) => `${"-".repeat(depth)}${title}`).join(" ");

test("a page moves with all below it, before a page or to the end", async () => {
  const { wiki, a, b, d, editor } = await grown();
  expect(await shape(wiki)).toBe("A -B --C D");
  await movePage(editor, b.id, { parentId: null, beforeId: d.id });
  expect(await shape(wiki)).toBe("A B -C D");
  await movePage(editor, a.id, { parentId: d.id, beforeId: null });
  expect(await shape(wiki)).toBe("B -C D -A");
  expect((await recordedEvents()).map(({ type }) => type)).toEqual(["page.changed", "page.changed"]);
});

test("a page goes a step up, down, in and out, and where it cannot go it stays", async () => {
  const { wiki, a, b, c, d, editor } = await grown();
  for (const [id, direction, expected] of [
    [d.id, "up", "D A -B --C"], [d.id, "up", "D A -B --C"], [d.id, "down", "A -B --C D"], [d.id, "in", "A -B --C -D"], [d.id, "in", "A -B --C --D"],
    [c.id, "down", "A -B --D --C"], [c.id, "out", "A -B --D -C"], [b.id, "out", "A -C B -D"], [a.id, "out", "A -C B -D"],
  ] as const) {
    await shiftPage(editor, id, direction);
    expect(await shape(wiki), `${id} ${direction}`).toBe(expected);
  }
});

test("no page comes to stand under itself, be it tried at once from both sides", async () => {
  const { wiki, a, c, d, editor } = await grown();
  await expect(movePage(editor, a.id, { parentId: a.id, beforeId: null })).rejects.toThrow(InvalidInputError);
  await expect(movePage(editor, a.id, { parentId: c.id, beforeId: null })).rejects.toMatchObject({ key: "wikis.intoItself" });
  const both = await Promise.allSettled([movePage(editor, a.id, { parentId: d.id, beforeId: null }), movePage(editor, d.id, { parentId: c.id, beforeId: null })]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await listTree(db, guest, wiki.id)).length).toBe(4);
});

test("the tree ends at a depth that a screen can show", async () => {
  const wiki = await make.wiki();
  let parentId: number | null = null;
  for (let depth = 0; depth < 8; depth++) parentId = (await make.page({ wikiId: wiki.id, parentId })).id;
  const other = await make.page({ wikiId: wiki.id });
  await expect(movePage(await make.member(), other.id, { parentId, beforeId: null })).rejects.toMatchObject({ key: "wikis.tooDeep" });
});

test("whoever may edit on one side only moves nothing across", async () => {
  const { wiki, d, c } = await grown();
  const locked = await make.category({ everyone: "see", staff: "create" }, { holds: "wiki", parentId: wiki.categoryId });
  await db.update(pages).set({ categoryId: locked.id }).where(eq(pages.id, d.id));
  const member = await make.member();
  await expect(movePage(member, d.id, { parentId: c.id, beforeId: null })).rejects.toThrow(ForbiddenError);
  await expect(movePage(member, c.id, { parentId: d.id, beforeId: null })).rejects.toThrow(ForbiddenError);
});

test("a part with rights of its own is seen by those it names, at once, and keeps them wherever it goes", async () => {
  const { wiki, a, b, c, d, editor, admin } = await grown();
  const talk = await make.topic({ categoryId: wiki.categoryId, pageId: c.id });
  await expect(giveOwnRights(editor, b.id)).rejects.toThrow(ForbiddenError);
  const part = await giveOwnRights(admin, b.id);
  expect(await giveOwnRights(admin, b.id)).toBe(part);
  expect(await shape(wiki)).toBe("A -B --C D");
  const staff = await make.group("staff");
  await setRights(admin, part, { inherits: false, levels: new Map([[staff.id, "create"]]) });

  expect(await shape(wiki)).toBe("A D");
  expect(await shape(wiki, editor)).toBe("A D");
  expect(await shape(wiki, admin)).toBe("A -B --C D");
  await expect(accessPage(db, editor, c.id)).rejects.toThrow(NotFoundError);
  expect((await db.select().from(topics).where(eq(topics.id, talk.id)))[0]!.categoryId).toBe(part);

  // A page that goes in takes its rights, one that goes out leaves them behind.
  await movePage(admin, d.id, { parentId: b.id, beforeId: null });
  expect(await shape(wiki)).toBe("A");
  await movePage(admin, c.id, { parentId: null, beforeId: null });
  expect(await shape(wiki)).toBe("A C");
  await movePage(admin, b.id, { parentId: c.id, beforeId: null });
  expect(await shape(wiki)).toBe("A C");
  await expect(movePage(editor, a.id, { parentId: b.id, beforeId: null })).rejects.toThrow(NotFoundError);

  await inheritRights(admin, b.id);
  expect(await shape(wiki)).toBe("A C -B --D");
  expect(await db.$count(categories, eq(categories.id, part))).toBe(0);
});

test("a public part of a closed wiki is read by all, and tells nothing of what is around it", async () => {
  const { wiki, a, b, c, admin } = await grown();
  await setRights(admin, wiki.categoryId, { inherits: false, levels: new Map([[(await make.group("staff")).id, "create"]]) });
  const part = await giveOwnRights(admin, b.id);
  await setRights(admin, part, { inherits: false, levels: new Map([[(await make.group("everyone")).id, "see"]]) });
  expect(await shape(wiki)).toBe("B -C");
  expect((await accessPage(db, guest, c.id)).title).toBe("C");
  await expect(accessPage(db, guest, a.id)).rejects.toThrow(NotFoundError);
  await expect(accessWiki(db, guest, wiki.slug)).rejects.toThrow(NotFoundError);
});

test("a page with others below it is removed with them or not at all, and comes back with them", async () => {
  const { wiki, a, b, c } = await grown();
  const moderator = await make.member({ role: "moderator" });
  await expect(removePage(await make.member(), a.id, { reason: "", children: "take" })).rejects.toThrow(ForbiddenError);
  await expect(removePage(moderator, a.id, { reason: "old", children: "refuse" })).rejects.toThrow(ConflictError);
  await removePage(moderator, c.id, { reason: "wrong", children: "refuse" });
  await removePage(moderator, a.id, { reason: "old", children: "take" });
  expect(await shape(wiki)).toBe("D");
  await expect(accessPage(db, await make.member(), b.id)).rejects.toThrow(NotFoundError);
  expect((await accessPage(db, moderator, b.id)).removedReason).toBe("old");

  await expect(restorePage(moderator, b.id)).rejects.toMatchObject({ key: "wikis.restoreParentFirst" });
  await restorePage(moderator, a.id);
  // What was removed before, for another reason, stays so.
  expect(await shape(wiki)).toBe("A -B D");
  expect((await recordedEvents()).map((event) => [event.type, "pageId" in event && event.pageId])).toEqual([
    ["page.removed", c.id], ["page.removed", a.id], ["page.removed", b.id], ["page.restored", a.id], ["page.restored", b.id],
  ]);
});

test("a removed page whose title was taken meanwhile says so", async () => {
  const { wiki, d } = await grown();
  const moderator = await make.member({ role: "moderator" });
  await removePage(moderator, d.id, { reason: "", children: "refuse" });
  await make.page({ wikiId: wiki.id, title: "d" });
  await expect(restorePage(moderator, d.id)).rejects.toMatchObject({ field: "title", key: "wikis.titleTakenMeanwhile" });
});

test("a wiki is made by admins, with a place of its own, and keeps its old addresses", async () => {
  await ensureGroups();
  const division = await make.division();
  const admin = await make.member({ role: "admin" });
  const input = { name: "Handbook", slug: "handbook", description: "", needsReview: false };
  await expect(createWiki(await make.member(), { ...input, divisionId: division.id, editors: "members" })).rejects.toThrow(ForbiddenError);
  const wiki = await createWiki(admin, { ...input, divisionId: division.id, editors: "staff" });
  expect(await accessWiki(db, guest, "handbook")).toMatchObject({ id: wiki.id, level: "see", divisionId: division.id });
  expect(await accessWiki(db, await make.member(), "handbook")).toMatchObject({ level: "reply" });
  expect((await db.select().from(categories).where(eq(categories.id, wiki.categoryId)))[0]).toMatchObject({ holds: "wiki" });

  await editWiki(admin, wiki.id, { ...input, slug: "manual" });
  expect(await accessWiki(db, guest, "handbook")).toMatchObject({ slug: "manual" });
  await expect(createWiki(admin, { ...input, divisionId: division.id, editors: "staff" })).rejects.toMatchObject({ field: "slug" });
  await editWiki(admin, wiki.id, input);
  expect(await accessWiki(db, guest, "manual")).toMatchObject({ slug: "handbook" });
});
