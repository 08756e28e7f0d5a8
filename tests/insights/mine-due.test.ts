import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { removePost } from "#app/forums/remove-post.ts";
import { createReply } from "#app/forums/replies.ts";
import { countThemes } from "#app/insights/count-later.ts";
import { mineDue, mineLater } from "#app/insights/mine-due.ts";
import { db } from "#db/client.ts";
import { themes } from "#db/schema/insights.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork, waitingWork } from "#tests/support/work.ts";

const quotesOf = async (postId: number) => (await db.execute<{ excluded: string | null }>(sql`select excluded::text from statements where post_id = ${postId}`)).map(({ excluded }) => excluded);
const waiting = async () => (await db.execute(sql`select from posts_to_mine`)).length;

test("what was written is read with what else was written, and what is removed counts no longer", async () => {
  const author = await make.member();
  const topic = await make.topic({ title: "Export fails" });
  await make.post({ topicId: topic.id });
  const { id, number } = await createReply(author, topic.id, { body: text("The export to CSV fails with an error since the update. Please add an export to Excel."), key: undefined });
  await finishWork();
  const said = await quotesOf(id);
  expect(said.length).toBeGreaterThan(0);
  expect(said).toEqual(said.map(() => null));
  await removePost(author, { topicId: topic.id, postNumber: number }, { reason: "" });
  await finishWork();
  expect(await quotesOf(id)).not.toContain(null);
  expect(await waiting()).toBe(0);
});

test("however many ask, one job waits, and when it runs is not put off", async () => {
  const topic = await make.topic();
  const posts = [await make.post({ topicId: topic.id }), await make.post({ topicId: topic.id }), await make.post({ topicId: topic.id })];
  const runAt = async () => (await db.execute<{ at: string }>(sql`select run_at::text as at from graphile_worker.jobs where key = 'insights.mine-due:due'`)).map(({ at }) => at);
  await mineLater(db, posts[0]!.id);
  const [first] = await runAt();
  for (const { id } of posts) await mineLater(db, id);
  expect(await runAt()).toEqual([first]);
  expect((await waitingWork()).filter(({ task }) => task === mineDue.name)).toHaveLength(1);
  expect(await waiting()).toBe(3);
});

test("a reading that fails leaves what it would have read waiting", async () => {
  const topic = await make.topic();
  const post = await make.post({ topicId: topic.id });
  await mineLater(db, post.id);
  await db.execute(sql`alter table mined_posts rename to mined_posts_away`);
  await expect(mineDue.run({})).rejects.toThrow();
  await db.execute(sql`alter table mined_posts_away rename to mined_posts`);
  expect(await waiting()).toBe(1);
  await mineDue.run({});
  expect(await waiting()).toBe(0);
});

test("what comes to a theme of very many statements is counted some seconds later, once, and what comes to a small one at once", async () => {
  await useSmallModel();
  const topic = await make.topic({ title: "The gateway crashes when I open the calendar." });
  const say = async () => mineLater(db, (await make.post({ topicId: topic.id, body: text("The gateway crashes when I open the calendar."), authorId: (await make.member()).id })).id);
  const counted = async () => (await db.select({ statements: themes.statementCount, people: themes.peopleCount, isCounted: sql<boolean>`scored_on is not null` }).from(themes))[0];
  for (const _ of "123") await say();
  await mineDue.run({});
  expect(await counted()).toMatchObject({ people: 3, isCounted: true });
  await say();
  await mineDue.run({});
  expect(await counted()).toMatchObject({ people: 4, isCounted: true });

  await db.update(themes).set({ statementCount: 1000 });
  for (const _ of "12") {
    await say();
    await mineDue.run({});
  }
  expect(await counted()).toEqual({ statements: 1000, people: 4, isCounted: false });
  expect((await waitingWork()).filter(({ task }) => task === countThemes.name)).toHaveLength(1);
  await countThemes.run({});
  expect(await counted()).toMatchObject({ people: 6, isCounted: true });
  expect((await counted())!.statements).toBeLessThan(1000);
});
