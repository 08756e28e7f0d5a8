import { sql, type SQL } from "drizzle-orm";
import { ASKING, visibleCategoryIds } from "#app/core/visibility.ts";

/** Where a list looks: everywhere, in a division, or in a category with all below it. */
export type ListPlace = { divisionId?: number; categoryId?: number };

/** Which of these it is: statements are built for one of them, and given its id as `divisionId` or `categoryId`. */
export type ListScope = "all" | "division" | "category";

export function scopeOf({ divisionId, categoryId }: ListPlace): ListScope {
  if (categoryId) return "category";
  return divisionId ? "division" : "all";
}

/** A query for the ids of the categories in a place that the asking viewer sees, each once. */
export function categoriesInPlace(scope: ListScope): SQL {
  const seen = sql`select distinct seen.category_id as id from ${visibleCategoryIds(ASKING)} as seen (category_id)`;
  if (scope === "category") {
    return sql`with recursive subtree as (
        select id from categories where id = ${sql.placeholder("categoryId")}::bigint
        union select child.id from categories child join subtree on child.parent_id = subtree.id
      ) ${seen} where seen.category_id in (select id from subtree)`;
  }
  if (scope === "division") return sql`${seen} where seen.category_id in (select id from categories where division_id = ${sql.placeholder("divisionId")}::bigint)`;
  return seen;
}
