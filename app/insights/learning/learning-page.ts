import { desc, eq, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { learnedModels, type LearnedModel } from "#db/schema/insights.ts";
import { canConfigure, requireInsights } from "../access.ts";
import { shippedModel } from "../active-model.ts";
import { mineEverything } from "../mine-everything.ts";
import { FEWEST_LABELS } from "../training/learn-from.ts";
import { GLOSSARY } from "./learned-layer.ts";
import { FEWEST_AREA_LABELS } from "./learn-phrases.ts";
import { classesIn } from "./scores.ts";

const SHOWN = 6;

export type LearnedEntry = ReturnType<typeof entryOf>;

/** What corrections have taught so far: what is in use, what was not taken and why, and how many corrections there are. */
export async function readLearning(on: Executor) {
  const base = shippedModel()?.facts.version ?? "";
  const { id, kind, baseVersion, version, labelCount, scores, phrases, activeFrom, refusal, retiredAt, retiredWhy, createdAt } = learnedModels;
  const rows = await on
    .select({ id, kind, baseVersion, version, labelCount, scores, phrases, activeFrom, refusal, retiredAt, retiredWhy, createdAt })
    .from(learnedModels)
    .where(sql`${baseVersion} in (${base}, ${GLOSSARY})`)
    .orderBy(desc(learnedModels.id))
    .limit(40);
  const [counts] = await on.execute<{ intent: number; area: number }>(sql`
    select count(distinct statement_id) filter (where kind = 'intent')::int as intent, count(distinct statement_id) filter (where kind = 'area')::int as area from statement_labels`);
  const of = (wanted: LearnedModel["kind"], count: number, fewest: number) => {
    const own = rows.filter((row) => row.kind === wanted);
    const inUse = own.find((row) => row.activeFrom && !row.retiredAt);
    return { count, fewest, inUse: inUse ? entryOf(inUse) : null, latest: own[0] ? entryOf(own[0]) : null, entries: own.slice(0, SHOWN).map(entryOf) };
  };
  return { intents: of("intent", counts!.intent, FEWEST_LABELS), areas: of("area", counts!.area, FEWEST_AREA_LABELS) };
}

function entryOf({ id, version, labelCount, scores, phrases, activeFrom, refusal, retiredAt, retiredWhy, createdAt }: Omit<LearnedModel, "weights" | "retiredById" | "kind" | "baseVersion">) {
  const { held = 0, before = 0, after = 0, sensesBefore, sensesAfter } = scores;
  return { id, version, labelCount, held, before, after, sensesBefore, sensesAfter, phrases, classes: classesIn(scores), isTaken: activeFrom !== null, refusal: refusal as "no_better" | "loses_sense" | null, retiredAt, retiredWhy, createdAt };
}

/**
 * Stops using what was learnt; the one before it, or the shipped model, is used again and all posts are read with that.
 *
 * @throws ForbiddenError for whoever may not configure insights
 * @throws NotFoundError when it is not in use
 */
export function goBack(actor: Member, learnedId: number): Promise<void> {
  return db.transaction(async (tx) => {
    requireInsights(actor);
    enforce(canConfigure(actor));
    const [gone] = await tx
      .update(learnedModels)
      .set({ retiredAt: sql`now()`, retiredWhy: "by_hand", retiredById: actor.id })
      .where(sql`${eq(learnedModels.id, learnedId)} and ${learnedModels.activeFrom} is not null and ${learnedModels.retiredAt} is null`)
      .returning({ version: learnedModels.version });
    if (!gone) throw new NotFoundError("model");
    await audit(tx, { actorId: actor.id, action: "insights.learning_undone", target: `learned-model:${learnedId}`, detail: { version: gone.version } });
    await mineEverything(tx, "learned", actor.id);
  });
}
