import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { removePost } from "#app/forums/remove-post.ts";
import { shippedModel, useModel } from "#app/insights/active-model.ts";
import { readGlossary } from "#app/insights/areas.ts";
import { embed } from "#app/insights/encoder/encoder.ts";
import { judgeStatement } from "#app/insights/judge.ts";
import { mineEverything, mineNextBatch } from "#app/insights/mine-everything.ts";
import { minePosts, readerOf, readPosts, toMine } from "#app/insights/mine-posts.ts";
import { readModel } from "#app/insights/mining/model.ts";
import { readNextTwice, readTwice } from "#app/insights/read-twice.ts";
import { placesOf, statementsOfPost, textOfStatement } from "#app/insights/statements-of-post.ts";
import { db } from "#db/client.ts";
import { make, text } from "#tests/support/make.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { finishWork, waitingWork } from "#tests/support/work.ts";

const settings = config as { readTwice: boolean };
beforeAll(() => void (settings.readTwice = true));
afterAll(() => void (settings.readTwice = false));
beforeEach(() => useModel(readModel("intents")));

const WORDS = "Our contract ends in March and we will not renew it. Since the update nothing at all is shown after I sign in.";

async function said(words = WORDS) {
  const author = await make.member();
  const topic = await make.topic({ title: "Some thoughts after a year" });
  const opening = await make.post({ topicId: topic.id });
  const post = await make.post({ topicId: topic.id, body: text(words), authorId: author.id });
  await minePosts([opening.id, post.id]);
  return { author, topic, post };
}

const asked = async () => (await waitingWork()).filter(({ task }) => task === readTwice.name).length;
const times = async (postId: number) => {
  const [row] = await db.execute<{ reader: string }>(sql`select model_version as reader from mined_posts where post_id = ${postId}`);
  const once = readerOf(shippedModel()!.facts.version, await readGlossary(db));
  return row?.reader === once ? 1 : row?.reader === `${once}~2` ? 2 : 0;
};
const stored = (postId: number) => db.execute<{ id: string; intent: string; confidence: number; band: string; corrected: string[]; excluded: string | null; marks: string }>(sql`
  select id, intent::text, confidence, band::text, corrected::text[] as corrected, excluded::text, s::text as marks from statements s where post_id = ${postId} order by part, start`);

test("what was read once is read a second time, and says then what both readings hold it for", async () => {
  const { post } = await said();
  const first = await stored(post.id);
  expect([await times(post.id), await asked()]).toEqual([1, 1]);
  await finishWork();
  expect(await times(post.id)).toBe(2);
  const second = await stored(post.id);
  expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect(second.map(({ confidence }) => confidence)).not.toEqual(first.map(({ confidence }) => confidence));
  const [row] = await readPosts(db, [post.id]);
  const mined = toMine(row!);
  const texts = placesOf(mined).map((place) => textOfStatement(mined, place));
  const embeddings = new Map(await Promise.all(texts.map(async (one) => [one, await embed(one)] as const)));
  const glossary = await readGlossary(db);
  const told = (all: { intent: string; confidence: number; band: string }[]) => all.map(({ intent, confidence, band }) => [intent, confidence.toFixed(5), band]);
  expect(told(first)).toEqual(told(statementsOfPost(mined, shippedModel()!, glossary)));
  expect(told(second)).toEqual(told(statementsOfPost(mined, shippedModel()!, glossary, embeddings)));
}, 60_000);

test("reading again changes nothing, however often and by whichever reading", async () => {
  const { post } = await said();
  await finishWork();
  const before = await stored(post.id);
  await minePosts([post.id]);
  expect(await mineEverything(db, "test")).toBeNull();
  await readTwice.run({});
  expect([await asked(), await times(post.id), await stored(post.id)]).toEqual([0, 2, before]);
}, 60_000);

test("a post that is edited while it is read a second time is read as it is now, and its old words leave nothing", async () => {
  const { author, topic, post } = await said();
  let reading!: Promise<boolean>;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('insights.mine'))`);
    reading = readNextTwice();
    await expect.poll(async () => (await db.execute(sql`select from pg_locks where locktype = 'advisory' and not granted`)).length).toBe(1);
    await editPost(author, { topicId: topic.id, postNumber: post.number }, { body: text("Please add a dark mode."), stamp: stampOf(post), reason: "" });
  });
  await reading;
  expect(await times(post.id)).toBe(1);
  await finishWork();
  expect(await times(post.id)).toBe(2);
  expect((await stored(post.id)).map(({ intent }) => intent)).toEqual(["feature"]);
}, 60_000);

test("what a person said of a statement outlives the second reading, and what is removed meanwhile counts no more", async () => {
  const { author, topic, post } = await said();
  const [one] = await stored(post.id);
  await judgeStatement(await make.member({ role: "product_manager" }), { statementId: Number(one!.id), to: "praise" });
  await finishWork();
  expect((await stored(post.id))[0]).toMatchObject({ id: one!.id, intent: "praise", corrected: ["intent"] });
  await removePost(author, { topicId: topic.id, postNumber: post.number }, { reason: "" });
  await finishWork();
  const gone = await stored(post.id);
  expect(gone.map(({ excluded }) => excluded)).toEqual(gone.map(() => "removed"));
  expect(await times(post.id)).toBe(2);
}, 60_000);

test("while all posts are read anew the second reading waits, and follows by itself", async () => {
  const { post } = await said();
  await db.execute(sql`truncate mined_posts, statements, themes, theme_clusters cascade`);
  const runId = (await mineEverything(db, "test"))!;
  await mineNextBatch(runId, 1);
  await readTwice.run({});
  expect(await times(post.id)).not.toBe(2);
  await finishWork();
  expect(await times(post.id)).toBe(2);
}, 60_000);

test("posts are read once where the operator wants it so, or where the model knows no better", async () => {
  settings.readTwice = false;
  const { post } = await said();
  await finishWork();
  await readTwice.run({});
  expect([await asked(), await times(post.id)]).toEqual([0, 1]);
  settings.readTwice = true;
  await readTwice.run({});
  expect(await times(post.id)).toBe(2);
  useSmallModel();
  const other = await said("The gateway crashes when I open the calendar.");
  await finishWork();
  expect([await asked(), await times(other.post.id)]).toEqual([0, 1]);
}, 60_000);
