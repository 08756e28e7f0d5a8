import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { members } from "#db/schema/accounts.ts";
import { topics } from "#db/schema/forums.ts";
import { make } from "#tests/support/make.ts";

const select = () =>
  db
    .select({ id: topics.id, title: topics.title, at: topics.createdAt, lockedAt: topics.lockedAt, people: topics.participantIds, author: { id: members.id, name: members.name }, one: sql<number>`1` })
    .from(topics)
    .innerJoin(members, eq(members.id, topics.authorId));

const byId = prepared(() => select().where(eq(topics.id, sql.placeholder("topicId"))));

test("a statement built once answers what Drizzle itself answers, for one value after the other", async () => {
  for (const topic of [await make.topic({ lockedAt: new Date() }), await make.topic()]) {
    expect(await byId(db, { topicId: topic.id })).toEqual(await select().where(eq(topics.id, topic.id)));
  }
  expect(await byId(db, { topicId: 999_999 })).toEqual([]);
});

test("in a transaction it sees what only that has written", async () => {
  const topic = await make.topic({ title: "Before" });
  await db.transaction(async (tx) => {
    await tx.update(topics).set({ title: "Within" }).where(eq(topics.id, topic.id));
    expect((await byId(tx, { topicId: topic.id }))[0]!.title).toBe("Within");
    await tx.transaction(async (nested) => {
      await nested.update(topics).set({ title: "Deeper" }).where(eq(topics.id, topic.id));
      expect((await byId(nested, { topicId: topic.id }))[0]!.title).toBe("Deeper");
    });
    expect((await byId(db, { topicId: topic.id }))[0]!.title).toBe("Before");
  });
});

test("a statement asked often goes on seeing a table that has changed meanwhile", async () => {
  await db.execute(sql`create table if not exists changing (id int)`);
  const ask = () => db.execute(sql`select * from changing where id > ${0}`);
  for (let n = 0; n < 3; n++) await ask();
  await db.execute(sql`alter table changing add column more int default 7`);
  await db.execute(sql`insert into changing values (1)`);
  expect([...(await ask())]).toEqual([{ id: 1, more: 7 }]);
  await db.execute(sql`drop table changing`);
});

const membersOf = prepared(() => db.select({ id: members.id, name: members.name, settings: members.emailVerifiedAt, label: members.label }).from(members).where(sql`${members.id} = any(${sql.placeholder("ids")}::bigint[])`).orderBy(sql`${members.id} desc`));
const quotient = prepared(() => db.select({ of: sql<number>`${sql.placeholder("of")}::int / ${sql.placeholder("by")}::int` }).from(sql`(select) one`));

test("what is asked in the same moment answers what it answers alone, in its order, and none where there is none", async () => {
  const [first, second] = [await make.topic({ title: `"Quoted", $1 and \\ 😀`, lockedAt: new Date("2024-02-29T23:59:59.999Z") }), await make.topic()];
  const ids = [first.authorId, second.authorId];
  const alone = [await byId(db, { topicId: first.id }), await byId(db, { topicId: second.id }), await membersOf(db, { ids }), await byId(db, { topicId: 999_999 }), await quotient(db, { of: 7, by: 2 })];
  expect((alone[2] as { id: number }[]).map(({ id }) => id)).toEqual(ids.toSorted((a, b) => b - a));
  for (let time = 0; time < 8; time++) {
    expect(await Promise.all([byId(db, { topicId: first.id }), byId(db, { topicId: second.id }), membersOf(db, { ids }), byId(db, { topicId: 999_999 }), quotient(db, { of: 7, by: 2 })])).toEqual(alone);
  }
});

test("one question that cannot be answered spoils no other of the same moment", async () => {
  const topic = await make.topic();
  const [found, failed, none] = await Promise.allSettled([byId(db, { topicId: topic.id }), quotient(db, { of: 1, by: 0 }), byId(db, { topicId: 999_999 })]);
  expect(found).toMatchObject({ status: "fulfilled", value: [{ id: topic.id }] });
  expect(failed).toMatchObject({ status: "rejected", reason: { code: "22012" } });
  expect(none).toEqual({ status: "fulfilled", value: [] });
});
