import { createHash } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { countWidened, readCarried } from "#app/core/carried-quotes.ts";
import { ConflictError, InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { categories, categoryRights, divisions, groups, type Category, type RightsLevel } from "#db/schema/community.ts";
import { tryOut } from "#db/try-out.ts";
import { branchIds, depthOf, MAX_DEPTH, readCategory } from "./category-tree.ts";
import { readDivision } from "./divisions.ts";
import type { MoveTarget } from "./inputs.ts";
import { canAdminister } from "./policy.ts";
import { accessOf, recordAccessChange, refreshAccess } from "./rights.ts";

/** What a move would change for one group in one category. Null: nothing at all. */
export type AccessChange = { categoryId: number; category: string; groupId: number; group: string; before: RightsLevel | null; after: RightsLevel | null };

export type MovePreview = {
  changes: AccessChange[];
  /** The division it goes to, when that is another one: its moderators take over. */
  newDivision: string | null;
  /** Texts in it that quote private places, and would be read by people who may not read there. */
  quotesOpened: number;
  /** Names this very list: the move is refused when it has changed since it was shown. */
  seen: string;
};

/**
 * What moving a branch would change: it is carried out and undone, so that what is shown is what would happen.
 *
 * @throws InvalidInputError when it cannot go there
 */
export async function previewMove(admin: Member, categoryId: number, to: MoveTarget): Promise<MovePreview> {
  enforce(canAdminister(admin));
  return (await tryOut((tx) => carryOut(tx, categoryId, to))).preview;
}

/**
 * Moves a category with all below it. Addresses keep working, because their ids decide.
 *
 * @throws ConflictError when it would change other rights than the admin was shown
 */
export async function moveCategory(admin: Member, categoryId: number, to: MoveTarget, seen: string): Promise<Category> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));

    const { preview, category, place } = await carryOut(tx, categoryId, to);
    if (preview.seen !== seen) throw new ConflictError("community.moveChanged");
    await audit(tx, {
      actorId: admin.id, action: "category.moved", target: `category:${categoryId}`,
      detail: { name: category.name, from: { divisionId: category.divisionId, parentId: category.parentId }, to: place, changes: preview.changes.length },
    });

    await recordAccessChange(tx, categoryId);
    await record(tx, { type: "places.changed" });
    return { ...category, ...place };
  });
}

async function carryOut(tx: Tx, categoryId: number, to: MoveTarget) {
  // The same lock as refreshAccess: two moves at once could make a circle that neither makes alone.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('community.access'))`);
  const category = await readCategory(tx, categoryId);
  const branch = await branchIds(tx, categoryId);
  const place = await placeAt(tx, to, branch);
  const before = await readAccess(tx, branch);
  const quotes = await readCarried(tx, branch);

  // A top has nothing to inherit from: it keeps what it had until now, as rights of its own.
  if (place.parentId === null && category.inheritsRights) {
    const kept = await accessOf(tx, categoryId);
    await tx.delete(categoryRights).where(eq(categoryRights.categoryId, categoryId));
    if (kept.size > 0) await tx.insert(categoryRights).values([...kept].map(([groupId, level]) => ({ categoryId, groupId, level })));
    await tx.update(categories).set({ inheritsRights: false }).where(eq(categories.id, categoryId));
  }
  const position = sql`(select coalesce(max(position), 0) + 1 from categories where division_id = ${place.divisionId})`;
  await refuseTaken("to", "community.slugTakenThere", tx.update(categories).set({ divisionId: place.divisionId }).where(inArray(categories.id, branch)));
  await tx.update(categories).set({ parentId: place.parentId, position }).where(eq(categories.id, categoryId));
  await refreshAccess(tx);

  const changes = differences(before, await readAccess(tx, branch));
  const newDivision = place.divisionId === category.divisionId ? null : (await readDivision(tx, place.divisionId)).name;
  const quotesOpened = countWidened(quotes, await readCarried(tx, branch, quotes.carried));
  const seen = createHash("sha256").update(JSON.stringify([to, changes, newDivision, quotesOpened])).digest("hex").slice(0, 32);
  return { category, place, preview: { changes, newDivision, quotesOpened, seen } };
}

async function placeAt(tx: Tx, to: MoveTarget, branch: number[]): Promise<{ divisionId: number; parentId: number | null }> {
  if (to.kind === "division") {
    const [division] = await tx.select().from(divisions).where(eq(divisions.id, to.id));
    if (!division) throw new InvalidInputError("to", "core.invalid");
    return { divisionId: to.id, parentId: null };
  }
  const [parent] = await tx.select().from(categories).where(eq(categories.id, to.id));
  if (!parent) throw new InvalidInputError("to", "core.invalid");
  if (branch.includes(parent.id)) throw new InvalidInputError("to", "community.intoItself");
  if ((await depthOf(tx, parent.id)) + (await heightOf(tx, branch)) > MAX_DEPTH) throw new InvalidInputError("to", "community.tooDeep", { maximum: MAX_DEPTH });
  return { divisionId: parent.divisionId, parentId: parent.id };
}

/** How many levels a branch has. */
async function heightOf(on: Executor, branch: number[]): Promise<number> {
  const depths = await Promise.all(branch.map((id) => depthOf(on, id)));
  return Math.max(...depths) - Math.min(...depths) + 1;
}

type AccessRow = Omit<AccessChange, "before" | "after"> & { level: RightsLevel };

async function readAccess(on: Executor, branch: number[]): Promise<AccessRow[]> {
  const rows = await on.execute<{ categoryId: string; category: string; groupId: string; group: string; level: RightsLevel }>(sql`
    select access.category_id as "categoryId", ${categories}.name as category, access.group_id as "groupId", ${groups}.name as "group", access.level
    from category_access access join ${categories} on ${categories.id} = access.category_id join ${groups} on ${groups.id} = access.group_id
    where access.category_id in ${branch} order by access.category_id, access.group_id`);
  return rows.map((row) => ({ ...row, categoryId: Number(row.categoryId), groupId: Number(row.groupId) }));
}

function differences(before: AccessRow[], after: AccessRow[]): AccessChange[] {
  const keyOf = ({ categoryId, groupId }: AccessRow) => `${categoryId}:${groupId}`;
  const [old, now] = [new Map(before.map((row) => [keyOf(row), row])), new Map(after.map((row) => [keyOf(row), row]))];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key) => {
    const { level: _, ...row } = (old.get(key) ?? now.get(key))!;
    const [was, is] = [old.get(key)?.level ?? null, now.get(key)?.level ?? null];
    return was === is ? [] : [{ ...row, before: was, after: is }];
  });
}
