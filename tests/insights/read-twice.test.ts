import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { editPost, stampOf } from "#app/forums/edit-post.ts";
import { removePost } from "#app/forums/remove-post.ts";
import { shippedModel, useModel } from "#app/insights/active-model.ts";
import { readGlossary } from "#app/insights/areas.ts";
import { drawSample } from "#app/insights/draw-sample.ts";
import { embed } from "#app/insights/encoder/encoder.ts";
import { judgeStatement } from "#app/insights/judge.ts";
import { mineEverything, mineNextBatch } from "#app/insights/mine-everything.ts";
import { minePosts, readerOf, readPosts, toMine } from "#app/insights/mine-posts.ts";
import { readModel } from "#app/insights/mining/model.ts";
import { readNextTwice, readTwice } from "#app/insights/read-twice.ts";
import { placesOf, statementsOfPost, textOfStatement } from "#app/insights/statements-of-post.ts";
import { similarThemes } from "#app/insights/similar.ts";
import { weighMeanings } from "#app/insights/theme-meanings.ts";
import { refreshThemes } from "#app/insights/refresh-themes.ts";
import { db } from "#db/client.ts";
import { themes } from "#db/schema/insights.ts";
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

test("what was drawn to measure by is measured as it stands after the second reading, unless a person was quicker", async () => {
  const { post } = await said();
  await drawSample(db);
  const drawn = () => db.execute<{ id: string; confidence: number; isSame: boolean }>(sql`
    select d.statement_id as id, d.confidence, (d.intent, d.band, d.confidence) = (s.intent, s.band, s.confidence) as "isSame" from sampled_statements d join statements s on s.id = d.statement_id where s.post_id = ${post.id} order by 1`);
  const before = await drawn();
  expect(before).toHaveLength(2);
  await db.execute(sql`update sampled_statements set judged_at = now(), truth = 'bug' where statement_id = ${before[0]!.id}`);
  await finishWork();
  const after = await drawn();
  expect(after.map(({ isSame }) => isSame)).toEqual([false, true]);
  expect(after[0]!.confidence).toBe(before[0]!.confidence);
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

test("themes that say the same in other words find each other, and those that only share words do not", async () => {
  const manager = await make.member({ role: "product_manager" });
  const themeOf = async (words: string[]) => {
    const [theme] = await db.insert(themes).values({ intent: "feature" }).returning({ id: themes.id });
    for (const one of words) {
      const { post } = await said(one);
      await db.execute(sql`update statements set theme_id = ${theme!.id} where post_id = ${post.id}`);
    }
    await db.transaction((tx) => refreshThemes(tx, [theme!.id]));
    return theme!.id;
  };
  const dark = await themeOf(["Please add a dark theme, opening this at two in the night is like staring into the sun.", "Is there any chance of night colours?", "I use black backgrounds everywhere and yours is the only white screen left."]);
  const glare = await themeOf(["The glare wakes my wife when I turn the heating down from bed, make it less white.", "It ignores the appearance of my phone and always stays light.", "Half asleep I get a white flash in the face, a darker look would be kind."]);
  const unreadable = await themeOf(["Please make the text of the theme page larger.", "Is there any chance of a printed manual?", "I use the widget everywhere and yours is the only one without a graph."]);
  const near = async () => (await similarThemes(db, manager, dark)).map(({ id }) => id);
  expect(await near()).not.toContain(glare);
  await finishWork();
  expect(await near()).toEqual([glare]);
  expect((await similarThemes(db, manager, unreadable)).map(({ id }) => id)).toEqual([]);
  // What is gone says nothing any more.
  await db.execute(sql`update statements set excluded = 'removed' where theme_id = ${glare}`);
  await db.transaction((tx) => refreshThemes(tx, [glare]));
  await weighMeanings();
  expect(await near()).toEqual([]);
}, 60_000);
