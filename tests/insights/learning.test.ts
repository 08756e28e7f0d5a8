import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { shippedModel, useModel } from "#app/insights/active-model.ts";
import { readGold } from "#app/insights/gold/read-gold.ts";
import { judgeStatement } from "#app/insights/judge.ts";
import { goBack, readLearning } from "#app/insights/learning/learning-page.ts";
import { learn, MORE_AFTER_GOING_BACK } from "#app/insights/learning/learn.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import { readModel } from "#app/insights/mining/model.ts";
import type { Intent } from "#app/insights/mining/kinds.ts";
import { randomFrom } from "#app/insights/training/random.ts";
import { db } from "#db/client.ts";
import { posts } from "#db/schema/forums.ts";
import { learnedModels, miningRuns, productAreas, statementLabels, statements } from "#db/schema/insights.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { make, text } from "#tests/support/make.ts";
import { visit } from "#tests/support/visit.ts";
import { finishWork } from "#tests/support/work.ts";

beforeEach(useSmallModel);

const rooms = ["kitchen", "cellar", "attic", "garage", "hall", "office"];
const colours = ["red", "green", "blue", "grey", "white", "black"];
const lamps = rooms.flatMap((room) => colours.map((colour) => `The ${colour} lamp in the ${room}`));

/** Each sentence a statement, six of them in a post. */
async function said(words: string[], inPost = 6, title = "Here is a picture of it") {
  const topic = await make.topic({ title });
  for (let at = 0; at < words.length; at += inPost) await make.post({ topicId: topic.id, authorId: topic.authorId, body: text(...words.slice(at, at + inPost)) });
  const rows = await db.select({ id: posts.id }).from(posts).where(eq(posts.topicId, topic.id)).orderBy(posts.id);
  await minePosts(rows.map(({ id }) => id));
  return db.select().from(statements).where(sql`${statements.topicId} = ${topic.id} and ${statements.part} = 'body'`).orderBy(statements.postId, statements.start);
}

const readAs = async (sentence: string) => (await said([sentence]))[0]!.intent;

/** Thirty-six sentences of a company where amber is a fault and teal is fine, each judged by a person. */
async function correct(judge: (isAmber: boolean, at: number) => Intent, from = 0, until = lamps.length) {
  const rows = await said(lamps.slice(from, until).map((lamp, at) => `${lamp} went ${at % 2 ? "amber" : "teal"} today.`));
  return label(rows, (at) => judge(at % 2 === 1, at));
}

/** What `judgeStatement` keeps of a judgement to learn from. */
async function label(rows: Awaited<ReturnType<typeof said>>, judge: (at: number) => Intent) {
  await db.insert(statementLabels).values(rows.map(({ id, modelVersion }, at) => ({ statementId: id, kind: "intent" as const, value: judge(at), modelVersion })));
  return rows;
}

/** What people really said, each under its own title, all judged to be the same. */
async function labelGold(isJudged: (intent: Intent) => boolean, value: Intent) {
  const gold = readGold().filter(({ intent }) => isJudged(intent));
  for (const title of new Set(gold.map((one) => one.title))) await label(await said(gold.filter((one) => one.title === title).map(({ text: words }) => words), 6, title || undefined), () => value);
}

const right = (isAmber: boolean): Intent => (isAmber ? "bug" : "other");
async function learnNow() {
  await learn.run({});
  return finishWork();
}

test("corrections change what a later post of the same kind is read as, and what was read before", async () => {
  const [before] = await said(["The yellow lamp in the pantry went amber today."]);
  expect(before!.intent).not.toBe("bug");
  const manager = await make.member({ role: "product_manager" });
  const rows = await correct(right);
  for (const [at, { id }] of rows.slice(0, 3).entries()) await judgeStatement(manager, { statementId: id, to: right(at % 2 === 1) });
  expect(await finishWork({ afterMinutes: 10 })).toContain("insights.learn");
  const [learned] = await db.select().from(learnedModels);
  expect(learned).toMatchObject({ kind: "intent", labelCount: 36, refusal: null, baseVersion: "small-1" });
  expect(await readAs("The orange lamp in the shed went amber today.")).toBe("bug");
  expect(await readAs("The orange lamp in the shed went teal today.")).toBe("other");
  expect((await db.select().from(statements).where(eq(statements.id, before!.id)))[0]).toMatchObject({ intent: "bug", modelVersion: `small-1+${learned!.version}` });
}, 60_000);

test("weighing the same corrections again changes nothing", async () => {
  await correct(right);
  await learnNow();
  const runs = await db.$count(miningRuns);
  await learn.run({});
  await learn.run({});
  expect([await db.$count(learnedModels), await db.$count(miningRuns)]).toEqual([1, runs]);
});

test("corrections without rhyme or reason change nothing, and the page says why", async () => {
  const random = randomFrom(7);
  const kinds: Intent[] = ["bug", "feature", "praise", "question", "other", "complaint"];
  await correct(() => kinds[Math.floor(random() * kinds.length)]!);
  await learnNow();
  expect((await db.select().from(learnedModels)).map(({ refusal, activeFrom }) => [refusal !== null, activeFrom])).toEqual([[true, null]]);
  expect((await said(["The orange lamp in the shed went amber today."]))[0]!.modelVersion).toBe("small-1");
  const html = await (await visit("/insights/accuracy", { as: await make.member({ role: "product_manager" }) })).text();
  expect(html).toContain("was not taken");
  expect((await readLearning(db)).intents).toMatchObject({ inUse: null, count: 36 });
}, 60_000);

test("corrections that all err in the same way are not learnt where that would cost what everybody agrees on", async () => {
  useModel(readModel("intents"));
  await labelGold((intent) => intent !== "other", "other");
  await learnNow();
  expect((await db.select().from(learnedModels)).map(({ refusal, activeFrom }) => [refusal !== null, activeFrom])).toEqual([[true, null]]);
  expect(await readAs("The kettle is broken since the update.")).toBe("bug");
}, 60_000);

test("faults that were called praise, all of them, leave other faults and praise what they are", async () => {
  useModel(readModel("intents"));
  await labelGold((intent) => intent === "bug", "praise");
  await learnNow();
  for (const fault of ["The kettle is broken since the update.", "The export fails with an error.", "I get an error 500 when I save.", "Since Monday the app crashes on start."]) expect(await readAs(fault), fault).toBe("bug");
  expect(await readAs("Thank you so much, I love it!")).toBe("praise");
}, 60_000);

test("fewer than thirty corrections teach nothing", async () => {
  await correct(right, 0, 29);
  await learnNow();
  expect(await db.$count(learnedModels)).toBe(0);
});

test("a community learns for itself: what is shipped stays as it was", async () => {
  const shipped = shippedModel()!;
  const before = Buffer.from(shipped.weights).toString("base64");
  await correct(right);
  await learnNow();
  expect([Buffer.from(shippedModel()!.weights).toString("base64") === before, shippedModel()!.facts.version, shippedModel()!.local]).toEqual([true, "small-1", undefined]);
});

test("an admin goes back to what was before, everything is read again, and it is not taken again at once", async () => {
  await correct(right);
  await learnNow();
  const [learned] = await db.select().from(learnedModels);
  const owner = await make.member({ role: "owner" });
  const divisional = await make.member({ role: "product_manager", divisionId: (await make.division()).id });
  await expect(goBack(divisional, learned!.id)).rejects.toMatchObject({ status: 403 });
  await expect(goBack(await make.member(), learned!.id)).rejects.toMatchObject({ status: 404 });
  expect((await visit("/insights/accuracy", { as: owner, form: { intent: "go-back", learnedId: String(learned!.id) } })).status).toBe(302);
  await finishWork();
  await expect(goBack(owner, learned!.id)).rejects.toMatchObject({ status: 404 });
  expect(new Set((await db.select().from(statements)).map(({ modelVersion }) => modelVersion))).toEqual(new Set(["small-1"]));
  expect(await readAs("The orange lamp in the shed went amber today.")).not.toBe("bug");
  await correct(right, 0, MORE_AFTER_GOING_BACK - 2);
  await learnNow();
  expect((await readLearning(db)).intents.inUse).toBeNull();
  await correct(right, 0, 4);
  await learnNow();
  expect((await readLearning(db)).intents.inUse).toMatchObject({ labelCount: 36 + MORE_AFTER_GOING_BACK + 2 });
}, 60_000);

test("what was learnt goes with the posts it was learnt from", async () => {
  const rows = await correct(right);
  await learnNow();
  await db.execute(sql`update posts set removed_at = now() where id = any(${sql.param(rows.slice(0, 12).map(({ postId }) => postId))}::bigint[])`);
  await learn.run({});
  expect((await db.select().from(learnedModels)).map(({ retiredWhy }) => retiredWhy)).toEqual(["labels_gone"]);
});

test("what later corrections speak against is given up", async () => {
  await correct(right);
  await learnNow();
  await correct((isAmber) => (isAmber ? "other" : "bug"), 0, 20);
  await learnNow();
  expect((await db.select().from(learnedModels).orderBy(learnedModels.id))[0]).toMatchObject({ retiredWhy: "worse_since" });
});

test("words that corrections show to mean an area find it from then on", async () => {
  const [gateway] = await db.insert(productAreas).values({ name: "Gateway" }).returning();
  const manager = await make.member({ role: "product_manager" });
  const rows = await said(["kitchen", "cellar", "attic", "garage", "hall", "office", "shed", "porch", "study"].map((room) => `The hockey puck in the ${room} is broken since Monday.`), 1);
  expect(rows.map(({ areaId }) => areaId)).toEqual(rows.map(() => null));
  for (const { id } of rows) await judgeStatement(manager, { statementId: id, areaId: gateway!.id });
  await learnNow();
  const [learned] = await db.select().from(learnedModels).where(eq(learnedModels.kind, "area"));
  expect(learned!.phrases).toContainEqual({ areaId: gateway!.id, words: expect.stringMatching(/hockey|puck/) as string });
  expect((await said(["The hockey puck in the bath fails with an error."]))[0]!.areaId).toBe(gateway!.id);
  expect((await said(["The lamp in the bath fails with an error."]))[0]!.areaId).toBeNull();
});
