import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { guest, type Viewer } from "#app/core/viewer.ts";
import { createReply } from "#app/forums/replies.ts";
import { markRead } from "#app/forums/reading.ts";
import type { TopicFilter } from "#app/forums/topic-candidates.ts";
import { countTopics, listTopics } from "#app/forums/topic-lists.ts";
import { createTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { tags, topics, topicTags } from "#db/schema/forums.ts";
import { make, text } from "#tests/support/make.ts";

const idsIn = async (viewer: Viewer, filter: TopicFilter & { cursor?: string; limit?: number }) =>
  (await listTopics(db, viewer, filter)).topics.map(({ id }) => id);

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test("a list holds what the viewer may see: nothing private, removed or unlisted", async () => {
  const open = await make.topic();
  const { categoryId } = open;
  await make.topic({ categoryId, removedAt: new Date() });
  await make.topic({ categoryId, unlistedAt: new Date() });
  const forMembers = await make.topic({ categoryId: (await make.category({ members: "see" })).id });
  const forStaff = await make.topic({ categoryId: (await make.category({ staff: "see" })).id, pinScope: "site" });

  for (const sort of ["latest", "top"] as const) {
    expect((await idsIn(guest, { sort })).sort()).toEqual([open.id]);
    expect((await idsIn(await make.member(), { sort })).sort()).toEqual([open.id, forMembers.id]);
    expect((await idsIn(await make.member({ role: "moderator" }), { sort })).sort()).toEqual([open.id, forMembers.id, forStaff.id]);
  }
});

test("a category lists what is in the categories below it, as far as the viewer sees them", async () => {
  const top = await make.category();
  const below = await make.category({}, { parentId: top.id, divisionId: top.divisionId, inheritsRights: true });
  const deep = await make.category({}, { parentId: below.id, divisionId: top.divisionId, inheritsRights: true });
  const secret = await make.category({ staff: "see" }, { parentId: top.id, divisionId: top.divisionId });
  const elsewhere = await make.topic();
  const [a, b, c] = [await make.topic({ categoryId: top.id }), await make.topic({ categoryId: deep.id }), await make.topic({ categoryId: secret.id })];

  expect((await idsIn(guest, { sort: "latest", categoryId: top.id })).sort()).toEqual([a.id, b.id]);
  expect((await idsIn(guest, { sort: "latest", divisionId: top.divisionId })).sort()).toEqual([a.id, b.id]);
  expect(await idsIn(guest, { sort: "latest", categoryId: secret.id })).toEqual([]);
  const ids = await idsIn(await make.member({ role: "admin" }), { sort: "latest" });
  expect(ids.sort()).toEqual([a.id, b.id, c.id, elsewhere.id].sort());
});

test("pages neither skip nor repeat a topic, even of one moment, while replies arrive, and lead back the same way", async () => {
  const { id: categoryId } = await make.category();
  const { id: authorId } = await make.member();
  // Microseconds apart: a cursor cut to milliseconds would lose some.
  for (let n = 0; n < 23; n++) {
    await make.topic({ categoryId, authorId, lastPostAt: sql`timestamptz '2026-01-01' + ${n % 5} * interval '1 microsecond'` as never });
  }
  const all = await idsIn(guest, { sort: "latest", limit: 100 });
  expect(all).toHaveLength(23);

  const seen: number[] = [];
  const pages = [await listTopics(db, guest, { sort: "latest", limit: 5 })];
  while (pages.at(-1)!.after) {
    // Somebody replies to what has been passed already: it goes to the top and disturbs nobody further down.
    await db.update(topics).set({ lastPostAt: new Date() }).where(sql`id = ${pages[0]!.topics[0]!.id}`);
    pages.push(await listTopics(db, guest, { sort: "latest", limit: 5, cursor: pages.at(-1)!.after! }));
  }
  for (const page of pages) seen.push(...page.topics.map(({ id }) => id));
  expect(seen).toEqual(all);
  expect(pages.map(({ topics }) => topics.length)).toEqual([5, 5, 5, 5, 3]);

  const back = await listTopics(db, guest, { sort: "latest", limit: 5, cursor: pages[3]!.before! });
  expect(back.topics.map(({ id }) => id)).toEqual(pages[2]!.topics.map(({ id }) => id));
  expect(pages[0]!.before).toBeNull();
});

test("a cursor that is not ours shows the first page", async () => {
  const topic = await make.topic();
  const made = (text: string) => Buffer.from(text).toString("base64url");
  for (const cursor of ["", "x", "a".repeat(5000), made("a1e999_1"), made("a99999999999999999_999999999999999"), made("a-99999999999999999_1"), made("b1.5_1"), made("a1; drop table topics_1")]) {
    for (const sort of ["latest", "top", "unanswered"] as const) await listTopics(db, guest, { sort, cursor });
  }
  expect(await idsIn(guest, { sort: "latest", cursor: "nonsense" })).toEqual([topic.id]);
});

test("pinned topics stand first in their scope, once, and on the first page only", async () => {
  const category = await make.category();
  const other = await make.category({ everyone: "see" }, { divisionId: category.divisionId });
  const everywhere = await make.topic({ categoryId: category.id, pinScope: "site", lastPostAt: ago(500) });
  const inDivision = await make.topic({ categoryId: other.id, pinScope: "division", lastPostAt: ago(400) });
  const inCategory = await make.topic({ categoryId: category.id, pinScope: "category", lastPostAt: ago(300) });
  const expired = await make.topic({ categoryId: category.id, pinScope: "site", pinnedUntil: ago(1), lastPostAt: ago(900) });
  const [newer, older] = [await make.topic({ categoryId: category.id, lastPostAt: ago(10) }), await make.topic({ categoryId: category.id, lastPostAt: ago(20) })];

  expect(await idsIn(guest, { sort: "latest" })).toEqual([everywhere.id, newer.id, older.id, inCategory.id, inDivision.id, expired.id]);
  expect(await idsIn(guest, { sort: "latest", divisionId: category.divisionId })).toEqual([inDivision.id, everywhere.id, newer.id, older.id, inCategory.id, expired.id]);
  expect(await idsIn(guest, { sort: "latest", categoryId: category.id })).toEqual([inCategory.id, everywhere.id, newer.id, older.id, expired.id]);
  expect((await idsIn(guest, { sort: "top" })).length).toBe(6);

  const first = await listTopics(db, guest, { sort: "latest", limit: 2 });
  expect(first.topics.map(({ id, isPinned }) => [id, isPinned])).toEqual([[everywhere.id, true], [newer.id, false], [older.id, false]]);
  const second = await listTopics(db, guest, { sort: "latest", limit: 2, cursor: first.after });
  expect(second.topics.map(({ id }) => id)).toEqual([inCategory.id, inDivision.id]);
});

test("new is what was begun since one came and never opened, unread what went on after one read; counts agree", async () => {
  const reader = await make.member();
  const author = await make.member();
  const { id: categoryId } = await make.category();
  const read = await createTopic(author, categoryId, { title: "Read", kind: "discussion", body: text("1") });
  const fresh = await createTopic(author, categoryId, { title: "Fresh", kind: "discussion", body: text("1") });
  await make.topic({ categoryId, createdAt: ago(60 * 24 * 40), lastPostAt: ago(60 * 24 * 40) });
  await markRead(reader, read.id, 1);

  expect(await idsIn(reader, { sort: "new" })).toEqual([fresh.id]);
  expect(await idsIn(reader, { sort: "unread" })).toEqual([]);
  await createReply(author, read.id, { body: text("2") });
  await createReply(reader, read.id, { body: text("3, my own") });

  const unread = await listTopics(db, reader, { sort: "unread" });
  expect(unread.topics.map(({ id, unreadCount }) => [id, unreadCount])).toEqual([[read.id, 1]]);
  for (const sort of ["new", "unread", "mine"] as const) {
    expect(await countTopics(db, reader, { sort })).toBe((await listTopics(db, reader, { sort })).topics.length);
  }
  expect(await idsIn(guest, { sort: "unread" })).toEqual([]);
  expect(await idsIn(guest, { sort: "mine" })).toEqual([]);
  expect((await idsIn(author, { sort: "mine" })).sort()).toEqual([read.id, fresh.id].sort());
  expect(await countTopics(db, author, { sort: "unread" })).toBe(1);
});

test("nothing of a topic remains in any list when the right to see it is taken away", async () => {
  const category = await make.category({ members: "create" });
  const [author, reader] = [await make.member(), await make.member()];
  const topic = await createTopic(author, category.id, { title: "Secret plan", kind: "question", body: text("1"), tags: ["plan"] });
  await markRead(reader, topic.id, 1);
  await createReply(author, topic.id, { body: text("2") });
  expect(await countTopics(db, reader, { sort: "unread" })).toBe(1);

  await db.execute(sql`delete from category_access`);

  for (const sort of ["latest", "new", "unread", "top", "unanswered", "mine"] as const) {
    for (const viewer of [guest, reader, author]) {
      expect(await idsIn(viewer, { sort })).toEqual([]);
      expect(await countTopics(db, viewer, { sort })).toBe(0);
    }
  }
});

test("unanswered are the questions without an accepted answer, top what was voted for, in its period", async () => {
  const { id: categoryId } = await make.category();
  const question = await make.topic({ categoryId, kind: "question" });
  const answered = await make.topic({ categoryId, kind: "question", topScore: 9, createdAt: ago(60 * 24 * 10) });
  const post = await make.post({ topicId: answered.id });
  await db.update(topics).set({ acceptedPostId: post.id }).where(sql`id = ${answered.id}`);
  const idea = await make.topic({ categoryId, kind: "idea", topScore: 5 });

  expect(await idsIn(guest, { sort: "unanswered" })).toEqual([question.id]);
  expect(await idsIn(guest, { sort: "top" })).toEqual([answered.id, idea.id, question.id]);
  expect(await idsIn(guest, { sort: "top", period: "week" })).toEqual([idea.id, question.id]);
});

test("a tag's list is the same whether its topics are looked up or met along the list of all, and hides what is hidden", async () => {
  const { id: categoryId } = await make.category();
  const hidden = await make.category({ staff: "see" });
  const tagged: number[] = [];
  const [tag] = await db.insert(tags).values({ slug: "pump", name: "pump" }).returning();
  const bear = async (topicId: number) => void (await db.insert(topicTags).values({ topicId, tagId: tag!.id }));
  for (let n = 0; n < 12; n++) {
    const topic = await make.topic({ categoryId, lastPostAt: ago(n), createdAt: ago(n), topScore: n });
    if (n % 3 === 0) tagged.push(topic.id);
    if (n % 3 === 0) await bear(topic.id);
  }
  const secret = await make.topic({ categoryId: hidden.id, lastPostAt: ago(0) });
  await bear(secret.id);
  const removed = await make.topic({ categoryId, removedAt: new Date() });
  await bear(removed.id);
  const moderator = await make.member({ role: "moderator" });

  // Which way is taken follows from how many topics the categories say they hold.
  for (const topicCount of [0, 1_000_000]) {
    await db.update(categories).set({ topicCount });
    expect(await idsIn(guest, { sort: "latest", tagId: tag!.id })).toEqual(tagged);
    expect(await idsIn(guest, { sort: "top", tagId: tag!.id })).toEqual(tagged.toReversed());
    expect(await idsIn(guest, { sort: "latest", tagId: tag!.id, limit: 2 })).toEqual(tagged.slice(0, 2));
    expect((await idsIn(moderator, { sort: "latest", tagId: tag!.id })).sort()).toEqual([...tagged, secret.id].sort());
    expect(await countTopics(db, await make.member({ createdAt: ago(60) }), { sort: "new", tagId: tag!.id })).toBe(tagged.length);
  }
});
