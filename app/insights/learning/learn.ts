import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { inThread } from "#app/core/thread.ts";
import { db, type Tx } from "#db/client.ts";
import { learnedModels, type LearnedModel } from "#db/schema/insights.ts";
import { shippedModel } from "../active-model.ts";
import { listAreas } from "../areas.ts";
import { mineEverything } from "../mine-everything.ts";
import type { Model } from "../mining/model.ts";
import { textHash } from "../text-hash.ts";
import { canReadTwice } from "../read-twice-soon.ts";
import { FEWEST_LABELS, type Lesson } from "../training/learn-from.ts";
import { plainSentences } from "../training/plain-sentences.ts";
import { countRight } from "./count-right.ts";
import { readAreaCorrections, readIntentCorrections, type IntentCorrection } from "./corrections.ts";
import { GLOSSARY, packWeights, unpackWeights } from "./learned-layer.ts";
import { FEWEST_AREA_LABELS, learnPhrases } from "./learn-phrases.ts";
import { scoresOfIntents, scoresOfPhrases } from "./scores.ts";
import { keepsItsSenses, writtenPosts } from "./senses.ts";
import { withEmbeddings } from "./with-embeddings.ts";

/** Raised when learning itself changes, so that the same corrections are weighed again. */
const LEARNER = 7;
/** After someone has gone back, so many more corrections must be there before anything new is taken. */
export const MORE_AFTER_GOING_BACK = 20;
/** So many corrections must have come since before they can speak against what is in use. */
const ENOUGH_SINCE = 15;
/** Whoever judges goes on judging: learning waits until they pause. */
const PAUSE_SECONDS = 300;

/**
 * Learns from all that people have said of statements. What was learnt is taken only if it tells corrections that were
 * held back better than the shipped model does, and does not lose what everybody agrees on; then all posts are read
 * again. The same corrections change nothing. Nightly, and when people have corrected something.
 */
export const learn = defineJob({
  name: "insights.learn",
  input: z.looseObject({}),
  maxAttempts: 5,
  async run() {
    await learnIntents();
    await learnAreas();
  },
});

/** Asks for it in the caller's transaction. Asked again before it began, it waits anew. */
export function learnSoon(tx: Tx): Promise<void> {
  return enqueue(tx, learn, {}, { key: "all", delaySeconds: PAUSE_SECONDS });
}

async function learnIntents(): Promise<void> {
  const shipped = shippedModel();
  if (!shipped) return;
  const base = shipped.facts.version;
  const corrections = await readIntentCorrections(db);
  const version = versionOf(base, [canReadTwice(shipped), corrections.map(({ statementId, intent, text, title }) => [statementId, intent, text, title])]);
  const { current, isWeighed } = await readState("intent", base, version, corrections.length);
  if (current && current.version !== version && (await speaksAgainst(shipped, current, corrections))) await retire(current.id, "worse_since");
  // What it was learnt from has been removed or erased, and what was learnt goes with it.
  if (corrections.length < FEWEST_LABELS) return current ? retire(current.id, "labels_gone") : undefined;
  if (isWeighed) return;
  const lesson = await inThread<Lesson>("app/insights/learning/lesson-thread.ts", { shipped, corrections: await withEmbeddings(shipped, corrections), plain: await withEmbeddings(shipped, plainSentences) });
  const senses = lesson.local ? await keepsItsSenses(shipped, { ...shipped, local: lesson.local }) : null;
  const isTaken = lesson.local !== null && senses!.isKept;
  await keep({
    kind: "intent", baseVersion: base, version, labelCount: corrections.length, scores: scoresOfIntents(lesson, senses), weights: isTaken ? packWeights(lesson.local!) : Buffer.alloc(0),
    refusal: isTaken ? null : senses ? "loses_sense" : "no_better",
  });
}

async function learnAreas(): Promise<void> {
  const areas = await listAreas(db);
  const corrections = await readAreaCorrections(db);
  const version = versionOf(GLOSSARY, [areas.map(({ id, name, synonyms }) => [id, name, synonyms]), corrections.map(({ statementId, areaId, text }) => [statementId, areaId, text])]);
  const { current, isWeighed } = await readState("area", GLOSSARY, version, corrections.length);
  if (corrections.length < FEWEST_AREA_LABELS) return current ? retire(current.id, "labels_gone") : undefined;
  if (isWeighed) return;
  const lesson = learnPhrases(areas, corrections, writtenPosts().map(({ title, text }) => `${title}\n${text}`));
  await keep({ kind: "area", baseVersion: GLOSSARY, version, labelCount: corrections.length, scores: scoresOfPhrases(lesson), phrases: lesson.phrases, refusal: lesson.outcome === "taken" ? null : "no_better" });
}

/** What is in use, and whether there is nothing to learn now: these corrections were weighed before, or somebody went back not long ago. */
async function readState(kind: LearnedModel["kind"], base: string, version: string, labelCount: number) {
  const ofBase = and(eq(learnedModels.kind, kind), eq(learnedModels.baseVersion, base));
  const [current] = await db.select().from(learnedModels).where(and(ofBase, isNotNull(learnedModels.activeFrom), isNull(learnedModels.retiredAt))).orderBy(desc(learnedModels.id)).limit(1);
  const known = await db.$count(learnedModels, eq(learnedModels.version, version));
  const wentBack = await db.$count(learnedModels, and(ofBase, eq(learnedModels.retiredWhy, "by_hand"), sql`${learnedModels.labelCount} > ${labelCount - MORE_AFTER_GOING_BACK}`));
  return { current, isWeighed: known > 0 || wentBack > 0 };
}

/** What people said since it was taken: whether the shipped model would have told that better. */
async function speaksAgainst(shipped: Model, current: LearnedModel, corrections: IntentCorrection[]): Promise<boolean> {
  const said = corrections.filter(({ at }) => at > current.activeFrom!.getTime());
  if (said.length < ENOUGH_SINCE) return false;
  const since = await withEmbeddings(shipped, said);
  return (await countRight({ ...shipped, local: unpackWeights(current.weights) }, since)) < (await countRight(shipped, since));
}

async function keep({ refusal, ...values }: Omit<typeof learnedModels.$inferInsert, "activeFrom">): Promise<void> {
  await db.transaction(async (tx) => {
    const [made] = await tx.insert(learnedModels).values({ ...values, refusal, activeFrom: refusal ? null : new Date() }).onConflictDoNothing().returning({ id: learnedModels.id });
    if (!made || refusal) return;
    // Those before stay for whoever wants to go back; not all of them for ever.
    await tx.execute(sql`delete from learned_models where id in (select id from learned_models where kind = ${values.kind}::learned_kind order by id desc offset 20)`);
    await mineEverything(tx, "learned");
  });
}

async function retire(id: number, why: "worse_since" | "labels_gone"): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(learnedModels).set({ retiredAt: sql`now()`, retiredWhy: why }).where(eq(learnedModels.id, id));
    await mineEverything(tx, "learned");
  });
}

function versionOf(base: string, corrections: unknown): string {
  return textHash(JSON.stringify([LEARNER, base, corrections])).slice(0, 12);
}
