import { asc, inArray } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { db } from "#db/client.ts";
import { categories, divisions } from "#db/schema/community.ts";
import { listAreas } from "./areas.ts";
import { listAccountNames, listSegments } from "./customer-accounts.ts";

/** What a list of themes can be narrowed to. A division in which the viewer sees nothing is not named. */
export async function readFilterChoices(viewer: Viewer) {
  const seen = db.select({ id: categories.divisionId }).from(categories).where(inArray(categories.id, visibleCategoryIds(viewer)));
  const [places, areas, segments, accounts] = await Promise.all([
    db.select({ id: divisions.id, name: divisions.name }).from(divisions).where(inArray(divisions.id, seen)).orderBy(asc(divisions.position), asc(divisions.id)),
    readAreaTree(),
    listSegments(db),
    listAccountNames(db),
  ]);
  return { divisions: places, areas, segments, accounts };
}

/** Areas as a tree laid flat: each before those under it. */
export async function readAreaTree() {
  const areas = await listAreas(db);
  const under = (parentId: number | null, depth: number): ((typeof areas)[number] & { depth: number })[] =>
    depth > 20 ? [] : areas.filter((area) => area.parentId === parentId).flatMap((area) => [{ ...area, depth }, ...under(area.id, depth + 1)]);
  return under(null, 0);
}
