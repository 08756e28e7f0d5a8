import { sql } from "drizzle-orm";
import { config } from "#app/core/config.ts";
import type { Viewer } from "#app/core/viewer.ts";
import type { Executor } from "#db/client.ts";
import { dot, unit, without } from "./directions.ts";
import { directionIn } from "./theme-meanings.ts";
import { findThemes, type ThemeCard } from "./themes.ts";

/** Larger communities have more; those of the highest score are looked through. */
const LOOKED_THROUGH = 4000;

/** A few themes do not say what all themes here share. */
const FEW = 50;

/**
 * From which likeness on two themes speak of much the same. Measured on 288 halves of the same asks in other words
 * (gold/same-ask.jsonl), all in one community: by meaning 0.38 finds six in ten and is right in one of two, or 0.5 finds five
 * in ten and is right in two of five without what all share left out; by the engine's words 0.35 finds five in ten and is
 * right in one of fourteen.
 */
const ALIKE = { byMeaning: 0.38, byMeaningOfFew: 0.5, byWords: 0.35 };

/** Themes that speak of much the same, the nearest first: for merging and against asking twice. */
export async function similarThemes(on: Executor, viewer: Viewer, themeId: number, limit = 5): Promise<(ThemeCard & { similarity: number })[]> {
  const byMeaning = config.readTwice ? await readMeanings(on) : new Map<number, Float64Array>();
  // A theme of this minute has not been read by the encoder yet.
  const near = byMeaning.has(themeId)
    ? byMeaning.size < FEW ? nearestTo(themeId, byMeaning, ALIKE.byMeaningOfFew, limit) : nearestTo(themeId, apart(byMeaning), ALIKE.byMeaning, limit)
    : nearestTo(themeId, apart(await readSums(on)), ALIKE.byWords, limit);
  if (near.length === 0) return [];
  const cards = await findThemes(on, viewer, sql`th.id = any(${sql.param(near.map(({ id }) => id))}::bigint[])`, { limit });
  return cards.map((card) => ({ ...card, similarity: near.find(({ id }) => id === card.id)!.similarity })).sort((a, b) => b.similarity - a.similarity);
}

async function readMeanings(on: Executor): Promise<Map<number, Float64Array>> {
  const rows = await on.execute<{ id: string; direction: Buffer }>(sql`
    select m.theme_id as id, m.direction from theme_meanings m join themes t on t.id = m.theme_id where t.merged_into_id is null order by t.score desc nulls last limit ${LOOKED_THROUGH}`);
  return new Map(rows.map(({ id, direction }) => [Number(id), directionIn(Buffer.from(direction))]));
}

async function readSums(on: Executor): Promise<Map<number, Float64Array>> {
  const rows = await on.execute<{ root: string; sum: number[] }>(sql`
    select coalesce(t.merged_into_id, t.id) as root, c.state->'sum' as sum from theme_clusters c join themes t on t.id = c.theme_id order by t.score desc limit ${LOOKED_THROUGH}`);
  const sums = new Map<number, Float64Array>();
  for (const { root, sum } of rows) {
    const all = sums.get(Number(root)) ?? new Float64Array(sum.length);
    sum.forEach((value, at) => (all[at]! += value));
    sums.set(Number(root), all);
  }
  return sums;
}

/** Each without what all share: that tells none from another. */
function apart(sums: Map<number, Float64Array>): Map<number, Float64Array> {
  const directions = [...sums].map(([id, sum]) => [id, unit(sum)] as const);
  const total = new Float64Array(directions[0]?.[1].length ?? 0);
  for (const [, one] of directions) for (let at = 0; at < total.length; at++) total[at]! += one[at]!;
  const shared = unit(total);
  return new Map(directions.map(([id, one]) => [id, without(one, shared)]));
}

function nearestTo(themeId: number, all: Map<number, Float64Array>, alike: number, limit: number): { id: number; similarity: number }[] {
  const own = all.get(themeId);
  if (!own) return [];
  const mine = unit(own);
  return [...all]
    .flatMap(([id, one]) => (id === themeId ? [] : [{ id, similarity: dot(mine, unit(one)) }]))
    .filter(({ similarity }) => similarity >= alike)
    .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
    .slice(0, limit);
}
