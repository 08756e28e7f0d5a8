import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { serialize } from "node:v8";
import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { shippedModel } from "#app/insights/active-model.ts";
import { mineEverything, mineNextBatch } from "#app/insights/mine-everything.ts";
import { minePosts } from "#app/insights/mine-posts.ts";
import { db } from "#db/client.ts";
import { miningRuns, statements, themes } from "#db/schema/insights.ts";
import { useSmallModel } from "#tests/support/insights-model.ts";
import { make, text } from "#tests/support/make.ts";

beforeEach(useSmallModel);

const SAID = ["The gateway crashes when I open the calendar.", "Please add an export for the report.", "I love the mobile app.", "How do I change my charger?", "The invoice page is broken since Monday.", "I wish there was an export for the report.", "My gateway crashes when I open it.", "The login fails with an error at noon."];

async function makeTalk(count: number): Promise<void> {
  for (let n = 0; n < count; n += 4) {
    const { id: topicId } = await make.topic({ title: SAID[(n * 3) % SAID.length]! });
    for (let at = 0; at < 4; at++) await make.post({ topicId, authorId: (await make.member()).id, body: text(`${SAID[(n + at * 5) % SAID.length]} ${SAID[(n * 7 + at) % SAID.length]}`) });
  }
}

/** All that was read, without the numbers that the database gives: those of what was rolled back are not given again. */
async function everything(): Promise<string> {
  const theme = (column: string) => `(select min(c.id) from theme_clusters c where c.theme_id = ${column})`;
  const parts = [
    `select post_id, part, start, "end", revision, quote_hash, intent, confidence, sentiment, urgency, band, review_worth, area_id, cluster_id, similarity, ${theme("theme_id")} as theme from statements x order by post_id, part, start`,
    `select id, group_id, size, is_forgotten, state::text, ${theme("theme_id")} as theme from theme_clusters x order by id`,
    `select ${theme("x.id")} as theme, ${theme("x.merged_into_id")} as whole, x.intent, statement_count, people_count, score, scored_on, first_at, last_at, title_of_topic, s.post_id, s.part, s.start from themes x left join statements s on s.id = x.title_statement_id order by theme`,
    `select ${theme("theme_id")} as theme, day, statements, people, negative from theme_days x order by 1, 2`,
    "select key, value - 'version' as value from site_settings where key = 'insights.themes'",
  ];
  return JSON.stringify(await Promise.all(parts.map((part) => db.execute(sql.raw(part)))));
}

async function forgetAll(): Promise<void> {
  await db.execute(sql`delete from mining_runs`);
  for (const table of ["sampled_statements", "theme_merges", "theme_events", "theme_days", "theme_clusters", "statements", "themes", "mined_posts"]) await db.execute(sql.raw(`delete from ${table}`));
  await db.execute(sql`delete from site_settings where key like 'insights.themes%'`);
}

test("a run whose process is killed goes on where it stopped, and ends as if nothing had happened", { timeout: 120_000 }, async () => {
  await makeTalk(32);
  const runId = (await mineEverything(db, "test"))!;
  while (!(await mineNextBatch(runId, 3)));
  const unbroken = await everything();
  expect(await db.$count(themes)).toBeGreaterThan(1);

  await forgetAll();
  const brokenId = (await mineEverything(db, "test"))!;
  const model = path.join(mkdtempSync(path.join(tmpdir(), "wellspring-")), "model");
  writeFileSync(model, serialize(shippedModel()));
  const child = spawn(process.execPath, ["--import", "tsx", "tests/support/mine-run.ts", String(brokenId), "3", model], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  const [half] = await db.select().from(miningRuns);
  expect(half!.postCount).toBeGreaterThan(0);
  expect(half!.finishedAt).toBeNull();
  while (!(await mineNextBatch(brokenId, 3)));
  expect(await everything()).toBe(unbroken);
  rmSync(path.dirname(model), { recursive: true });
});

test("the size of the stretches in which posts are read makes no difference", async () => {
  await makeTalk(24);
  const runId = (await mineEverything(db, "test"))!;
  while (!(await mineNextBatch(runId, 5)));
  const inSmall = await everything();
  await forgetAll();
  const again = (await mineEverything(db, "test"))!;
  while (!(await mineNextBatch(again)));
  expect(await everything()).toBe(inSmall);
});

test("a start asks only for what came after the last run, and finds what nobody read", async () => {
  await makeTalk(8);
  const runId = (await mineEverything(db, "test"))!;
  while (!(await mineNextBatch(runId)));
  expect(await mineEverything(db, "start")).toBeNull();
  const { id: topicId } = await make.topic({ title: "Here is a picture of the battery" });
  const post = await make.post({ topicId, body: text("The battery is broken since Monday.") });
  const next = (await mineEverything(db, "start"))!;
  while (!(await mineNextBatch(next)));
  expect(await db.$count(statements, sql`post_id = ${post.id}`)).toBe(2);
  expect(await mineEverything(db, "start")).toBeNull();
});

test("with another table of words the themes are made anew and stay what people made of them", async () => {
  const { id: topicId } = await make.topic({ title: "Here is a picture of it" });
  for (const words of ["The gateway crashes when I open the calendar.", "My gateway crashes when I open the calendar."]) await minePosts([(await make.post({ topicId, authorId: (await make.member()).id, body: text(words) })).id]);
  const [theme] = await db.select().from(themes);
  await db.update(themes).set({ title: "Gateway and calendar", state: "planned" });
  const before = await db.execute(sql`select id, group_id, theme_id, size, state::text from theme_clusters order by id`);

  // As an older table would have left it.
  await db.execute(sql`update site_settings set value = '"an older one"' where key = 'insights.themes.table'`);
  await db.execute(sql`update theme_clusters set state = jsonb_set(state, '{sum}', (select jsonb_agg(0) from generate_series(1, 128)))`);
  await db.execute(sql`update site_settings set value = jsonb_set(value, '{version}', '1000') where key = 'insights.themes'`);
  await minePosts([(await make.post({ topicId, authorId: (await make.member()).id, body: text("I love my charger.") })).id]);
  const after = await db.execute(sql`select id, group_id, theme_id, size, state::text from theme_clusters where theme_id is not null order by id`);
  expect(JSON.stringify(after)).toBe(JSON.stringify(before));

  await minePosts([(await make.post({ topicId, authorId: (await make.member()).id, body: text("The gateway crashes when I open the calendar app.") })).id]);
  const now = await db.select().from(themes);
  expect(now).toHaveLength(1);
  expect(now[0]).toMatchObject({ id: theme!.id, title: "Gateway and calendar", state: "planned", statementCount: 3, peopleCount: 3 });
});
