import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { firstUnread, markRead } from "#app/forums/reading.ts";
import { countTopics, listTopics } from "#app/forums/topic-lists.ts";
import { db } from "#db/client.ts";
import { posts, topicReads } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";

async function topicOf(count: number) {
  const topic = await make.topic();
  for (let n = 0; n < count; n++) await make.post({ topicId: topic.id });
  return topic;
}

const read = (topic: { slug: string; id: number }, number: string | string[], as?: Awaited<ReturnType<typeof make.member>>) =>
  visit(`/t/${topic.slug}/${topic.id}/read`, { as, form: { number } });

test("read to 14 of 30, another device lands on 15 and counts sixteen new", async () => {
  const topic = await topicOf(30);
  const reader = await make.member();
  expect((await read(topic, "14", reader)).status).toBe(200);
  expect(await firstUnread(db, reader, topic.id)).toBe(15);
  const { topics } = await listTopics(db, reader, { sort: "unread" });
  expect(topics.map(({ id, unreadCount, lastReadNumber }) => [id, unreadCount, lastReadNumber])).toEqual([[topic.id, 16, 14]]);
  const page = await (await visit("/unread", { as: reader })).text();
  expect(page).toContain(`/t/${topic.slug}/${topic.id}/15`);
});

test("reading never goes back or beyond the end, and opening alone reads nothing", async () => {
  const topic = await topicOf(5);
  const reader = await make.member();
  expect(await markRead(reader, topic.id, 0)).toEqual({ lastReadNumber: 0 });
  expect(await countTopics(db, reader, { sort: "unread" })).toBe(1);
  expect(await countTopics(db, reader, { sort: "new" })).toBe(0);
  await Promise.all([3, 1, 2].map((number) => markRead(reader, topic.id, number)));
  expect(await markRead(reader, topic.id, 2)).toEqual({ lastReadNumber: 3 });
  expect(await markRead(reader, topic.id, 999_999_999)).toEqual({ lastReadNumber: 5 });
  expect(await firstUnread(db, reader, topic.id)).toBeNull();
});

test("a last post that was removed does not stay unread for ever", async () => {
  const topic = await topicOf(3);
  const reader = await make.member();
  await markRead(reader, topic.id, 2);
  await db.update(posts).set({ removedAt: new Date() }).where(and(eq(posts.topicId, topic.id), eq(posts.number, 3)));
  expect(await countTopics(db, reader, { sort: "unread" })).toBe(0);
  expect(await markRead(reader, topic.id, 2)).toEqual({ lastReadNumber: 3 });
});

test("nobody marks what they may not see, and odd numbers are refused", async () => {
  const hidden = await make.topic({ categoryId: (await make.category({ staff: "see" })).id });
  const open = await topicOf(1);
  const reader = await make.member();
  expect((await read(hidden, "1", reader)).status).toBe(404);
  expect((await read({ slug: "x", id: 999_999 }, "1", reader)).status).toBe(404);
  expect((await read(open, "1")).headers.get("location")).toMatch(/^\/sign-in/);
  for (const odd of ["", "-1", "x", "1e9", "99999999999", ["1", "2"]]) expect((await read(open, odd, reader)).status).toBe(422);
  expect(await db.$count(topicReads)).toBe(0);
});

test("marking all read empties the list, of the place it was asked for", async () => {
  const [here, there] = [await topicOf(2), await topicOf(2)];
  const reader = await make.member();
  for (const { id } of [here, there]) await markRead(reader, id, 1);
  const answer = await visit("/mark-all-read", { as: reader, form: { list: "unread", categoryId: String(here.categoryId) } });
  expect(answer.status).toBe(302);
  expect((await listTopics(db, reader, { sort: "unread" })).topics.map(({ id }) => id)).toEqual([there.id]);
  await visit("/mark-all-read", { as: reader, form: { list: "unread" } });
  expect(await countTopics(db, reader, { sort: "unread" })).toBe(0);
});
