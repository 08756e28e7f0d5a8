import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { addToGroup, setGroupOwner } from "#app/community/group-members.ts";
import { createGroup, deleteGroup } from "#app/community/groups.ts";
import { suspendMember } from "#app/community/member-admin.ts";
import { grantRole, revokeRole } from "#app/community/roles.ts";
import { readMember } from "#app/core/session.ts";
import { db } from "#db/client.ts";
import { groupMembers, memberRoles } from "#db/schema/community.ts";
import { make } from "#tests/support/make.ts";
import { recordedEvents } from "#tests/support/work.ts";
import { visit } from "#tests/support/visit.ts";

const rolesOf = async (memberId: number) => (await db.select().from(memberRoles).where(eq(memberRoles.memberId, memberId))).map(({ role }) => role);

test("admins hand out duties, and only owners make admins and owners", async () => {
  const [owner, admin, member] = [await make.member({ role: "owner" }), await make.member({ role: "admin" }), await make.member()];
  const division = await make.division();
  await grantRole(admin, member.id, { role: "moderator", divisionId: division.id });
  for (const role of ["admin", "owner"] as const) await expect(grantRole(admin, member.id, { role, divisionId: null })).rejects.toThrow("community.onlyOwnersMakeAdmins");
  await expect(revokeRole(admin, owner.id, { role: "owner", divisionId: null })).rejects.toThrow("community.onlyOwnersMakeAdmins");
  await grantRole(owner, member.id, { role: "admin", divisionId: null });
  expect((await rolesOf(member.id)).sort()).toEqual(["admin", "moderator"]);
  expect(await recordedEvents()).toContainEqual({ type: "access.changed", of: "member", id: member.id });
});

test("moderators and product managers hand out nothing", async () => {
  const [moderator, member] = [await make.member({ role: "moderator" }), await make.member()];
  await expect(grantRole(moderator, member.id, { role: "editor", divisionId: null })).rejects.toThrow("community.onlyAdmins");
});

test("nobody locks out the last owner, not even two owners at once", async () => {
  const [one, two] = [await make.member({ role: "owner" }), await make.member({ role: "owner" })];
  const outcomes = await Promise.allSettled([revokeRole(one, two.id, { role: "owner", divisionId: null }), revokeRole(two, one.id, { role: "owner", divisionId: null })]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [left] = await db.select().from(memberRoles);
  const owner = (await readMember(left!.memberId))!;
  await expect(revokeRole(owner, owner.id, { role: "owner", divisionId: null })).rejects.toThrow("community.lastOwner");
  await expect(suspendMember(owner, owner.id, { days: 1, reason: "x" })).rejects.toThrow("community.notYourself");
});

test("an owner or admin of one division only is refused", async () => {
  const owner = await make.member({ role: "owner" });
  await expect(grantRole(owner, owner.id, { role: "admin", divisionId: (await make.division()).id })).rejects.toThrow("community.siteWideOnly");
});

test("someone made moderator may act on their next request, and no longer when it ends", async () => {
  const [owner, member] = [await make.member({ role: "owner" }), await make.member()];
  const path = `/admin/members/${member.id}`;
  expect((await visit("/admin", { as: member })).status).toBe(403);
  await visit(path, { as: owner, form: { intent: "grant", role: "admin", divisionId: "" } });
  expect((await visit("/admin", { as: member })).status).toBe(200);
  await visit(path, { as: owner, form: { intent: "revoke", role: "admin", divisionId: "" } });
  expect((await visit("/admin", { as: member })).status).toBe(403);
});

test("an admin does not suspend other admins", async () => {
  const [admin, other] = [await make.member({ role: "admin" }), await make.member({ role: "admin" })];
  await expect(suspendMember(admin, other.id, { days: 1, reason: "x" })).rejects.toThrow("community.onlyOwnersMakeAdmins");
});

test("a group's owner manages who is in it, and nothing else", async () => {
  const [admin, keeper, member] = [await make.member({ role: "admin" }), await make.member(), await make.member()];
  const group = await createGroup(admin, { name: "Beta", description: "" });
  const other = await createGroup(admin, { name: "Other", description: "" });
  await addToGroup(admin, { groupId: group.id, memberId: keeper.id });
  const add = (path: string) => visit(path, { as: keeper, form: { intent: "add", username: `@${member.username.toUpperCase()}` } });
  expect((await add(`/groups/${group.id}`)).status).toBe(403);
  await setGroupOwner(admin, { groupId: group.id, memberId: keeper.id, isOwner: true });
  expect((await add(`/groups/${group.id}`)).status).toBe(302);
  expect((await add(`/groups/${other.id}`)).status).toBe(404);
  expect(await db.$count(groupMembers, eq(groupMembers.memberId, member.id))).toBe(1);
  for (const [page, form] of <[string, Record<string, string>][]>[
    ["/settings", { intent: "edit", name: "Mine" }], ["/settings", { intent: "delete" }], ["/settings", { intent: "add-rule", domain: "acme.com" }], ["/settings", { intent: "end-rule", ruleId: "1" }], ["", { intent: "make-owner", memberId: String(member.id) }],
  ]) expect((await visit(`/groups/${group.id}${page}`, { as: keeper, form })).status, form.intent).toBe(403);
  expect((await visit(`/groups/${group.id}/settings`, { as: keeper })).status).toBe(403);
  await expect(deleteGroup(keeper, group.id)).rejects.toThrow("community.onlyAdmins");
});

test("a group is not there for those who are not in it", async () => {
  const group = await createGroup(await make.member({ role: "admin" }), { name: "Secret partners", description: "" });
  const outsider = await make.member();
  const pages = ["", "/requests", "/bans", "/settings"];
  const forms: [string, Record<string, string>][] = [["", { intent: "join" }], ["", { intent: "ask", message: "x" }], ["", { intent: "leave" }], ["/requests", { intent: "approve", requestId: "1" }], ["/bans", { intent: "ban", username: "x", reason: "x" }], ["/settings", { intent: "delete" }]];
  const answers = [...(await Promise.all(pages.map((page) => visit(`/groups/${group.id}${page}`, { as: outsider })))), ...(await Promise.all(forms.map(([page, form]) => visit(`/groups/${group.id}${page}`, { as: outsider, form })))), await visit("/groups", { as: outsider })];
  expect(answers.map(({ status }) => status)).toEqual([...Array(pages.length + forms.length).fill(404), 200]);
  for (const answer of answers) expect(await answer.text()).not.toContain("Secret partners");
});
