import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { countWidened, readCarried } from "#app/core/carried-quotes.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { categories, categoryAccess, categoryRights, groups, type RightsLevel } from "#db/schema/community.ts";
import { tryOut } from "#db/try-out.ts";
import { branchIds, readCategory } from "./category-tree.ts";
import type { RightsInput } from "./inputs.ts";
import { canManageAccess } from "./policy.ts";

type Right = { categoryId: number; groupId: number };
export type Levels = Map<number, RightsLevel>;

/** Gives a group a level in a category that has rights of its own, in place of the one it had. */
export function grantRight(admin: Member, { categoryId, groupId }: Right, level: RightsLevel): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageAccess(admin));

    await tx
      .insert(categoryRights)
      .values({ categoryId, groupId, level })
      .onConflictDoUpdate({ target: [categoryRights.categoryId, categoryRights.groupId], set: { level } });
    await refreshAccess(tx);

    await recordAccessChange(tx, categoryId);
  });
}

/** Takes a group's right away: reads and search stop showing the category at once, open rooms close just after. */
export function revokeRight(admin: Member, { categoryId, groupId }: Right): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageAccess(admin));

    await tx
      .delete(categoryRights)
      .where(and(eq(categoryRights.categoryId, categoryId), eq(categoryRights.groupId, groupId)));
    await refreshAccess(tx);

    await recordAccessChange(tx, categoryId);
  });
}

/**
 * Makes a category inherit, or gives it exactly these rights of its own. Both count from the next request on, for it and
 * for what inherits from it.
 *
 * @throws InvalidInputError when a top would inherit, or a group is unknown
 */
export function setRights(admin: Member, categoryId: number, rights: GivenRights): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageAccess(admin));
    const { category, before, after } = await applyRights(tx, categoryId, rights);
    await audit(tx, {
      actorId: admin.id, action: "category.rights-set", target: `category:${categoryId}`,
      detail: { name: category.name, inherits: rights.inherits, before: Object.fromEntries(before), after: Object.fromEntries(after) },
    });

    await recordAccessChange(tx, categoryId);
  });
}

/**
 * How many texts with quotes of private places would be opened by such rights to people who may not read those: the
 * rights are set and undone, so that what is said is what would happen.
 *
 * @throws InvalidInputError as `setRights` does
 */
export function countOpenedQuotes(admin: Member, categoryId: number, rights: GivenRights): Promise<number> {
  enforce(canManageAccess(admin));
  return tryOut(async (tx) => {
    const branch = await branchIds(tx, categoryId);
    const quotes = await readCarried(tx, branch);
    if (quotes.carried.length === 0) return 0;
    await applyRights(tx, categoryId, rights);
    return countWidened(quotes, await readCarried(tx, branch, quotes.carried));
  });
}

type GivenRights = Pick<RightsInput, "inherits" | "levels">;

async function applyRights(tx: Tx, categoryId: number, { inherits, levels }: GivenRights) {
  const category = await readCategory(tx, categoryId);
  if (inherits && category.parentId === null) throw new InvalidInputError("inherits", "community.topsDoNotInherit");
  await checkGroups(tx, levels);

  const before = await accessOf(tx, categoryId);
  await tx.update(categories).set({ inheritsRights: inherits }).where(eq(categories.id, categoryId));
  await tx.delete(categoryRights).where(eq(categoryRights.categoryId, categoryId));
  if (!inherits && levels.size > 0) await tx.insert(categoryRights).values([...levels].map(([groupId, level]) => ({ categoryId, groupId, level })));
  await refreshAccess(tx);
  return { category, before, after: await accessOf(tx, categoryId) };
}

/** The groups and their levels in a category, with inheritance worked out. */
export async function accessOf(on: Executor, categoryId: number): Promise<Levels> {
  const rows = await on.select().from(categoryAccess).where(eq(categoryAccess.categoryId, categoryId)).orderBy(asc(categoryAccess.groupId));
  return new Map(rows.map(({ groupId, level }) => [groupId, level]));
}

/** How many people would see, answer and write with these levels, before they are set. Staff of one division count as its staff. */
export async function previewAudience(on: Executor, divisionId: number, levels: Levels): Promise<{ guests: boolean } & Record<RightsLevel, number>> {
  const kinds = new Map((await on.select({ id: groups.id, kind: groups.kind }).from(groups)).map(({ id, kind }) => [id, kind]));
  const order: RightsLevel[] = ["see", "reply", "create"];
  const counts = { see: 0, reply: 0, create: 0 };
  for (const wanted of order) {
    const able = [...levels].filter(([, level]) => order.indexOf(level) >= order.indexOf(wanted)).map(([groupId]) => groupId);
    const ableKinds = new Set(able.map((groupId) => kinds.get(groupId)));
    const custom = able.filter((groupId) => kinds.get(groupId) === "custom");
    const [row] = await on.execute<{ count: number }>(
      ableKinds.has("everyone") || ableKinds.has("members")
        ? sql`select count(*)::int as count from members`
        : sql`select count(*)::int as count from (
            select member_id from group_members where group_id in ${custom.length > 0 ? custom : [0]}
            union
            select member_id from member_roles where ${ableKinds.has("staff")} and (division_id is null or division_id = ${divisionId})) reached`,
    );
    counts[wanted] = row!.count;
  }
  return { guests: [...levels.keys()].some((groupId) => kinds.get(groupId) === "everyone"), ...counts };
}

/** Everyone below who inherits sees more or less from now on, too. */
export async function recordAccessChange(tx: Tx, categoryId: number): Promise<void> {
  for (const id of await branchIds(tx, categoryId)) await record(tx, { type: "access.changed", of: "category", id });
}

async function checkGroups(on: Executor, levels: Levels): Promise<void> {
  const ids = [...levels.keys()];
  if (ids.length > 0 && (await on.$count(groups, inArray(groups.id, ids))) < ids.length) throw new InvalidInputError("rights", "core.invalid");
}

/**
 * Works out anew who may do what where, in the transaction that changed the tree or its rights. Each category takes the
 * rights of the nearest one above it, itself included, that does not inherit. Only rows that differ are written.
 */
export async function refreshAccess(tx: Tx): Promise<void> {
  // Two changes at once would each work from half the truth.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('community.access'))`);
  await tx.execute(sql`
    with recursive tree as (
      select id, id as source from categories where parent_id is null or not inherits_rights
      union all
      select child.id, tree.source from categories child join tree on child.parent_id = tree.id and child.inherits_rights
    ), wanted as (
      select tree.id as category_id, rights.group_id, rights.level
      from tree join category_rights rights on rights.category_id = tree.source
    ), gone as (
      delete from category_access old
      where not exists (select from wanted where wanted.category_id = old.category_id and wanted.group_id = old.group_id)
    )
    insert into category_access (category_id, group_id, level) select category_id, group_id, level from wanted
    on conflict (category_id, group_id) do update set level = excluded.level where category_access.level <> excluded.level`);
}
