import { asc, eq, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import type { Executor } from "#db/client.ts";
import { categories, type Category } from "#db/schema/community.ts";

/** Deep enough for any company; shallow enough for a screen. */
export const MAX_DEPTH = 6;

export type Branch = Category & { depth: number };

/** For admins and jobs. @throws NotFoundError */
export async function readCategory(on: Executor, categoryId: number): Promise<Category> {
  const [category] = await on.select().from(categories).where(eq(categories.id, categoryId));
  if (!category) throw new NotFoundError("category");
  return category;
}

/** A division's whole tree for admins, each category before those under it. */
export async function readTree(on: Executor, divisionId: number): Promise<Branch[]> {
  const rows = await on.select().from(categories).where(eq(categories.divisionId, divisionId)).orderBy(asc(categories.position), asc(categories.id));
  return flattened(rows, null, 0);
}

/** The ids of a category and all below it. */
export async function branchIds(on: Executor, categoryId: number): Promise<number[]> {
  const rows = await on.execute<{ id: string }>(sql`
    with recursive branch as (
      select id from categories where id = ${categoryId}
      union all select child.id from categories child join branch on child.parent_id = branch.id
    ) select id from branch order by id`);
  return rows.map(({ id }) => Number(id));
}

/** How many levels stand above a category. */
export async function depthOf(on: Executor, categoryId: number | null): Promise<number> {
  if (categoryId === null) return 0;
  const [row] = await on.execute<{ depth: number }>(sql`
    with recursive line as (
      select id, parent_id from categories where id = ${categoryId}
      union all select above.id, above.parent_id from categories above join line on above.id = line.parent_id
    ) select count(*)::int as depth from line`);
  return row!.depth;
}

function flattened(rows: Category[], parentId: number | null, depth: number): Branch[] {
  return rows.filter((row) => row.parentId === parentId).flatMap((row) => [{ ...row, depth }, ...flattened(rows, row.id, depth + 1)]);
}
