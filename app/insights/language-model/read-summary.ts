import { sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { listVisibleCategoryIds } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { stillStanding } from "./summarise.ts";

export type Summary = { sentence: string; titles: string[]; model: string; createdAt: Date };

/** What a language model made of a theme's evidence, for those who may read all of that, as long as all of it stands. */
export async function readSummary(on: Executor, viewer: Viewer, themeId: number): Promise<Summary | null> {
  const visible = await listVisibleCategoryIds(on, viewer);
  const [row] = await on.execute<{ sentence: string; titles: string[]; model: string; createdAt: string }>(sql`
    select su.sentence, su.titles, su.model, su.created_at as "createdAt" from theme_summaries su
    where su.theme_id = ${themeId} and (su.sentence <> '' or su.titles <> '{}')
      and cardinality(su.statement_ids) = (${stillStanding(sql`t.category_id = any(${sql.param(visible)}::bigint[])`)})`);
  return row ? { ...row, createdAt: new Date(row.createdAt) } : null;
}
