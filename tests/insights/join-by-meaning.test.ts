import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { useModel } from "#app/insights/active-model.ts";
import { judgeStatement } from "#app/insights/judge.ts";
import { unmergeThemes } from "#app/insights/merge-themes.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import { readModel } from "#app/insights/mining/model.ts";
import { readNextTwice } from "#app/insights/read-twice.ts";
import { db } from "#db/client.ts";
import { themeMerges } from "#db/schema/insights.ts";
import { make, text } from "#tests/support/make.ts";
import { finishWork } from "#tests/support/work.ts";

const settings = config as { readTwice: boolean };
beforeAll(() => void (settings.readTwice = true));
afterAll(() => void (settings.readTwice = false));
beforeEach(() => useModel(readModel("intents")));

/** A topic of somebody's own, with so many votes for it. */
async function asks(title: string, { votes = 0, kind = "idea" as "idea" | "discussion" } = {}) {
  const author = await make.member();
  const topic = await make.topic({ kind, authorId: author.id, title });
  const post = await make.post({ topicId: topic.id, authorId: author.id, body: text("As the title says.") });
  for (let vote = 0; vote < votes; vote++) await db.execute(sql`insert into topic_votes (topic_id, member_id) values (${topic.id}, ${(await make.member()).id})`);
  await minePosts([post.id]);
  return topic.id;
}

/** The theme that each topic's title is in now, null where it is in none. */
async function themesOf(...topicIds: number[]): Promise<(number | null)[]> {
  const rows = await db.execute<{ topicId: string; root: string | null }>(sql`
    select s.topic_id as "topicId", coalesce(t.merged_into_id, t.id) as root from statements s left join themes t on t.id = s.theme_id where s.part = 'title'`);
  return topicIds.map((id) => Number(rows.find(({ topicId }) => Number(topicId) === id)?.root ?? 0) || null);
}

const peopleOf = async (themeId: number) => (await db.execute<{ people: number }>(sql`select people_count as people from themes where id = ${themeId}`))[0]!.people;

test("two who ask for the same in topics of their own become one theme with two voices, once both were understood", async () => {
  const first = await asks("Please let us plan the charging in half hours");
  const second = await asks("Charging plans in half hours instead of whole hours, please");
  expect(await themesOf(first, second)).toEqual([null, null]);
  await finishWork();
  const [theme, same] = await themesOf(first, second);
  expect(theme).not.toBeNull();
  expect(same).toBe(theme);
  expect(await peopleOf(theme!)).toBe(2);
  // Who comes later with the same joins them.
  const third = await asks("Could the charging plan please go in half hours?");
  await finishWork();
  expect(await themesOf(third)).toEqual([theme]);
  expect(await peopleOf(theme!)).toBe(3);
}, 60_000);

test("what only shares words with a wish, or praises what others wish for, stays out of its theme", async () => {
  const wish = await asks("Plan in half hours, not in hours", { votes: 2 });
  const drive = await asks("Somebody drove four hours on a Saturday", { votes: 2, kind: "discussion" });
  const praise = await asks("Planning in half hours is wonderful, thank you!", { votes: 2, kind: "discussion" });
  const kinds = await db.execute<{ topicId: string; intent: string }>(sql`select topic_id as "topicId", intent::text from statements where part = 'title' order by topic_id`);
  expect(kinds.map(({ intent }) => intent)).toEqual(["feature", "praise", "praise"]);
  const [theme, ...others] = await themesOf(wish, drive, praise);
  expect(theme).not.toBeNull();
  expect(others).not.toContain(theme);
}, 60_000);

test("themes that the machine made one and people parted stay apart, and what is said next joins the one it is like", async () => {
  const manager = await make.member({ role: "product_manager" });
  const first = await asks("Please let us plan the charging in half hours", { votes: 2 });
  const second = await asks("Charging plans in half hours instead of whole hours, please", { votes: 2 });
  const before = await themesOf(first, second);
  expect(new Set(before).size).toBe(2);
  await finishWork();
  expect(await themesOf(first, second)).toEqual([before[0], before[0]]);
  const [merge] = await db.select().from(themeMerges);
  expect(merge).toMatchObject({ fromId: before[1], intoId: before[0], byId: null });
  await unmergeThemes(manager, merge!.id);
  expect(await themesOf(first, second)).toEqual(before);
  const next = await asks("Charging plans in half hours please, instead of whole hours");
  await finishWork();
  expect(await themesOf(first, second)).toEqual(before);
  expect(before).toContain((await themesOf(next))[0]);
}, 60_000);

test("a theme that people decided on gains voices and never becomes part of another", async () => {
  const first = await asks("Please let us plan the charging in half hours", { votes: 2 });
  const second = await asks("Charging plans in half hours instead of whole hours, please", { votes: 2 });
  const before = await themesOf(first, second);
  await db.execute(sql`update themes set state = 'planned' where id = ${before[1]}`);
  await finishWork();
  expect(await themesOf(first, second)).toEqual(before);
  const third = await asks("Could the charging plan please go in half hours?");
  await finishWork();
  expect(before).toContain((await themesOf(third))[0]);
}, 60_000);

test("what a person says a statement is brings it to those who say the same, and each is compared once", async () => {
  const first = await asks("Please let us plan the charging in half hours", { votes: 2 });
  const author = await make.member();
  const topic = await make.topic({ title: "My week" });
  const post = await make.post({ topicId: topic.id, number: 2, authorId: author.id, body: text("Charging plans in half hours instead of whole hours, that is my dream.") });
  await minePosts([post.id]);
  await finishWork();
  await db.execute(sql`update statements set intent = 'other', cluster_id = null, theme_id = null, similarity = null where post_id = ${post.id}`);
  const [said] = await db.execute<{ id: string }>(sql`select id from statements where post_id = ${post.id} and part = 'body'`);
  await judgeStatement(await make.member({ role: "product_manager" }), { statementId: Number(said!.id), to: "feature" });
  await finishWork();
  const [now] = await db.execute<{ themeId: string }>(sql`select theme_id as "themeId" from statements where id = ${said!.id}`);
  expect([Number(now!.themeId)]).toEqual(await themesOf(first));
  expect(await db.execute(sql`select from theme_clusters where not is_forgotten and size > compared_size * 5 / 4`)).toHaveLength(0);
}, 60_000);

test("nearly the same words come together at once, what means the same once it was read twice, though older posts still wait", async () => {
  const old = await asks("Charging plans in half hours instead of whole hours, please", { votes: 2 });
  const first = await asks("Please let us plan the charging in half hours", { votes: 2 });
  const second = await asks("Please, let us plan the charging in half hours!", { votes: 2 });
  const [waits, one, same] = await themesOf(old, first, second);
  expect([one === same, one === waits]).toEqual([true, false]);
  await readNextTwice(1);
  expect(new Set(await themesOf(old, first, second)).size).toBe(1);
}, 60_000);
