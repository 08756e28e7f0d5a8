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
