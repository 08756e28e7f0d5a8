import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { ConflictError, InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { categories, categoryRights, groups, type Category, type CategoryHolds, type GroupKind, type RightsLevel } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { depthOf, MAX_DEPTH, readCategory } from "./category-tree.ts";
import { changesBetween, readDivision } from "./divisions.ts";
import type { CategoryInput } from "./inputs.ts";
import { placedBeside } from "./order.ts";
import { canAdminister } from "./policy.ts";
import { recordAccessChange, refreshAccess } from "./rights.ts";

type Levels = Partial<Record<GroupKind, RightsLevel>>;
type NewCategory = CategoryInput & { parentId: number | null; holds?: CategoryHolds; /** At the top of a division. */ levels?: Levels };

const topLevels: Levels = { everyone: "see", members: "create", staff: "create" };

/** A new category at the end of its level. Below another it inherits; at the top everyone reads and members write, until an admin says otherwise. */
export function createCategory(admin: Member, divisionId: number, { parentId, ...input }: CategoryInput & { parentId: number | null }): Promise<Category> {
  return db.transaction((tx) => addCategory(tx, admin, divisionId, { parentId, ...input }));
}

/** The same in the transaction of a command that makes what lies in it: a blog, a wiki. */
export async function addCategory(tx: Tx, admin: Member, divisionId: number, { parentId, levels = topLevels, ...input }: NewCategory): Promise<Category> {
  enforce(canAdminister(admin));
  await readDivision(tx, divisionId);
  if (parentId !== null && (await readCategory(tx, parentId)).divisionId !== divisionId) throw new InvalidInputError("parentId", "core.invalid");
  if ((await depthOf(tx, parentId)) >= MAX_DEPTH) throw new InvalidInputError("parentId", "community.tooDeep", { maximum: MAX_DEPTH });

  const position = sql`(select coalesce(max(position), 0) + 1 from categories where division_id = ${divisionId})`;
  const values = { ...input, divisionId, parentId, position, inheritsRights: parentId !== null };
  const [category] = await refuseTaken("slug", "community.slugTaken", tx.insert(categories).values(values).returning());
  if (parentId === null) {
    const built = await tx.select().from(groups).where(ne(groups.kind, "custom"));
    await tx.insert(categoryRights).values(built.flatMap(({ id, kind }) => (kind in levels ? [{ categoryId: category!.id, groupId: id, level: levels[kind]! }] : [])));
  }
  await refreshAccess(tx);
  await audit(tx, { actorId: admin.id, action: "category.created", target: `category:${category!.id}`, detail: { name: input.name, divisionId, parentId } });

  await record(tx, { type: "places.changed" });
  await recordAccessChange(tx, category!.id);
  return category!;
}

export async function editCategory(admin: Member, categoryId: number, input: CategoryInput): Promise<void> {
  await db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const before = await readCategory(tx, categoryId);

    await refuseTaken("slug", "community.slugTaken", tx.update(categories).set(input).where(eq(categories.id, categoryId)));
    await audit(tx, { actorId: admin.id, action: "category.edited", target: `category:${categoryId}`, detail: changesBetween(before, input) });

    await record(tx, { type: "places.changed" });
  });
}

/** A step up or down among those beside it. */
export async function orderCategory(admin: Member, categoryId: number, direction: "up" | "down"): Promise<Category> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const category = await readCategory(tx, categoryId);

    const beside = and(eq(categories.divisionId, category.divisionId), category.parentId === null ? isNull(categories.parentId) : eq(categories.parentId, category.parentId));
    const rows = await tx.select({ id: categories.id }).from(categories).where(beside).orderBy(asc(categories.position), asc(categories.id)).for("update");
    for (const [position, id] of placedBeside(rows, categoryId, direction).entries()) await tx.update(categories).set({ position }).where(and(eq(categories.id, id), ne(categories.position, position)));

    await record(tx, { type: "places.changed" });
    return category;
  });
}

/**
 * Takes an empty category away for good.
 *
 * @throws ConflictError while anything is in it: topics that were removed count, because they can come back
 */
export async function deleteCategory(admin: Member, categoryId: number): Promise<Category> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const category = await readCategory(tx, categoryId);
    if ((await tx.$count(categories, eq(categories.parentId, categoryId))) > 0) throw new ConflictError("community.categoryHasChildren");
    if ((await tx.$count(topics, eq(topics.categoryId, categoryId))) > 0) throw new ConflictError("community.categoryHasTopics");

    await tx.delete(categories).where(eq(categories.id, categoryId));
    await audit(tx, { actorId: admin.id, action: "category.deleted", target: `category:${categoryId}`, detail: { name: category.name, slug: category.slug } });

    await record(tx, { type: "access.changed", of: "category", id: categoryId });
    await record(tx, { type: "places.changed" });
    return category;
  });
}
