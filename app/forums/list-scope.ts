import { sql, type SQL } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";

/** Where a list looks: everywhere, in a division, or in a category with all below it. */
export type ListPlace = { divisionId?: number; categoryId?: number };

/** A query for the ids of the categories in a place that the viewer sees, each once. */
export function categoriesInPlace(viewer: Viewer, { divisionId, categoryId }: ListPlace): SQL {
  const seen = sql`select distinct seen.category_id as id from ${visibleCategoryIds(viewer)} as seen (category_id)`;
  if (categoryId) {
    return sql`with recursive subtree as (
        select id from categories where id = ${categoryId}
        union select child.id from categories child join subtree on child.parent_id = subtree.id
      ) ${seen} where seen.category_id in (select id from subtree)`;
  }
  if (divisionId) return sql`${seen} where seen.category_id in (select id from categories where division_id = ${divisionId})`;
  return seen;
}
