import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";

/** Deep enough for any handbook; shallow enough for a screen. */
export const MAX_DEPTH = 8;

/** On how many levels a page stands, its own included. */
export async function depthOf(on: Executor, pageId: number): Promise<number> {
  return (await lineOf(on, pageId)).length;
}

/** A page's id and those above it, from the top down. */
export async function lineOf(on: Executor, pageId: number): Promise<number[]> {
  const rows = await on.execute<{ id: string }>(sql`
    with recursive line as (
      select id, parent_id, 1 as step from pages where id = ${pageId}
      union all select above.id, above.parent_id, line.step + 1 from pages above join line on above.id = line.parent_id where line.step < 50
    ) select id from line order by step desc`);
  return rows.map(({ id }) => Number(id));
}

/** A page and all below it, be they hidden or removed, with how far below each is. */
export async function branchOf(on: Executor, pageId: number): Promise<{ id: number; depth: number; isRemoved: boolean }[]> {
  const rows = await on.execute<{ id: string; depth: number; isRemoved: boolean }>(sql`
    with recursive branch as (
      select id, 1 as depth, removed_at from pages where id = ${pageId}
      union all select child.id, branch.depth + 1, child.removed_at from pages child join branch on child.parent_id = branch.id where branch.depth < 50
    ) select id, depth, removed_at is not null as "isRemoved" from branch order by depth, id`);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}
