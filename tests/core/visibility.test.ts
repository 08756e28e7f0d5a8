import { inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { addToGroup, removeFromGroup } from "#app/community/group-members.ts";
import { grantRight, revokeRight } from "#app/community/rights.ts";
import { ForbiddenError } from "#app/core/errors.ts";
import { guest, type Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds, visibleCategoryIds } from "#app/core/visibility.ts";
import { accessCategory } from "#app/forums/categories.ts";
import { db } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { make } from "#tests/support/make.ts";

async function seenBy(viewer: Viewer): Promise<number[]> {
  const rows = await db.select().from(categories).where(inArray(categories.id, visibleCategoryIds(viewer)));
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  expect((await listVisibleCategoryIds(db, viewer)).sort((a, b) => a - b), "predicate and list agree").toEqual(ids);
  return ids;
}

test("a viewer sees what one of their groups has a right to", async () => {
  const open = await make.category({ everyone: "see" });
  const signedIn = await make.category({ members: "reply" });
  const backstage = await make.category({ staff: "create" });
  const closed = await make.category({});

  expect(await seenBy(guest)).toEqual([open.id]);
  expect(await seenBy(await make.member())).toEqual([open.id, signedIn.id]);
  expect(await seenBy(await make.member({ role: "moderator" }))).toEqual([open.id, signedIn.id, backstage.id]);
  expect(await seenBy(await make.member({ role: "admin" }))).not.toContain(closed.id);
});

test("a custom group's right comes and goes with membership", async () => {
  const admin = await make.member({ role: "admin" });
  const member = await make.member();
  const group = await make.group();
  const category = await make.category({});
  await grantRight(admin, { categoryId: category.id, groupId: group.id }, "reply");
  expect(await seenBy(member)).toEqual([]);

  await addToGroup(admin, { groupId: group.id, memberId: member.id });
  expect(await seenBy(member)).toEqual([category.id]);

  await removeFromGroup(admin, { groupId: group.id, memberId: member.id });
  expect(await seenBy(member)).toEqual([]);
});

test("the highest of several rights counts, in its own category only", async () => {
  const member = await make.member();
  const low = await make.category({ everyone: "see", members: "reply" });
  const high = await make.category({ everyone: "create", members: "see" });
  expect((await accessCategory(db, member, low.id)).level).toBe("reply");
  expect((await accessCategory(db, member, high.id)).level).toBe("create");
});

test("only admins change rights", async () => {
  const category = await make.category({});
  const group = await make.group("everyone");
  const moderator = await make.member({ role: "moderator" });
  await expect(grantRight(moderator, { categoryId: category.id, groupId: group.id }, "see")).rejects.toThrow(ForbiddenError);
  expect(await seenBy(guest)).toEqual([]);
});

test("rights go down the tree until a category has its own", async () => {
  const top = await make.category({ members: "reply" });
  const middle = await make.category({}, { divisionId: top.divisionId, parentId: top.id, inheritsRights: true });
  const leaf = await make.category({}, { divisionId: top.divisionId, parentId: middle.id, inheritsRights: true });
  const closed = await make.category({ staff: "create" }, { divisionId: top.divisionId, parentId: middle.id });
  const below = await make.category({}, { divisionId: top.divisionId, parentId: closed.id, inheritsRights: true });

  expect(await seenBy(await make.member())).toEqual([top.id, middle.id, leaf.id]);
  expect(await seenBy(await make.member({ role: "moderator" }))).toEqual([top.id, middle.id, leaf.id, closed.id, below.id]);

  const admin = await make.member({ role: "admin" });
  await revokeRight(admin, { categoryId: top.id, groupId: (await make.group("members")).id });
  expect(await seenBy(await make.member())).toEqual([]);
});

test("staff of one division are staff there and nowhere else", async () => {
  const mine = await make.category({ staff: "see" });
  const other = await make.category({ staff: "see" });
  const moderator = await make.member({ role: "moderator", divisionId: mine.divisionId });
  expect(await seenBy(moderator)).toEqual([mine.id]);
  expect(await seenBy(await make.member({ role: "moderator" }))).toEqual([mine.id, other.id]);
});
