import { and, eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { categoryRights, type RightsLevel } from "#db/schema/community.ts";
import { canManageAccess } from "./policy.ts";

type Right = { categoryId: number; groupId: number };

/** Gives a group a level in a category that has rights of its own, in place of the one it had. */
export function grantRight(admin: Member, { categoryId, groupId }: Right, level: RightsLevel): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageAccess(admin));

    await tx
      .insert(categoryRights)
      .values({ categoryId, groupId, level })
      .onConflictDoUpdate({ target: [categoryRights.categoryId, categoryRights.groupId], set: { level } });
    await refreshAccess(tx);

    await record(tx, { type: "access.changed", of: "category", id: categoryId });
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

    await record(tx, { type: "access.changed", of: "category", id: categoryId });
  });
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
