import { and, eq, inArray, or, sql } from "drizzle-orm";
import { db, type Executor } from "#db/client.ts";
import { categories, categoryAccess, groupMembers, groups, type RightsLevel } from "#db/schema/community.ts";
import { isSiteStaff, staffedDivisionIds, type Viewer } from "./viewer.ts";

// The one rule of visibility: you see what one of your groups has access to. Pages, the API, search, feeds, mail, files
// and sockets all ask this file, and nothing else reads category_access to decide.

/** The categories a viewer sees and their highest level in each: join on it, and the unseen has no row. */
export function rightsOf(viewer: Viewer) {
  return db
    .select({
      categoryId: categoryAccess.categoryId,
      level: sql<RightsLevel>`max(${categoryAccess.level})`.as("level"),
    })
    .from(categoryAccess)
    .innerJoin(groups, eq(groups.id, categoryAccess.groupId))
    .where(groupsOf(viewer))
    .groupBy(categoryAccess.categoryId)
    .as("rights");
}

/** The same as a predicate: `inArray(topics.categoryId, visibleCategoryIds(viewer))`. */
export function visibleCategoryIds(viewer: Viewer) {
  return db
    .select({ id: categoryAccess.categoryId })
    .from(categoryAccess)
    .innerJoin(groups, eq(groups.id, categoryAccess.groupId))
    .where(groupsOf(viewer));
}

/** The same as a list, for search engines. Read anew for each query, so that a right taken away counts at once. */
export async function listVisibleCategoryIds(on: Executor, viewer: Viewer): Promise<number[]> {
  const rights = rightsOf(viewer);
  return (await on.select({ id: rights.categoryId }).from(rights)).map(({ id }) => id);
}

/** The same from the other side: those of some members who see a category, for jobs that tell them of something in it. */
export async function listWhoSee(on: Executor, categoryId: number, memberIds: number[]): Promise<Set<number>> {
  if (memberIds.length === 0) return new Set();
  const rows = await on.execute<{ id: string }>(sql`
    select members.id from members
    where members.id = any(${sql.param(memberIds)}::bigint[]) and exists (
      select from category_access access join groups on groups.id = access.group_id
      where access.category_id = ${categoryId} and (
        groups.kind in ('everyone', 'members')
        or groups.id in (select group_id from group_members where group_members.member_id = members.id)
        or groups.kind = 'staff' and exists (
          select from member_roles roles
          where roles.member_id = members.id
            and (roles.division_id is null or roles.division_id = (select division_id from categories where categories.id = ${categoryId}))
        )
      )
    )`);
  return new Set(rows.map(({ id }) => Number(id)));
}

function groupsOf(viewer: Viewer) {
  if (viewer.kind === "guest") return eq(groups.kind, "everyone");
  const joined = db.select({ id: groupMembers.groupId }).from(groupMembers).where(eq(groupMembers.memberId, viewer.id));
  const divisionIds = staffedDivisionIds(viewer);
  return or(
    inArray(groups.kind, isSiteStaff(viewer) ? ["everyone", "members", "staff"] : ["everyone", "members"]),
    inArray(groups.id, joined),
    // Staff of one division are staff in its categories only.
    divisionIds.length > 0
      ? and(
          eq(groups.kind, "staff"),
          inArray(categoryAccess.categoryId, db.select({ id: categories.id }).from(categories).where(inArray(categories.divisionId, divisionIds))),
        )
      : undefined,
  );
}
