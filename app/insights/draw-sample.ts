import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { intents, type Intent } from "./mining/kinds.ts";
import { randomFrom } from "./training/random.ts";
import { mondayOf } from "./weeks.ts";

/** How many statements a week are judged to know how often the machine is right. Ten minutes of one person. */
export const SAMPLE_SIZE = 20;
/** So many numbers are tried at random: enough that all but the rarest kinds are met, however many statements there are. */
const TRIED = 4000;
/** Of a kind that was met less often than that, some are looked for. */
const OF_EACH = 2;

type Drawn = { id: string; intent: Intent };

/**
 * Draws the week's statements, by chance and not by how they look: a few of each kind the machine claims. The same week
 * draws the same ones of the same statements. Safe to repeat. Numbers are tried, because putting millions of statements in
 * a random order takes longer than any question to the database may.
 */
export async function drawSample(on: Executor, now = new Date()): Promise<void> {
  const week = mondayOf(now);
  const [state] = await on.execute<{ first: string | null; last: string | null; isDrawn: boolean }>(sql`
    select min(id) as first, max(id) as last, exists (select from sampled_statements where week = ${week}::date) as "isDrawn" from statements`);
  if (state!.isDrawn || state!.first === null) return;
  const random = randomFrom(Date.parse(week) / 1000);
  const [first, last] = [Number(state!.first), Number(state!.last)];
  const numbers = new Set(Array.from({ length: TRIED }, () => first + Math.floor(random() * (last - first + 1))));
  const met = await on.execute<Drawn>(sql`select s.id, s.intent from statements s where s.id = any(${sql.param([...numbers])}::bigint[]) and ${mayBeDrawn} order by s.id`);
  const byKind = new Map(intents.map((intent) => [intent, met.filter((one) => one.intent === intent)]));
  for (const [intent, those] of byKind) if (those.length < OF_EACH) byKind.set(intent, await seek(on, intent, week));
  const ids = inTurn([...byKind.values()], random).slice(0, SAMPLE_SIZE).map(({ id }) => Number(id));
  await on.execute(sql`
    insert into sampled_statements (week, statement_id, intent, band, confidence, model_version)
    select ${week}::date, id, intent, band, confidence, model_version from statements where id = any(${sql.param(ids)}::bigint[])
    on conflict do nothing`);
}

/** What was drawn and not judged yet stands as the machine has it after a second reading: that is what counts, and is to be measured. */
export async function followReading(on: Executor, postIds: number[]): Promise<void> {
  await on.execute(sql`
    update sampled_statements drawn set intent = s.intent, band = s.band, confidence = s.confidence from statements s
    where s.post_id = any(${sql.param(postIds)}::bigint[]) and drawn.statement_id = s.id and drawn.judged_at is null and s.corrected = '{}'`);
}

/** Claimed by the machine and touched by nobody, so that it says how often the machine is right. */
const mayBeDrawn = sql`s.excluded is null and s.band in ('auto', 'review') and s.captured_by_id is null and s.corrected = '{}'
  and not exists (select from sampled_statements before where before.statement_id = s.id)`;

/** Some of a kind that hardly occurs. */
function seek(on: Executor, intent: Intent, week: string): Promise<Drawn[]> {
  return on.execute<Drawn>(sql`
    select s.id, s.intent from statements s where s.intent = ${intent} and ${mayBeDrawn}
    order by hashint8extended(s.id, ${Date.parse(week)}::bigint) limit ${OF_EACH}`) as Promise<Drawn[]>;
}

/** One of each kind, then a second of each, and so on; which of a kind, and in which order the kinds come, is chance. */
function inTurn(kinds: Drawn[][], random: () => number): Drawn[] {
  const shuffled = (list: Drawn[]) => list.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at);
  const ranked = kinds.flatMap((list) => shuffled(list).map(({ one, at }, nth) => ({ one, at, nth })));
  return ranked.sort((a, b) => a.nth - b.nth || a.at - b.at).map(({ one }) => one);
}
