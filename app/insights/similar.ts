import { sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import type { Executor } from "#db/client.ts";
import { findThemes, type ThemeCard } from "./themes.ts";

/** Larger communities have more clusters; the heaviest are looked through. */
const LOOKED_THROUGH = 4000;
const ALIKE = 0.22;

/** Themes that speak of much the same, the nearest first: for merging and against asking twice. */
export async function similarThemes(on: Executor, viewer: Viewer, themeId: number, limit = 5): Promise<(ThemeCard & { similarity: number })[]> {
  const rows = await on.execute<{ root: string; state: [string, number][] }>(sql`
    select coalesce(t.merged_into_id, t.id) as root, c.state from theme_clusters c join themes t on t.id = c.theme_id order by t.score desc limit ${LOOKED_THROUGH}`);
  const vectors = new Map<number, Map<string, number>>();
  for (const { root, state } of rows) {
    const vector = vectors.get(Number(root)) ?? new Map<string, number>();
    for (const [term, weight] of state) vector.set(term, (vector.get(term) ?? 0) + weight);
    vectors.set(Number(root), vector);
  }
  const own = vectors.get(themeId);
  if (!own) return [];
  const spread = new Map<string, number>();
  for (const vector of vectors.values()) for (const term of vector.keys()) spread.set(term, (spread.get(term) ?? 0) + 1);
  const weighed = (vector: Map<string, number>) => new Map([...vector].map(([term, weight]) => [term, weight * Math.log(1 + vectors.size / spread.get(term)!)]));
  const length = (vector: Map<string, number>) => Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  const mine = weighed(own);
  const near = [...vectors].flatMap(([id, vector]) => {
    if (id === themeId) return [];
    const other = weighed(vector);
    let product = 0;
    for (const [term, weight] of mine) product += weight * (other.get(term) ?? 0);
    const similarity = product / (length(mine) * length(other));
    return similarity >= ALIKE ? [{ id, similarity }] : [];
  }).sort((a, b) => b.similarity - a.similarity || a.id - b.id).slice(0, limit);
  if (near.length === 0) return [];
  const cards = await findThemes(on, viewer, sql`th.id = any(${sql.param(near.map(({ id }) => id))}::bigint[])`, { limit });
  return cards.map((card) => ({ ...card, similarity: near.find(({ id }) => id === card.id)!.similarity })).sort((a, b) => b.similarity - a.similarity);
}
