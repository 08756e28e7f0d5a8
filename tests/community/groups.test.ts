import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { confirmEmail } from "#app/accounts/confirm-email.ts";
import { createLink } from "#app/accounts/links.ts";
import { banFromGroup, liftBan } from "#app/community/group-bans.ts";
import { addToGroup, joinGroup, leaveGroup, listGroupMembers, removeFromGroup, setGroupOwner } from "#app/community/group-members.ts";
import { answerRequest, askToJoin, listRequests, withdrawRequest } from "#app/community/group-requests.ts";
import { addRule, applyRule, applyRulesTo, endRule, listRules } from "#app/community/group-rules.ts";
import { createGroup, editGroup } from "#app/community/groups.ts";
import { grantRight } from "#app/community/rights.ts";
import type { Member } from "#app/core/viewer.ts";
import { countUnread, listInbox } from "#app/notifications/inbox.ts";
import { notifyOfRequest } from "#app/notifications/notify-groups.ts";
import { db } from "#db/client.ts";
import { auditLog, members } from "#db/schema/accounts.ts";
import { groupMembers, groupRequests, type GroupJoining } from "#db/schema/community.ts";
import "#tests/support/mailbox.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork, recordedEvents } from "#tests/support/work.ts";

let names = 0;

const linkFor = (link: Parameters<typeof createLink>[1]) => db.transaction((tx) => createLink(tx, link));

/** A group with an owner, listed unless it is closed. */
async function place(joining: GroupJoining = "closed", { isListed = joining !== "closed" } = {}) {
  const [admin, owner] = [await make.member({ role: "admin" }), await make.member()];
  const { id } = await createGroup(admin, { name: `Circle ${++names}`, description: "", joining, isListed });
  await addToGroup(admin, { groupId: id, memberId: owner.id });
  await setGroupOwner(admin, { groupId: id, memberId: owner.id, isOwner: true });
  await finishWork();
  return { admin, owner, id };
}

const isIn = async (groupId: number, member: Pick<Member, "id">) => (await db.$count(groupMembers, and(eq(groupMembers.groupId, groupId), eq(groupMembers.memberId, member.id)))) > 0;
const linesOf = async (member: Member) => (await listInbox(db, member)).filter(({ kind }) => kind === "group");
const waiting = async (groupId: number) => (await listRequests(db, groupId)).requests;
const approve = async (owner: Member, groupId: number) => answerRequest(owner, groupId, { requestId: (await waiting(groupId))[0]!.id, state: "approved", reason: "" });

test("asking twice is one request, and its owner is told once", async () => {
  const { owner, id } = await place("request");
  const member = await make.member();
  await Promise.all([askToJoin(member, id, "Let me in."), askToJoin(member, id, "Please.")]);
  await finishWork();
  expect(await waiting(id)).toMatchObject([{ member: { username: member.username } }]);
  expect(await linesOf(owner)).toMatchObject([{ groupKey: `asked:${id}`, actorCount: 1, href: `/groups/${id}/requests`, actor: { id: member.id } }]);
  expect(await countUnread(db, owner)).toBe(1);
});

test("whoever is let in is told once, sees what the group sees, and the owner's line goes", async () => {
  const { admin, owner, id } = await place("request");
  const category = await make.category({});
  await grantRight(admin, { categoryId: category.id, groupId: id }, "see");
  const [member, other] = [await make.member(), await make.member()];
  await askToJoin(member, id, "");
  await askToJoin(other, id, "");
  await finishWork();
  expect(await linesOf(owner)).toMatchObject([{ actorCount: 2 }]);
  const request = (await waiting(id))[0]!;
  expect((await visit(`/groups/${id}/requests`, { as: owner, form: { intent: "approve", requestId: String(request.id) } })).status).toBe(302);
  expect((await visit(`/c/x/${category.id}`, { as: member })).status).toBe(301);
  await finishWork();
  await notifyOfRequest({ type: "group.request-changed", groupId: id, memberId: member.id, requestId: request.id });
  expect(await linesOf(member)).toMatchObject([{ groupKey: `approved:${id}:${request.id}`, href: `/groups/${id}` }]);
  expect(await linesOf(owner)).toMatchObject([{ actorCount: 1, actor: { id: other.id } }]);
  await approve(owner, id);
  await finishWork();
  expect(await linesOf(owner)).toEqual([]);
});

test("whoever is declined reads why, and may ask again", async () => {
  const { owner, id } = await place("request");
  const member = await make.member();
  await askToJoin(member, id, "Let me in.");
  await visit(`/groups/${id}/requests`, { as: owner, form: { intent: "decline", requestId: String((await waiting(id))[0]!.id), reason: "Partners only." } });
  await finishWork();
  expect(await linesOf(member)).toMatchObject([{ groupKey: expect.stringMatching(/^declined:/), excerpt: "Partners only." }]);
  expect(await (await visit(`/groups/${id}`, { as: member })).text()).toContain("Partners only.");
  expect(await isIn(id, member)).toBe(false);
  await askToJoin(member, id, "I am one.");
  expect(await waiting(id)).toHaveLength(1);
});

test("a request that was taken back waits for nobody and cannot be answered", async () => {
  const { owner, id } = await place("request");
  const member = await make.member();
  await askToJoin(member, id, "");
  await finishWork();
  const request = (await waiting(id))[0]!;
  await withdrawRequest(member, id);
  await finishWork();
  expect([await waiting(id), await linesOf(owner), await linesOf(member)]).toEqual([[], [], []]);
  await expect(answerRequest(owner, id, { requestId: request.id, state: "approved", reason: "" })).rejects.toThrow("community.requestGone");
  expect(await isIn(id, member)).toBe(false);
});

test("where a group has no owner, admins are told who asks", async () => {
  const { admin, owner, id } = await place("request");
  await removeFromGroup(admin, { groupId: id, memberId: owner.id });
  await askToJoin(await make.member(), id, "");
  await finishWork();
  expect([(await linesOf(admin)).length, (await linesOf(owner)).length]).toEqual([1, 0]);
});

test("nobody asks or joins where the door is another, nor unverified or suspended", async () => {
  const [closed, asked, open] = [await place("closed", { isListed: true }), await place("request"), await place("open")];
  const [member, unverified, suspended] = [await make.member(), await make.member({ email: null, emailVerifiedAt: null, pendingEmail: "x@example.com" }), await make.member({ suspendedUntil: new Date(Date.now() + 86_400_000) })];
  for (const { id } of [closed, asked]) await expect(joinGroup(member, id)).rejects.toThrow("community.groupIsNotOpen");
  for (const { id } of [closed, open]) await expect(askToJoin(member, id, "")).rejects.toThrow("community.groupTakesNoRequests");
  await expect(joinGroup(unverified, open.id)).rejects.toThrow("forums.unverified");
  await expect(askToJoin(suspended, asked.id, "")).rejects.toThrow("forums.suspended");
  await joinGroup(member, open.id);
  expect(await isIn(open.id, member)).toBe(true);
  await leaveGroup(member, open.id);
  expect(await isIn(open.id, member)).toBe(false);
});

test("an owner of one group touches no other", async () => {
  const [mine, theirs] = [await place("request"), await place("request")];
  const [member, asker] = [await make.member(), await make.member()];
  await addToGroup(theirs.admin, { groupId: theirs.id, memberId: member.id });
  await askToJoin(asker, theirs.id, "");
  const requestId = String((await waiting(theirs.id))[0]!.id);
  const forms: [string, Record<string, string>][] = [
    ["", { intent: "add", username: asker.username }], ["", { intent: "remove", memberId: String(member.id) }], ["/requests", { intent: "approve", requestId }], ["/requests", { intent: "decline", requestId }],
    ["/bans", { intent: "ban", username: member.username, reason: "x" }], ["/bans", { intent: "lift", memberId: String(member.id) }],
  ];
  for (const [page, form] of forms) expect((await visit(`/groups/${theirs.id}${page}`, { as: mine.owner, form })).status, form.intent).toBe(403);
  // Nor does the request of another group answer to their own group's address.
  expect((await visit(`/groups/${mine.id}/requests`, { as: mine.owner, form: { intent: "approve", requestId } })).status).toBe(409);
  for (const page of ["/requests", "/bans"]) expect((await visit(`/groups/${theirs.id}${page}`, { as: mine.owner })).status).toBe(403);
  expect([await isIn(theirs.id, member), await isIn(theirs.id, asker), (await waiting(theirs.id)).length]).toEqual([true, false, 1]);
});

test("an owner gives no rights, and puts no other owner out", async () => {
  const { admin, owner, id } = await place();
  const [second, category] = [await make.member(), await make.category({})];
  await addToGroup(admin, { groupId: id, memberId: second.id });
  await setGroupOwner(admin, { groupId: id, memberId: second.id, isOwner: true });
  await expect(grantRight(owner, { categoryId: category.id, groupId: id }, "see")).rejects.toThrow("community.onlyAdmins");
  expect((await visit(`/admin/categories/${category.id}/rights`, { as: owner, form: { [`group-${id}`]: "create" } })).status).toBe(403);
  await expect(removeFromGroup(owner, { groupId: id, memberId: second.id })).rejects.toThrow("community.onlyAdminsPutOwnersOut");
  await expect(banFromGroup(owner, id, { username: second.username, reason: "x" })).rejects.toThrow("community.onlyAdminsPutOwnersOut");
  await expect(banFromGroup(owner, id, { username: owner.username, reason: "x" })).rejects.toThrow("community.notYourself");
  await db.update(members).set({ suspendedUntil: new Date(Date.now() + 86_400_000) }).where(eq(members.id, owner.id));
  expect((await visit(`/groups/${id}`, { as: owner, form: { intent: "add", username: second.username } })).status).toBe(403);
});

test("a banned member comes back by no way until it is lifted, and then by the rule at once", async () => {
  const { admin, owner, id } = await place("request");
  const member = await make.member({ email: "m@acme.com" });
  await addRule(admin, id, "acme.com");
  await finishWork();
  expect(await isIn(id, member)).toBe(true);

  expect((await visit(`/groups/${id}/bans`, { as: owner, form: { intent: "ban", username: `@${member.username}`, reason: "Sold our plans." } })).status).toBe(302);
  const page = await (await visit(`/groups/${id}/bans`, { as: owner })).text();
  expect(page).toContain("Sold our plans.");
  await expect(askToJoin(member, id, "Sorry.")).rejects.toThrow("community.youAreBanned");
  await editGroup(admin, id, { name: `Circle ${++names}`, description: "", joining: "open", isListed: true });
  await expect(joinGroup(member, id)).rejects.toThrow("community.youAreBanned");
  await expect(addToGroup(admin, { groupId: id, memberId: member.id })).rejects.toThrow("community.isBannedHere");
  const [rule] = await listRules(db, id);
  await applyRule.run({ ruleId: rule!.id });
  await applyRulesTo({ memberId: member.id });
  expect(await isIn(id, member)).toBe(false);
  const told = await (await visit(`/groups/${id}`, { as: member })).text();
  expect([told.includes("Sold our plans."), told.includes("You cannot join this group")]).toEqual([false, true]);

  await liftBan(owner, { groupId: id, memberId: member.id });
  expect(await isIn(id, member)).toBe(true);
  const done = await db.select({ action: auditLog.action, actorId: auditLog.actorId }).from(auditLog).where(eq(auditLog.target, `group:${id}`));
  expect(done).toEqual(expect.arrayContaining([{ action: "group.member-banned", actorId: owner.id }, { action: "group.ban-lifted", actorId: owner.id }]));
});

test("a ban and an approval in the same moment leave them out", async () => {
  const { owner, id } = await place("request");
  for (let turn = 0; turn < 3; turn++) {
    const member = await make.member();
    await askToJoin(member, id, "");
    const request = (await waiting(id))[0]!;
    const outcomes = await Promise.allSettled([answerRequest(owner, id, { requestId: request.id, state: "approved", reason: "" }), banFromGroup(owner, id, { username: member.username, reason: "x" })]);
    expect([outcomes[1]!.status, await isIn(id, member)]).toEqual(["fulfilled", false]);
  }
});

test("a ban takes what they saw with their next request, in pages and in search", async () => {
  const { admin, owner, id } = await place();
  const category = await make.category({});
  await grantRight(admin, { categoryId: category.id, groupId: id }, "see");
  const member = await make.member();
  await addToGroup(owner, { groupId: id, memberId: member.id });
  const topic = await make.topic({ categoryId: category.id, title: "Quokka launch" });
  await make.post({ topicId: topic.id });
  await finishWork();
  const found = async () => (await (await visit("/search?q=quokka", { as: member })).text()).includes(`/t/${topic.slug}/${topic.id}`);
  expect([(await visit(`/t/${topic.slug}/${topic.id}`, { as: member })).status, await found()]).toEqual([200, true]);
  await banFromGroup(owner, id, { username: member.username, reason: "x" });
  expect([(await visit(`/t/${topic.slug}/${topic.id}`, { as: member })).status, await found()]).toEqual([404, false]);
  expect(await recordedEvents()).toContainEqual({ type: "access.changed", of: "member", id: member.id });
});

const addresses: [string, Partial<typeof members.$inferInsert>, boolean][] = [
  ["at the domain", { email: "a@acme.com" }, true],
  ["with capitals", { email: "A@ACME.Com" }, true],
  ["below the domain", { email: "x@sub.acme.com" }, false],
  ["that only begins like it", { email: "evil@acme.com.evil.org" }, false],
  ["that only ends like it", { email: "x@notacme.com" }, false],
  ["with the domain before its @", { email: "acme.com@evil.org" }, false],
  ["that is not proven", { email: null, emailVerifiedAt: null, pendingEmail: "b@acme.com" }, false],
  ["that lost its proof", { email: "c@acme.com", emailVerifiedAt: null }, false],
  ["to be, beside one that is proven", { email: "d@other.example", pendingEmail: "d@acme.com" }, false],
];

test.each(addresses)("a rule of a domain and an address %s", async (_, values, belongs) => {
  const { admin, id } = await place();
  const before = await make.member(values);
  await addRule(admin, id, " @ACME.com ");
  await finishWork();
  expect(await isIn(id, before)).toBe(belongs);
  await db.delete(groupMembers).where(eq(groupMembers.memberId, before.id));
  await applyRulesTo({ memberId: before.id });
  expect(await isIn(id, before)).toBe(belongs);
});

test("an international domain is one, however it is written", async () => {
  const { admin, id } = await place();
  const member = await make.member({ email: "grete@xn--bcher-kva.example" });
  await addRule(admin, id, "BÜCHER.example");
  await expect(addRule(admin, id, "xn--bcher-kva.example")).rejects.toThrow("community.ruleIsThere");
  await finishWork();
  expect(await isIn(id, member)).toBe(true);
});

test.each(["acme", "a@acme.com", "*.acme.com", "acme.com/x", "acme .com", "%", ".com", "acme..com", "127.0.0.1"])("%s is no domain", async (typed) => {
  const { admin, id } = await place();
  const response = await visit(`/groups/${id}/settings`, { as: admin, form: { intent: "add-rule", domain: typed } });
  expect([response.status, (await response.text()).includes(`value="${typed}"`)]).toEqual([422, true]);
});

test("whoever proves an address at the domain comes in, and goes when they change it", async () => {
  const { admin, id } = await place();
  await addRule(admin, id, "acme.com");
  const member = await make.member({ email: null, emailVerifiedAt: null, pendingEmail: "n@acme.com" });
  await finishWork();
  expect(await isIn(id, member)).toBe(false);
  await confirmEmail(await linkFor({ kind: "verify", memberId: member.id, email: "n@acme.com", minutes: 5 }));
  await finishWork();
  expect(await isIn(id, member)).toBe(true);
  await db.update(members).set({ pendingEmail: "n@home.example" }).where(eq(members.id, member.id));
  await confirmEmail(await linkFor({ kind: "change_email", memberId: member.id, email: "n@home.example", minutes: 5 }));
  await finishWork();
  expect(await isIn(id, member)).toBe(false);
});

test("with a rule go those it brought; who was put in by hand stays", async () => {
  const { admin, owner, id } = await place();
  const [brought, byHand, both] = [await make.member({ email: "a1@acme.com" }), await make.member({ email: "a2@acme.com" }), await make.member({ email: "a3@acme.com" })];
  await addToGroup(owner, { groupId: id, memberId: byHand.id });
  await addRule(admin, id, "acme.com");
  await finishWork();
  expect((await listGroupMembers(db, id)).members.filter(({ domain }) => domain === "acme.com").map(({ id: memberId }) => memberId).sort()).toEqual([brought.id, both.id].sort());
  await addToGroup(owner, { groupId: id, memberId: both.id });
  await expect(leaveGroup(brought, id)).rejects.toThrow("community.youAreInByRule");
  await expect(removeFromGroup(owner, { groupId: id, memberId: brought.id })).rejects.toThrow("community.inByRule");

  await endRule(admin, id, (await listRules(db, id))[0]!.id);
  await finishWork();
  expect([await isIn(id, brought), await isIn(id, byHand), await isIn(id, both), await listRules(db, id)]).toEqual([false, true, true, []]);
});

test("a rule brings and takes more than one batch, in few events", async () => {
  const { admin, id } = await place();
  await db.execute(sql`insert into members (username, username_skeleton, name, email, email_verified_at)
    select 'many' || n, 'many' || n, 'Many', 'many' || n || '@acme.com', now() from generate_series(1, 1203) n`);
  await addRule(admin, id, "acme.com");
  const rule = (await listRules(db, id))[0]!;
  await applyRule.run({ ruleId: rule.id });
  expect((await listRules(db, id))[0]!.memberCount).toBe(1203);
  const told = (await recordedEvents()).filter(({ type }) => type === "access.changed-for-many") as { memberIds: number[] }[];
  expect([told.length, new Set(told.flatMap(({ memberIds }) => memberIds)).size]).toEqual([3, 1203]);
  await endRule(admin, id, rule.id);
  await applyRule.run({ ruleId: rule.id });
  expect([await listRules(db, id), await db.$count(groupMembers, eq(groupMembers.groupId, id))]).toEqual([[], 1]);
});

test("a rule taken back and made again at once brings them back", async () => {
  const { admin, id } = await place();
  const member = await make.member({ email: "q@acme.com" });
  await addRule(admin, id, "acme.com");
  await finishWork();
  await endRule(admin, id, (await listRules(db, id))[0]!.id);
  await addRule(admin, id, "acme.com");
  await finishWork();
  expect([await isIn(id, member), (await listRules(db, id)).map(({ isEnding }) => isEnding)]).toEqual([true, [false]]);
});

test("who may find a group reads who runs it, and only its members who is in it", async () => {
  const { owner, id } = await place("request");
  const [member, outsider] = [await make.member({ name: "Wilhelmina" }), await make.member()];
  await addToGroup(owner, { groupId: id, memberId: member.id });
  const [outside, inside] = [await visit(`/groups/${id}`, { as: outsider }), await visit(`/groups/${id}`, { as: member })];
  expect([outside.status, inside.status]).toEqual([200, 200]);
  const [told, shown] = [await outside.text(), await inside.text()];
  expect([told.includes(owner.name), told.includes("Wilhelmina"), shown.includes("Wilhelmina")]).toEqual([true, false, true]);
  expect((await visit(`/groups/${id}`)).status).toBe(302);
});

test("by which address someone came is told to those who run the group alone", async () => {
  const { admin, id, owner } = await place();
  const [brought, member] = [await make.member({ email: "r@acme.com" }), await make.member()];
  await addToGroup(owner, { groupId: id, memberId: member.id });
  await addRule(admin, id, "acme.com");
  await finishWork();
  expect(await isIn(id, brought)).toBe(true);
  const shows = async (as: Member) => (await (await visit(`/groups/${id}`, { as })).text()).includes("acme.com");
  expect([await shows(owner), await shows(member)]).toEqual([true, false]);
});

test("a group that takes members in must be one that can be found", async () => {
  const { admin, id } = await place();
  const response = await visit(`/groups/${id}/settings`, { as: admin, form: { intent: "edit", name: "Kept words", description: "", joining: "open" } });
  expect([response.status, (await response.text()).includes("Kept words")]).toEqual([422, true]);
});

test("a long list of members goes on where it ended", async () => {
  const { owner, id } = await place();
  for (let n = 0; n < 4; n++) await addToGroup(owner, { groupId: id, memberId: (await make.member()).id });
  const first = await listGroupMembers(db, id, { limit: 3 });
  const [at, last] = first.next!.split("_");
  const second = await listGroupMembers(db, id, { limit: 3, after: { at: at!, id: Number(last) } });
  const all = [...first.members, ...second.members].map(({ id: memberId }) => memberId);
  expect([all.length, new Set(all).size, second.next]).toEqual([5, 5, null]);
});

test("a request that was answered keeps its place in the record", async () => {
  const { owner, id } = await place("request");
  const member = await make.member();
  await askToJoin(member, id, "");
  await approve(owner, id);
  expect(await db.select({ state: groupRequests.state, by: groupRequests.decidedById }).from(groupRequests).where(eq(groupRequests.memberId, member.id))).toEqual([{ state: "approved", by: owner.id }]);
});
