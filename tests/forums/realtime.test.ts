import { expect, test } from "vitest";
import { removeFromGroup } from "#app/community/groups.ts";
import { grantRight, revokeRight } from "#app/community/rights.ts";
import { createReply } from "#app/forums/replies.ts";
import { db } from "#db/client.ts";
import { categoryRights, groupMembers } from "#db/schema/community.ts";
import { connect, hear, join } from "#tests/support/connect.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork } from "#tests/support/work.ts";

test("readers of a topic hear of a new post, by number only", async () => {
  const topic = await make.topic();
  const reader = await connect();
  expect(await join(reader, `topic:${topic.id}`)).toBe(true);
  const heard = hear(reader, "topic.changed");

  await createReply(await make.member(), topic.id, { body: text("News") });
  await finishWork();

  expect(await heard).toEqual({ topicId: topic.id, postNumber: 1 });
});

test("a room opens only to those who may see the topic", async () => {
  const topic = await make.topic({ categoryId: (await make.category({ staff: "see" })).id });
  expect(await join(await connect(), `topic:${topic.id}`)).toBe(false);
  expect(await join(await connect(await make.member()), `topic:${topic.id}`)).toBe(false);
  expect(await join(await connect(await make.member({ role: "moderator" })), `topic:${topic.id}`)).toBe(true);
});

test.each(["nonsense:1", "topic:abc", "topic", "constructor:1", "topic:1;2", 5, null, {}])("no room is called %j", async (room) => {
  expect(await join(await connect(), room as never)).toBe(false);
});

test("a browser that sends no function to answer to does no harm", async () => {
  const browser = await connect();
  browser.emit("room.join", "staff", "not a function" as never);
  browser.emit("room.leave", { not: "a room" } as never);
  expect(await join(browser, `topic:${(await make.topic()).id}`)).toBe(true);
});

test("losing a category's right closes its rooms to those who lost it, and only to them", async () => {
  const category = await make.category({ members: "see", staff: "create" });
  const topic = await make.topic({ categoryId: category.id });
  const admin = await make.member({ role: "admin" });
  const [leaver, stayer] = [await connect(await make.member()), await connect(admin)];
  for (const browser of [leaver, stayer]) {
    browser.on("connect", () => void join(browser, `topic:${topic.id}`));
    expect(await join(browser, `topic:${topic.id}`)).toBe(true);
  }

  const [right] = await db.select().from(categoryRights).orderBy(categoryRights.groupId).limit(1);
  const reconnected = Promise.all([leaver, stayer].map((browser) => new Promise((resolve) => browser.once("connect", () => resolve(null)))));
  await revokeRight(admin, right!);
  await finishWork();
  await reconnected;
  expect([await join(leaver, `topic:${topic.id}`), await join(stayer, `topic:${topic.id}`)]).toEqual([false, true]);

  const heard = Promise.all([hear(leaver, "topic.changed"), hear(stayer, "topic.changed")]);
  await createReply(admin, topic.id, { body: text("Among us") });
  await finishWork();
  expect(await heard).toEqual(["nothing", { topicId: topic.id, postNumber: 1 }]);
});

test("leaving a group closes the rooms it opened", async () => {
  const group = await make.group();
  const category = await make.category({});
  await grantRight(await make.member({ role: "admin" }), { categoryId: category.id, groupId: group.id }, "see");
  const member = await make.member();
  await db.insert(groupMembers).values({ groupId: group.id, memberId: member.id });
  const topic = await make.topic({ categoryId: category.id });
  const browser = await connect(member);
  expect(await join(browser, `topic:${topic.id}`)).toBe(true);

  const reconnected = new Promise((resolve) => browser.once("connect", () => resolve(null)));
  await removeFromGroup(await make.member({ role: "admin" }), { groupId: group.id, memberId: member.id });
  await finishWork();
  await reconnected;

  expect(await join(browser, `topic:${topic.id}`)).toBe(false);
});
