import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { drawSample, SAMPLE_SIZE } from "#app/insights/draw-sample.ts";
import { db } from "#db/client.ts";
import { make } from "#tests/support/make.ts";

/** Statements of a post, of the kinds that `kindOf` (SQL of n) says, numbered with a gap after each. */
async function makeStatements(count: number, { kind, more = {} }: { kind: string; more?: Record<string, string> }): Promise<void> {
  const post = await make.post();
  const [topic] = await db.execute<{ categoryId: string }>(sql`select category_id as "categoryId" from topics where id = ${post.topicId}`);
  const columns = { intent: kind, band: "case when n % 2 = 0 then 'auto' else 'review' end::statement_band", excluded: "null::statement_exclusion", ...more };
  await db.execute(sql`
    insert into statements (id, post_id, topic_id, category_id, author_id, start, "end", revision, text_hash, quote_hash, language, confidence, sentiment, urgency, model_version, created_at, ${sql.raw(Object.keys(columns).join())})
    overriding system value select n * 3, ${post.id}, ${post.topicId}, ${topic!.categoryId}::bigint, ${post.authorId}, n, n + 1, 1, '', '', 'en', 0.9, 'neu', 'normal', 'test', now(), ${sql.raw(Object.values(columns).join())}
    from generate_series(1, ${count}::int) n`);
}

const drawn = () => db.execute<{ id: string; intent: string; week: string }>(sql`select statement_id as id, intent, week::text from sampled_statements order by week, statement_id`);

test("of very many statements some of each kind are drawn by chance, also of one that hardly occurs", { timeout: 60_000 }, async () => {
  await makeStatements(60_000, { kind: "(case when n = 777 then 'churn' when n % 10 = 0 then 'bug' when n % 10 = 1 then 'praise' else 'other' end)::statement_intent" });
  await drawSample(db, new Date("2026-03-18"));
  const first = await drawn();
  await drawSample(db, new Date("2026-03-20"));
  expect(await drawn()).toEqual(first);
  expect(first).toHaveLength(SAMPLE_SIZE);
  const ofKind = (kind: string) => first.filter(({ intent }) => intent === kind);
  expect(ofKind("churn")).toHaveLength(1);
  for (const kind of ["bug", "praise", "other"]) expect(ofKind(kind).length).toBeGreaterThan(4);
  // From all over the place.
  expect(new Set(first.map(({ id }) => Math.floor(Number(id) / 30_000))).size).toBeGreaterThan(3);

  await drawSample(db, new Date("2026-03-25"));
  const both = await drawn();
  expect(both).toHaveLength(2 * SAMPLE_SIZE);
  expect(new Set(both.map(({ id }) => id)).size).toBe(2 * SAMPLE_SIZE);
});

test("what counts for nothing, what the machine does not claim and what people have set right is never drawn", async () => {
  await makeStatements(300, {
    kind: "'bug'::statement_intent",
    more: { excluded: "case when n % 5 = 0 then 'removed' end::statement_exclusion", band: "case when n % 5 = 1 then 'ignore' else 'auto' end::statement_band", corrected: "case when n % 5 = 2 then '{intent}' else '{}' end::label_kind[]" },
  });
  await drawSample(db);
  const numbers = (await drawn()).map(({ id }) => (Number(id) / 3) % 5);
  expect(numbers).toHaveLength(SAMPLE_SIZE);
  expect(numbers.filter((left) => left < 3)).toEqual([]);
});

test("with nothing to draw from nothing is drawn", async () => {
  await drawSample(db);
  expect(await drawn()).toEqual([]);
});
