import { setTimeout } from "node:timers/promises";
import { eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { shared } from "#app/core/shared.ts";
import { db, type Executor } from "#db/client.ts";
import { miningRuns } from "#db/schema/insights.ts";
import { activeModel, activeVersion, shippedModel } from "./active-model.ts";
import { readGlossary } from "./areas.ts";
import { drawSample } from "./draw-sample.ts";
import { isUnread, mineUncounted, readerOf } from "./mine-posts.ts";
import { readAhead, type ReadAhead } from "./read-ahead.ts";
import { canReadTwice, readTwiceSoon } from "./read-twice-soon.ts";
import { countUncounted, leaveUncounted, refreshThemes } from "./refresh-themes.ts";
import { lockMining } from "./theme-keeper.ts";

/** Posts in one transaction: enough for rows to go in together, few enough that others need not wait for long. */
const BATCH = 400;
/** Themes counted in one transaction. */
const COUNTED_AT_ONCE = 300;
/** Then the job makes room for others and asks for itself again. */
const MOST_SECONDS = 20;

/** Reads all posts that were not read, or by an older reader, a stretch at a time, going on where it stopped. */
export const mineAll = defineJob({
  name: "insights.mine-all",
  input: z.object({ runId: z.number() }),
  maxAttempts: 25,
  async run({ runId }) {
    const until = Date.now() + MOST_SECONDS * 1000;
    while (Date.now() < until) {
      const start = performance.now();
      if (await mineNextBatch(runId)) return;
      // Half of the time is for those who are here: a run over a large community takes long either way.
      await setTimeout(performance.now() - start);
    }
    await countNew();
    await enqueue(db, mineAll, { runId }, { key: runId });
  },
});

/**
 * Asks for a run, unless every post has been read by the present reader. A run that is under way begins anew where the
 * reader has changed since. Answers its number, or null when there is nothing to do.
 */
export async function mineEverything(on: Executor, reason: string, startedById: number | null = null): Promise<number | null> {
  const version = await activeVersion(on);
  if (version === null) return null;
  const reader = readerOf(version, await readGlossary(on));
  const [last] = await on.execute<{ id: string }>(sql`
    select p.id from posts p join topics t on t.id = p.topic_id join categories c on c.id = t.category_id and c.read_for_feedback
    left join mined_posts m on m.post_id = p.id where p.id > ${reason === "start" ? await readUpTo(on, reader) : 0} and ${isUnread(reader)}
      -- The opening of a talk is never read: it says what the talk is about.
      and (p.number > 1 or num_nonnulls(t.article_id, t.page_id) = 0) order by p.id desc limit 1`);
  if (!last) {
    await noteAllRead(on, reader);
    return null;
  }
  const [run] = await on.execute<{ id: string }>(sql`
    insert into mining_runs (model_version, reason, until, started_by_id) values (${reader}, ${reason}, ${Number(last.id)}, ${startedById}::bigint)
    on conflict ((true)) where finished_at is null do update set
      cursor = case when mining_runs.model_version = excluded.model_version then mining_runs.cursor else 0 end,
      model_version = excluded.model_version, until = greatest(mining_runs.until, excluded.until)
    returning id`);
  const runId = Number(run!.id);
  await enqueue(on, mineAll, { runId }, { key: runId });
  return runId;
}

/**
 * Up to which post the last run of this reader has read: at each start only those after it are looked at. What changes
 * among the others, or comes to be read, asks for its own reading.
 */
async function readUpTo(on: Executor, reader: string): Promise<number> {
  const [run] = await on.execute<{ until: string; isCurrent: boolean }>(sql`select until, finished_at is not null and model_version = ${reader} as "isCurrent" from mining_runs order by id desc limit 1`);
  return run?.isCurrent ? Number(run.until) : 0;
}

async function noteAllRead(on: Executor, reader: string): Promise<void> {
  await on.execute(sql`
    update mining_runs set until = greatest(until, (select max(post_id) from mined_posts))
    where id = (select max(id) from mining_runs) and finished_at is not null and model_version = ${reader}`);
}

/** What was read ahead of its turn; good for whoever comes next in this process, if anybody. */
const memory = shared("insights.read-ahead", () => ({ held: null as ReadAhead | null }));

/** Reads the next stretch, its place and its statements in one transaction. Answers whether the run is done. */
export async function mineNextBatch(runId: number, batch = BATCH): Promise<boolean> {
  if (!shippedModel()) return true;
  let next: Promise<ReadAhead> | null = null;
  const before = memory.held;
  memory.held = null;
  try {
    return await db.transaction(async (tx) => {
      await lockMining(tx);
      const model = (await activeModel(tx))!;
      const [run] = await tx.select().from(miningRuns).where(eq(miningRuns.id, runId));
      if (!run || run.finishedAt) return true;
      const glossary = await readGlossary(tx);
      const reader = readerOf(model.facts.version, glossary);
      const rows = await tx.execute<{ id: string; isDue: boolean }>(sql`
        select p.id, ${isUnread(reader)} as "isDue" from posts p left join mined_posts m on m.post_id = p.id
        where p.id > ${run.cursor} and p.id <= ${run.until} order by p.id limit ${batch}`);
      const isRead = rows.length < batch;
      if (!isRead) next = readAhead(model, glossary, reader, { after: Number(rows.at(-1)!.id), until: run.until, most: batch });
      const { statements, themeIds } = await mineUncounted(tx, model, rows.filter(({ isDue }) => isDue).map(({ id }) => Number(id)), before);
      await leaveUncounted(tx, themeIds);
      if (fillsFast(run.postCount / batch)) await tx.execute(sql`analyze statements, theme_clusters, mined_posts`);
      // Themes are counted when all is read: counting a large one with each stretch would take longer than reading.
      const isDone = isRead && !(await countUncounted(tx, COUNTED_AT_ONCE));
      await tx
        .update(miningRuns)
        .set({
          cursor: isRead ? run.until : Number(rows.at(-1)!.id), updatedAt: sql`now()`, finishedAt: isDone ? sql`now()` : null,
          postCount: run.postCount + rows.length, statementCount: run.statementCount + statements,
        })
        .where(eq(miningRuns.id, runId));
      // With everything read there is something to measure, from the first day.
      if (isDone) {
        await drawSample(tx);
        if (canReadTwice(model)) await readTwiceSoon(tx);
      }
      return isDone;
    });
  } finally {
    // When the lock is let go, so that nobody who waits for it with a connection keeps us from ours. Nothing runs on after us.
    memory.held = await next;
  }
}

/** At the 2nd, 8th, 32nd stretch and so on: a database that does not know how full its tables have become looks through all of them. */
function fillsFast(stretch: number): boolean {
  return Number.isInteger(Math.log2(stretch / 2) / 2);
}

/** Those who wait for a long run see meanwhile what it has found. */
async function countNew(): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMining(tx);
    const rows = await tx.execute<{ id: string }>(sql`select id from themes where scored_on is null and merged_into_id is null and statement_count = 0 order by id limit ${COUNTED_AT_ONCE}`);
    await refreshThemes(tx, rows.map(({ id }) => Number(id)));
  });
}

/** How far a run is that has not ended, for those who wait for it. */
export async function readRun(on: Executor) {
  const [run] = await on.select().from(miningRuns).where(isNull(miningRuns.finishedAt));
  return run ?? null;
}
