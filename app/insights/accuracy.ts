import { sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { activeModel } from "./active-model.ts";
import { readGlossary } from "./areas.ts";
import { SAMPLE_SIZE } from "./draw-sample.ts";
import { intents, type Intent } from "./mining/kinds.ts";
import type { Model } from "./mining/model.ts";
import { readerOf } from "./mine-posts.ts";
import { canReadTwice } from "./read-twice-soon.ts";
import { readQuotes } from "./quotes.ts";
import { mondayOf } from "./weeks.ts";
import { wilsonInterval } from "./wilson.ts";

/** The week's statements that nobody has judged yet, as far as the viewer may read them, with how many are done. */
export async function readQueue(viewer: Viewer, now = new Date()) {
  const week = mondayOf(now);
  const quotes = await readQuotes(db, viewer, { where: sql`s.id in (select statement_id from sampled_statements where week = ${week}::date and judged_at is null)`, orderBy: sql`s.id`, limit: SAMPLE_SIZE });
  const [row] = await db.execute<{ judged: number; all: number }>(sql`select count(judged_at)::int as judged, count(*)::int as all from sampled_statements where week = ${week}::date`);
  return { week, quotes: quotes.filter(({ gone }) => gone === null), judged: row!.judged, all: row!.all };
}

export type ClassFigure = { intent: Intent; claimed: number; right: number; precision: ReturnType<typeof wilsonInterval>; missed: number };

/** How many may count without a person is asked of so many: counting millions would take seconds, and what is new tells more of the present model. */
const NEWEST = 10_000;

/** How often the machine was right, by what people said of the samples. Corrections of what looked wrong are left out: they would flatter nobody. */
export async function readAccuracy(on: Executor) {
  const rows: { intent: Intent; truth: Intent; band: string; count: number }[] = await on.execute<{ intent: Intent; truth: Intent; band: string; count: number }>(sql`
    select intent, truth, band, count(*)::int as count from sampled_statements where truth is not null group by 1, 2, 3`);
  const matrix = new Map<string, number>();
  for (const { intent, truth, count } of rows) matrix.set(`${intent}:${truth}`, (matrix.get(`${intent}:${truth}`) ?? 0) + count);
  const at = (claimed: Intent, truth: Intent) => matrix.get(`${claimed}:${truth}`) ?? 0;
  const classes: ClassFigure[] = intents.map((intent) => {
    const claimed = intents.reduce((sum, truth) => sum + at(intent, truth), 0);
    const right = at(intent, intent);
    return { intent, claimed, right, precision: wilsonInterval(right, claimed), missed: intents.reduce((sum, other) => sum + (other === intent ? 0 : at(other, intent)), 0) };
  });
  const sure = rows.filter(({ band }) => band === "auto");
  const total = (list: typeof rows) => list.reduce((sum, { count }) => sum + count, 0);
  const [newest] = await on.execute<{ statements: number; sure: number }>(sql`
    select count(*)::int as statements, count(*) filter (where band = 'auto')::int as sure
    from (select band from statements where excluded is null order by created_at desc, id desc limit ${NEWEST}) newest`);
  const model = await activeModel(on);
  return {
    classes,
    matrix: intents.map((claimed) => intents.map((truth) => at(claimed, truth))),
    judged: total(rows),
    all: wilsonInterval(total(rows.filter(({ intent, truth }) => intent === truth)), total(rows)),
    auto: wilsonInterval(total(sure.filter(({ intent, truth }) => intent === truth)), total(sure)),
    ...newest!,
    model: modelFacts(model),
    waiting: await readWaiting(on, model),
  };
}

function modelFacts(model: Model | null) {
  const facts = model?.facts;
  if (!model || !facts) return null;
  return { version: facts.version, trainedAt: facts.trainedAt, trainedOn: facts.trainedOn, measured: (canReadTwice(model) && facts.measuredTwice) || facts.measured };
}

/** So many posts that wait are counted, and no more: their number is told, not needed. */
const MOST_COUNTED = 10_000;

/** How many posts wait for their second reading; null where posts are read once. */
async function readWaiting(on: Executor, model: Model | null): Promise<number | null> {
  if (!model || !canReadTwice(model)) return null;
  const reader = readerOf(model.facts.version, await readGlossary(on));
  const [row] = await on.execute<{ count: number }>(sql`select count(*)::int as count from (select from mined_posts where model_version = ${reader} limit ${MOST_COUNTED}) waiting`);
  return row!.count;
}
