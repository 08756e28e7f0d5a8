import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { banFromGroup } from "#app/community/group-bans.ts";
import { endRule } from "#app/community/group-rules.ts";
import { removeFromGroup } from "#app/community/group-members.ts";
import { grantRight, revokeRight } from "#app/community/rights.ts";
import { record, type DomainEvent } from "#app/core/events.ts";
import { createReply } from "#app/forums/replies.ts";
import { createTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { categoryRights, groupMembers, groupRules, memberRoles } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { all, ask, connect, hear, join } from "#tests/support/connect.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork } from "#tests/support/work.ts";

const happen = (event: DomainEvent) => db.transaction((tx) => record(tx, event)).then(() => finishWork());

test("readers of a topic hear of a new post, by number and version only", async () => {
  const topic = await make.topic();
  const reader = await connect();
  expect(await ask(reader, `topic:${topic.id}`)).toMatchObject({ ok: true, state: { version: 1, lastPostNumber: 0 } });
  const heard = hear(reader, "topic.changed");

  await createReply(await make.member(), topic.id, { body: text("News") });
  await finishWork();

  expect(await heard).toEqual({ topicId: topic.id, version: 2, lastPostNumber: 1 });
});

test("a room opens only to those who may see the topic", async () => {
  const topic = await make.topic({ categoryId: (await make.category({ staff: "see" })).id });
  const elsewhere = await make.member({ role: "moderator", divisionId: (await make.division()).id });
  expect(await join(await connect(), `topic:${topic.id}`)).toBe(false);
  expect(await join(await connect(await make.member()), `topic:${topic.id}`)).toBe(false);
  expect(await join(await connect(elsewhere), `topic:${topic.id}`)).toBe(false);
  expect(await join(await connect(await make.member({ role: "moderator" })), `topic:${topic.id}`)).toBe(true);
});

test("hidden, removed and missing topics refuse in the same words", async () => {
  const author = await make.member();
  const hidden = await make.topic({ categoryId: (await make.category({ staff: "see" })).id });
  const removed = await make.topic({ authorId: author.id, removedAt: new Date() });
  const browser = await connect(author);
  const answers = [await ask(browser, `topic:${hidden.id}`), await ask(browser, `topic:${removed.id}`), await ask(browser, "topic:999999")];
  expect(answers).toEqual(Array(3).fill({ ok: false, error: "hidden" }));
});

test("nobody hears another's inbox, and only staff the staff's room", async () => {
  const [ada, bob] = [await make.member(), await make.member()];
  expect(await join(await connect(ada), `member:${bob.id}`)).toBe(false);
  expect(await join(await connect(), `member:${bob.id}`)).toBe(false);
  expect(await ask(await connect(bob), `member:${bob.id}`)).toEqual({ ok: true, state: { unread: 0 } });
  expect(await join(await connect(bob), "staff")).toBe(false);
  expect(await join(await connect(await make.member({ role: "moderator" })), "staff")).toBe(true);
});

/** Someone who may see a topic that few may, and each way to lose that. */
async function insider() {
  const admin = await make.member({ role: "admin" });
  const group = await make.group();
  const category = await make.category({});
  await grantRight(admin, { categoryId: category.id, groupId: group.id }, "reply");
  await grantRight(admin, { categoryId: category.id, groupId: (await make.group("staff")).id }, "create");
  const member = await make.member();
  await db.insert(groupMembers).values({ groupId: group.id, memberId: member.id });
  const topic = await make.topic({ categoryId: category.id, authorId: admin.id });
  await finishWork();
  return { admin, group, category, member, topic };
}
type Insider = Awaited<ReturnType<typeof insider>>;

async function ruleOf(groupId: number): Promise<number> {
  await db.insert(groupRules).values({ groupId, domain: "acme.example" }).onConflictDoNothing();
  return (await db.select().from(groupRules).where(eq(groupRules.groupId, groupId)))[0]!.id;
}

const losses: [string, (place: Insider) => Promise<unknown>][] = [
  ["their group loses the right", ({ admin, category, group }) => revokeRight(admin, { categoryId: category.id, groupId: group.id })],
  ["they leave the group", ({ admin, group, member }) => removeFromGroup(admin, { groupId: group.id, memberId: member.id })],
  ["they are banned from the group", ({ admin, group, member }) => banFromGroup(admin, group.id, { username: member.username, reason: "Spam." })],
  ["the rule goes that brought them", async ({ admin, group, member }) => {
    await db.update(groupMembers).set({ ruleId: await ruleOf(group.id) }).where(eq(groupMembers.memberId, member.id));
    await endRule(admin, group.id, await ruleOf(group.id));
  }],
  ["the topic moves to where they see nothing", async ({ admin, topic, category }) => {
    const backstage = await make.category({ staff: "create" });
    await db.update(topics).set({ categoryId: backstage.id }).where(eq(topics.id, topic.id));
    await happen({ type: "topic.moved", topicId: topic.id, categoryId: backstage.id, fromCategoryId: category.id, actorId: admin.id });
  }],
  ["the topic is removed", async ({ admin, topic, category }) => {
    await db.update(topics).set({ removedAt: new Date() }).where(eq(topics.id, topic.id));
    await happen({ type: "topic.removed", topicId: topic.id, categoryId: category.id, actorId: admin.id });
  }],
];

test.each(losses)("a reader is put out of the room when %s, and hears nothing more", async (_, lose) => {
  const place = await insider();
  const browser = await connect(place.member);
  expect(await join(browser, `topic:${place.topic.id}`)).toBe(true);
  const closed = hear(browser, "room.closed");

  await lose(place);
  await finishWork();

  expect(await closed).toEqual({ room: `topic:${place.topic.id}` });
  const heard = all(browser, "topic.changed");
  const witness = await connect(place.admin);
  expect(await join(witness, `topic:${place.topic.id}`)).toBe(true);
  const news = hear(witness, "topic.changed");
  await happen({ type: "topic.changed", topicId: place.topic.id, categoryId: place.category.id, actorId: place.admin.id, change: "title" });
  expect(await news).not.toBe("nothing");
  // Its answer comes after whatever was sent before.
  expect(await join(browser, `topic:${place.topic.id}`)).toBe(false);
  expect(heard).toEqual([]);
});

test("who may still see a topic keeps hearing it while others lose it", async () => {
  const { admin, category, group, member, topic } = await insider();
  const [stayer, leaver] = [await connect(admin), await connect(member)];
  for (const browser of [stayer, leaver]) expect(await join(browser, `topic:${topic.id}`)).toBe(true);

  await revokeRight(admin, { categoryId: category.id, groupId: group.id });
  await finishWork();
  const [byStayer, byLeaver] = [all(stayer, "topic.changed"), all(leaver, "topic.changed")];
  await createReply(admin, topic.id, { body: text("Among us") });
  await finishWork();

  await expect.poll(() => byStayer).toEqual([{ topicId: topic.id, version: 2, lastPostNumber: 1 }]);
  expect(await join(leaver, `topic:${topic.id}`)).toBe(false);
  expect(byLeaver).toEqual([]);
});

test("a right lost above is lost below", async () => {
  const admin = await make.member({ role: "admin" });
  const top = await make.category({ members: "reply" });
  const below = await make.category({}, { divisionId: top.divisionId, parentId: top.id, inheritsRights: true });
  const topic = await make.topic({ categoryId: below.id });
  const browser = await connect(await make.member());
  expect(await join(browser, `topic:${topic.id}`)).toBe(true);
  const closed = hear(browser, "room.closed");

  await revokeRight(admin, { categoryId: top.id, groupId: (await make.group("members")).id });
  await finishWork();

  expect(await closed).toEqual({ room: `topic:${topic.id}` });
});

test("a moderator of one division who is one no longer leaves its rooms", async () => {
  const category = await make.category({ staff: "create" });
  const moderator = await make.member({ role: "moderator", divisionId: category.divisionId });
  const browser = await connect(moderator);
  expect([await join(browser, `category:${category.id}`), await join(browser, "staff")]).toEqual([true, true]);
  const closed: unknown[] = [];
  browser.on("room.closed", ({ room }) => closed.push(room));

  await db.delete(memberRoles).where(eq(memberRoles.memberId, moderator.id));
  await happen({ type: "access.changed", of: "member", id: moderator.id });

  await expect.poll(() => closed.toSorted()).toEqual([`category:${category.id}`, "staff"]);
});

test("lists hear of topics in what their reader sees, whatever else happens elsewhere", async () => {
  const open = await make.category();
  const backstage = await make.category({ staff: "create" }, { divisionId: open.divisionId });
  const admin = await make.member({ role: "admin" });
  const [guest, staff] = [await connect(), await connect(admin)];
  for (const browser of [guest, staff]) expect(await join(browser, "lists")).toBe(true);
  expect(await join(guest, `category:${backstage.id}`)).toBe(false);
  const [byGuest, byStaff] = [all(guest, "list.changed"), all(staff, "list.changed")];
  const idsIn = (messages: unknown[]) => (messages as { topicIds: number[] }[]).flatMap(({ topicIds }) => topicIds).toSorted();

  const input = { title: "A topic", kind: "discussion" as const, body: text("Hello") };
  const hidden = await createTopic(admin, backstage.id, input);
  await db.insert(categoryRights).values({ categoryId: open.id, groupId: (await make.group("staff")).id, level: "create" }).onConflictDoNothing();
  const seen = await createTopic(admin, open.id, input);
  await finishWork();

  await expect.poll(() => [idsIn(byGuest), idsIn(byStaff)]).toEqual([[seen.id], [hidden.id, seen.id].toSorted()]);
});

test("a division's list holds the categories its reader sees, and of a division of none there is no list", async () => {
  const open = await make.category();
  await make.category({ staff: "create" }, { divisionId: open.divisionId });
  const backstage = await make.category({ staff: "create" });
  const guest = await connect();
  expect(await join(guest, `division:${open.divisionId}`)).toBe(true);
  expect(await join(guest, `division:${backstage.divisionId}`)).toBe(false);
  expect(await join(guest, "division:99999")).toBe(false);
});

test("a list that comes back learns which topics moved while it was away", async () => {
  const category = await make.category();
  const [moved, still] = [await make.topic({ categoryId: category.id }), await make.topic({ categoryId: category.id, lastPostAt: new Date(Date.now() - 3_600_000) })];
  await make.topic({ categoryId: category.id, unlistedAt: new Date() });
  const answer = await ask(await connect(), `category:${category.id}`, Date.now() - 60_000);
  expect(answer).toEqual({ ok: true, state: { changedTopicIds: [moved.id] } });
  expect(still.id).not.toBe(moved.id);
});
