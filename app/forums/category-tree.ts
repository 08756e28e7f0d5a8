import { and, asc, eq, sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { canTakePart } from "#app/core/taking-part.ts";
import { ASKING, rightsOf, seeingOf } from "#app/core/visibility.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categories, divisions, type Category } from "#db/schema/community.ts";
import { canCreateTopic } from "./policy.ts";

/** What stands above a category, from the division down, and what lies directly below it: as far as the viewer sees them. */
export async function readSurroundings(on: Executor, viewer: Viewer, category: Pick<Category, "id" | "parentId" | "divisionId">) {
  const [seen, [division]] = await Promise.all([
    categoriesOf(on, { ...seeingOf(viewer), divisionId: category.divisionId }),
    divisionOf(on, { divisionId: category.divisionId }),
  ]);
  const byId = new Map(seen.map((each) => [each.id, each]));
  const parents: typeof seen = [];
  for (let parent = byId.get(category.parentId ?? 0); parent && parents.length < 10; parent = byId.get(parent.parentId ?? 0)) parents.unshift(parent);
  return { division: division!, parents, subcategories: seen.filter(({ parentId }) => parentId === category.id) };
}

const categoriesOf = prepared(() => {
  const rights = rightsOf(ASKING);
  return db
    .select({
      id: categories.id, parentId: categories.parentId, slug: categories.slug, name: categories.name, description: categories.description,
      colour: categories.colour, icon: categories.icon, topicCount: categories.topicCount,
    })
    .from(categories)
    .innerJoin(rights, eq(rights.categoryId, categories.id))
    .where(and(eq(categories.divisionId, sql.placeholder("divisionId")), eq(categories.holds, "topics")))
    .orderBy(asc(categories.position), asc(categories.id));
});

const divisionOf = prepared(() => db.select({ slug: divisions.slug, name: divisions.name, accent: divisions.accent }).from(divisions).where(eq(divisions.id, sql.placeholder("divisionId"))));

/** The categories in which a viewer may start topics, in the order of the frame. */
export async function listCreatable(on: Executor, viewer: Viewer) {
  if (!canTakePart(viewer).allowed) return [];
  const rights = rightsOf(viewer);
  const rows = await on
    .select({
      id: categories.id, name: categories.name, parentId: categories.parentId, defaultKind: categories.defaultKind, allowedKinds: categories.allowedKinds,
      division: { id: divisions.id, slug: divisions.slug, name: divisions.name }, level: rights.level, divisionId: categories.divisionId,
    })
    .from(categories)
    .innerJoin(rights, eq(rights.categoryId, categories.id))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .where(eq(categories.holds, "topics"))
    .orderBy(asc(divisions.position), asc(divisions.id), asc(categories.position), asc(categories.id));
  return rows.filter((row) => canCreateTopic(viewer, row).allowed);
}

/** Whether there is any category in which they may. */
export async function mayStartTopics(on: Executor, viewer: Viewer): Promise<boolean> {
  if (!canTakePart(viewer).allowed) return false;
  const [one] = await creatable(on, seeingOf(viewer));
  return one !== undefined;
}

const creatable = prepared(() => {
  const rights = rightsOf(ASKING);
  return db
    .select({ id: rights.categoryId })
    .from(rights)
    .innerJoin(categories, eq(categories.id, rights.categoryId))
    .where(and(eq(rights.level, "create"), eq(categories.holds, "topics")))
    .limit(1);
});
