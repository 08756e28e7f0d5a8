import { and, asc, eq, or } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { rightsOf } from "#app/core/visibility.ts";
import type { Executor } from "#db/client.ts";
import { categories, divisions } from "#db/schema/community.ts";

/** Where a viewer could have started a topic, and where it is now: the places it can be moved to. */
export function listPlacesFor(on: Executor, viewer: Viewer, presentId: number) {
  const rights = rightsOf(viewer);
  return on
    .select({ id: categories.id, name: categories.name, division: divisions.name, allowedKinds: categories.allowedKinds })
    .from(categories)
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .innerJoin(rights, and(eq(rights.categoryId, categories.id), or(eq(rights.level, "create"), eq(categories.id, presentId))))
    .where(eq(categories.holds, "topics"))
    .orderBy(asc(divisions.position), asc(divisions.name), asc(categories.position), asc(categories.name));
}
