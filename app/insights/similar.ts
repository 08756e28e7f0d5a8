import { sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import type { Executor } from "#db/client.ts";
import { findThemes, type ThemeCard } from "./themes.ts";

/** Larger communities have more clusters; those of the heaviest themes are looked through. */
const LOOKED_THROUGH = 4000;
/** Much the same, though not enough for the engine to join them on its own. */
const ALIKE = 0.35;

/** Themes that speak of much the same, the nearest first: for merging and against asking twice. */
export async function similarThemes(on: Executor, viewer: Viewer, themeId: number, limit = 5): Promise<(ThemeCard & { similarity: number })[]> {
  const rows = await on.execute<{ root: string; sum: number[] }>(sql`
    select coalesce(t.merged_into_id, t.id) as root, c.state->'sum' as sum from theme_clusters c join themes t on t.id = c.theme_id order by t.score desc limit ${LOOKED_THROUGH}`);
  const sums = new Map<number, Float64Array>();
  for (const { root, sum } of rows) {
    const all = sums.get(Number(root)) ?? new Float64Array(sum.length);
    sum.forEach((value, at) => (all[at]! += value));
    sums.set(Number(root), all);
  }
  const own = sums.get(themeId);
  if (!own) return [];
  // What all themes share tells none from another.
  const directions = new Map([...sums].map(([id, sum]) => [id, unit(sum)]));
  const shared = unit([...directions.values()].reduce((all, one) => all.map((value, at) => value + one[at]!), new Float64Array(own.length)));
  const apart = (direction: Float64Array) => unit(direction.map((value, at) => value - dot(direction, shared) * shared[at]!));
  const mine = apart(directions.get(themeId)!);
  const near = [...directions]
    .flatMap(([id, direction]) => (id === themeId ? [] : [{ id, similarity: dot(mine, apart(direction)) }]))
    .filter(({ similarity }) => similarity >= ALIKE)
    .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
    .slice(0, limit);
  if (near.length === 0) return [];
  const cards = await findThemes(on, viewer, sql`th.id = any(${sql.param(near.map(({ id }) => id))}::bigint[])`, { limit });
  return cards.map((card) => ({ ...card, similarity: near.find(({ id }) => id === card.id)!.similarity })).sort((a, b) => b.similarity - a.similarity);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}
