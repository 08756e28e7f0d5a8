import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { createCategory, deleteCategory, orderCategory } from "#app/community/categories.ts";
import { readTree } from "#app/community/category-tree.ts";
import { addToGroup } from "#app/community/group-members.ts";
import { categoryInput, newCategoryInput } from "#app/community/inputs.ts";
import { moveCategory, previewMove } from "#app/community/move-category.ts";
import { setRights } from "#app/community/rights.ts";
import type { Member } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import { guest } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { auditLog } from "#db/schema/accounts.ts";
import { categories, type Category } from "#db/schema/community.ts";
import { make } from "#tests/support/make.ts";
import { recordedEvents } from "#tests/support/work.ts";
import { visit } from "#tests/support/visit.ts";

let admin: Member;
beforeEach(async () => {
  for (const kind of ["everyone", "members", "staff"] as const) await make.group(kind);
  admin = await make.member({ role: "admin" });
});

function input(slug: string, parentId: number | null = null) {
  return newCategoryInput.parse({ name: slug, slug, allowedKinds: "discussion", parentId: parentId === null ? "" : String(parentId) });
}

async function line(divisionId: number, ...slugs: string[]) {
  const made: Category[] = [];
  for (const slug of slugs) made.push(await createCategory(admin, divisionId, input(slug, made.at(-1)?.id ?? null)));
  return made;
}

test("a new category below another takes its rights, a new one at the top is open", async () => {
  const { id } = await make.division();
  const [top, below] = await line(id, "first", "below");
  expect(await listVisibleCategoryIds(db, guest)).toEqual(expect.arrayContaining([top!.id, below!.id]));
  await setRights(admin, top!.id, { inherits: false, levels: new Map() });
  expect(await listVisibleCategoryIds(db, guest)).toEqual([]);
});

test("a branch cannot go below itself, and nothing is changed by trying", async () => {
  const { id } = await make.division();
  const [a, , c] = await line(id, "a", "b", "c");
  await expect(previewMove(admin, a!.id, { kind: "category", id: c!.id })).rejects.toThrow("community.intoItself");
  await expect(previewMove(admin, a!.id, { kind: "category", id: a!.id })).rejects.toThrow("community.intoItself");
  expect((await readTree(db, id)).map(({ slug, depth }) => `${depth}${slug}`)).toEqual(["0a", "1b", "2c"]);
});

test("two moves at once never make a circle", async () => {
  const { id } = await make.division();
  const [a] = await line(id, "a");
  const [b] = await line(id, "b");
  const [toB, toA] = [{ kind: "category" as const, id: b!.id }, { kind: "category" as const, id: a!.id }];
  const [seenA, seenB] = [(await previewMove(admin, a!.id, toB)).seen, (await previewMove(admin, b!.id, toA)).seen];
  const outcomes = await Promise.allSettled([moveCategory(admin, a!.id, toB, seenA), moveCategory(admin, b!.id, toA, seenB)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await readTree(db, id)).toHaveLength(2);
});

test("a tree ends at six levels", async () => {
  const { id } = await make.division();
  const made = await line(id, "a", "b", "c", "d", "e", "f");
  await expect(createCategory(admin, id, input("g", made.at(-1)!.id))).rejects.toThrow("community.tooDeep");
  const [other] = await line(id, "other");
  await expect(previewMove(admin, other!.id, { kind: "category", id: made.at(-1)!.id })).rejects.toThrow("community.tooDeep");
});

test("a move shows who loses what, then takes it at once, below too, and closes what is open", async () => {
  const { id } = await make.division();
  const [open, below] = await line(id, "open", "below");
  const secret = await make.category({ staff: "create" }, { divisionId: id, slug: "secret" });
  await setRights(admin, open!.id, { inherits: false, levels: new Map([[(await make.group("everyone")).id, "see"]]) });
  const [child] = await line(id, "parent");
  await db.update(categories).set({ parentId: child!.id, inheritsRights: true }).where(eq(categories.id, open!.id));
  await setRights(admin, child!.id, { inherits: false, levels: new Map([[(await make.group("everyone")).id, "see"]]) });

  const to = { kind: "category" as const, id: secret.id };
  const preview = await previewMove(admin, open!.id, to);
  const everyone = await make.group("everyone");
  expect(preview.changes.filter(({ groupId }) => groupId === everyone.id).map(({ categoryId, before, after }) => [categoryId, before, after])).toEqual([[open!.id, "see", null], [below!.id, "see", null]]);
  expect(await listVisibleCategoryIds(db, guest)).toContain(below!.id);

  await moveCategory(admin, open!.id, to, preview.seen);
  expect(await listVisibleCategoryIds(db, guest)).not.toContain(below!.id);
  expect(await recordedEvents()).toEqual(expect.arrayContaining([{ type: "access.changed", of: "category", id: open!.id }, { type: "access.changed", of: "category", id: below!.id }]));
});

test("a move is refused when rights changed after it was shown", async () => {
  const { id } = await make.division();
  const [, child] = await line(id, "a", "child");
  const [b] = await line(id, "b");
  const to = { kind: "category" as const, id: b!.id };
  const { seen } = await previewMove(admin, child!.id, to);
  await setRights(admin, b!.id, { inherits: false, levels: new Map() });
  await expect(moveCategory(admin, child!.id, to, seen)).rejects.toThrow("community.moveChanged");
  expect(await listVisibleCategoryIds(db, guest)).toContain(child!.id);
});

test("what goes to the top keeps the rights it had", async () => {
  const { id } = await make.division();
  const [, below] = await line(id, "first", "below");
  const to = { kind: "division" as const, id };
  const preview = await previewMove(admin, below!.id, to);
  expect(preview.changes).toEqual([]);
  await moveCategory(admin, below!.id, to, preview.seen);
  expect(await listVisibleCategoryIds(db, guest)).toContain(below!.id);
});

test("a category goes to another division with its address, unless that is taken there", async () => {
  const [here, there] = [await make.division(), await make.division({ name: "There" })];
  const [a] = await line(here.id, "a");
  const preview = await previewMove(admin, a!.id, { kind: "division", id: there.id });
  expect(preview.newDivision).toBe("There");
  await moveCategory(admin, a!.id, { kind: "division", id: there.id }, preview.seen);
  expect((await visit(`/c/a/${a!.id}`)).status).toBe(200);
  const [again] = await line(here.id, "a");
  await expect(previewMove(admin, again!.id, { kind: "division", id: there.id })).rejects.toThrow("community.slugTakenThere");
});

test("only an empty category can be deleted; removed topics count", async () => {
  const { id } = await make.division();
  const [top, below] = await line(id, "first", "below");
  await expect(deleteCategory(admin, top!.id)).rejects.toThrow("community.categoryHasChildren");
  await make.topic({ categoryId: below!.id, removedAt: new Date() });
  await expect(deleteCategory(admin, below!.id)).rejects.toThrow("community.categoryHasTopics");
  const [empty] = await line(id, "empty");
  await deleteCategory(admin, empty!.id);
  expect((await db.select().from(auditLog)).map(({ action }) => action)).toContain("category.deleted");
});

test("a step up changes places with the one before, and at the end nothing", async () => {
  const { id } = await make.division();
  for (const slug of ["a", "b", "c"]) await createCategory(admin, id, input(slug));
  const slugs = async () => (await readTree(db, id)).map(({ slug }) => slug).join("");
  const [, , c] = await readTree(db, id);
  await orderCategory(admin, c!.id, "up");
  expect(await slugs()).toBe("acb");
  await orderCategory(admin, c!.id, "up");
  await orderCategory(admin, c!.id, "up");
  expect(await slugs()).toBe("cab");
});

test("someone in a group sees what it opens from the next request, and no longer when taken out", async () => {
  const { id } = await make.division();
  const [top] = await line(id, "first");
  const group = await make.group("custom");
  const member = await make.member();
  await setRights(admin, top!.id, { inherits: false, levels: new Map([[group.id, "see"]]) });
  const status = async () => (await visit(`/c/first/${top!.id}`, { as: member })).status;
  expect(await status()).toBe(404);
  await addToGroup(admin, { groupId: group.id, memberId: member.id });
  expect(await status()).toBe(200);
  await visit(`/groups/${group.id}`, { as: admin, form: { intent: "remove", memberId: String(member.id) } });
  expect(await status()).toBe(404);
});

test.each(["new", "admin", "12", "Big", "a--b", "-a", "x".repeat(41), "ö"])("%s cannot be an address", (slug) => {
  expect(categoryInput.safeParse({ name: "Name", slug, allowedKinds: ["idea"], defaultKind: "idea" }).success).toBe(false);
});
