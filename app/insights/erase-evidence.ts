import { sql } from "drizzle-orm";
import type { Evidence } from "#app/forums/purge/erased.ts";
import { saysErased, type ErasedWords } from "#app/forums/purge/erased-words.ts";
import type { Tx } from "#db/client.ts";
import { learnSoon } from "./learning/learn.ts";
import { refreshThemes } from "./refresh-themes.ts";
import { forgetEngine, lockMining, rebuildClusters } from "./theme-keeper.ts";
import { themeWords } from "./themes/words.ts";

/**
 * Erases what was mined from posts whose words were erased: their statements with all that people said of these, what
 * themes remember of them, names that people gave to themes in these words, and what was learnt from them.
 */
export const evidence: Evidence = {
  hold: lockMining,
  async erase(tx, { postIds, words }) {
    const gone = await tx.execute<{ id: string; themeId: string | null; clusterId: string | null; isLabelled: boolean }>(sql`
      select s.id, s.theme_id as "themeId", s.cluster_id as "clusterId", exists (select from statement_labels l where l.statement_id = s.id) as "isLabelled"
      from statements s where s.post_id = any(${sql.param(postIds)}::bigint[])`);
    const themeIds = idsOf(gone.map(({ themeId }) => themeId));
    await tx.execute(sql`delete from theme_summaries where statement_ids && ${sql.param(idsOf(gone.map(({ id }) => id)))}::bigint[]`);
    await tx.execute(sql`delete from statements where post_id = any(${sql.param(postIds)}::bigint[])`);
    await tx.execute(sql`delete from mined_posts where post_id = any(${sql.param(postIds)}::bigint[])`);
    await rebuildClusters(tx, idsOf(gone.map(({ clusterId }) => clusterId)));
    await forgetWords(tx, words);
    const themeNames = await eraseNames(tx, words);
    if (gone.some(({ isLabelled }) => isLabelled)) {
      await erasePhrases(tx, words);
      await learnSoon(tx);
    }
    await refreshThemes(tx, themeIds);
    return { statements: gone.length, themeNames };
  },
};

/** A theme that a person named in these words is called by those of its other statements. Its log says that it was renamed, and no more. */
async function eraseNames(tx: Tx, words: ErasedWords): Promise<number> {
  const renamed = await tx.execute(sql`update themes set title = null where title is not null and ${saysErased(sql`title`, words)} returning id`);
  await tx.execute(sql`delete from theme_summaries where ${saysErased(sql`(sentence || ' ' || array_to_string(titles, ' '))`, words)}`);
  await tx.execute(sql`
    update theme_events set "from" = null, "to" = null where kind in ('title', 'created', 'split', 'captured') and ${saysErased(sql`concat_ws(' ', "from", "to")`, words)}`);
  return renamed.length;
}

/** How often words are said, which the engine of themes counts: those that nobody else says are forgotten. */
async function forgetWords(tx: Tx, { words }: ErasedWords): Promise<void> {
  const known = [...new Set(words.flatMap((word) => [word, ...themeWords(word)]))];
  if (known.length === 0) return;
  const without = sql`coalesce((select jsonb_agg(pair) from jsonb_array_elements(value->'words') pair where pair->>0 <> all(${sql.param(known)}::text[])), '[]')`;
  await tx.execute(sql`update site_settings set value = jsonb_set(value, '{words}', ${without}) where key = 'insights.themes.sense'`);
  await forgetEngine(tx);
}

/** Words of an area of the product that were learnt from corrections. */
async function erasePhrases(tx: Tx, words: ErasedWords): Promise<void> {
  await tx.execute(sql`
    update learned_models set phrases = coalesce((select jsonb_agg(phrase) from jsonb_array_elements(phrases) phrase where not ${saysErased(sql`(phrase->>'words')`, words)}), '[]')
    where kind = 'area' and phrases <> '[]'`);
}

function idsOf(ids: (string | null)[]): number[] {
  return [...new Set(ids.flatMap((id) => (id === null ? [] : [Number(id)])))];
}
