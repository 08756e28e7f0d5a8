import { and, eq, sql, type Column, type SQL } from "drizzle-orm";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categoryAccess, groups, type GroupKind, type RightsLevel } from "#db/schema/community.ts";
import { isSiteStaff, staffedDivisionIds, type Viewer } from "./viewer.ts";

// The one rule of visibility: you see what one of your groups has access to. Pages, the API, search, feeds, mail, files
// and sockets all ask this file, and nothing else reads category_access to decide.

/** Stands for a viewer in a statement that is built before anyone asks (db/prepared.ts): `seeingOf` gives its values. */
export const ASKING = "asking";

/** The categories a viewer sees and their highest level in each: join on it, and the unseen has no row. */
export function rightsOf(viewer: Viewer | typeof ASKING) {
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

/** The same for one row's category, where one thing is looked up: `innerJoinLateral` it, `on` true. The others' rights are not worked out. */
export function rightsAt(categoryId: Column, viewer: Viewer | typeof ASKING) {
  return db
    .select({ level: sql<RightsLevel>`max(${categoryAccess.level})`.as("level") })
    .from(categoryAccess)
    .innerJoin(groups, eq(groups.id, categoryAccess.groupId))
    .where(and(eq(categoryAccess.categoryId, categoryId), groupsOf(viewer)))
    .having(sql`count(*) > 0`)
    .as("rights");
}

/** The same as a predicate: `inArray(topics.categoryId, visibleCategoryIds(viewer))`. */
export function visibleCategoryIds(viewer: Viewer | typeof ASKING) {
  return db
    .select({ id: categoryAccess.categoryId })
    .from(categoryAccess)
    .innerJoin(groups, eq(groups.id, categoryAccess.groupId))
    .where(groupsOf(viewer));
}

/** The same as a list, for search engines. Read anew for each query, so that a right taken away counts at once. */
export async function listVisibleCategoryIds(on: Executor, viewer: Viewer): Promise<number[]> {
  return (await visibleRows(on, seeingOf(viewer))).map(({ id }) => id);
}

const visibleRows = prepared(() => {
  const rights = rightsOf(ASKING);
  return db.select({ id: rights.categoryId }).from(rights);
});

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

/**
 * Which of some categories are seen by people who do not see `than`, as far as groups can tell. For whoever carries words
 * from one to the other.
 */
export async function listWider(on: Executor, categoryIds: number[], than: number): Promise<Set<number>> {
  if (categoryIds.length === 0) return new Set();
  const rows = await on.execute<{ id: string }>(sql`
    select distinct wide.category_id as id
    from category_access wide join groups readers on readers.id = wide.group_id join categories place on place.id = wide.category_id
    where wide.category_id = any(${sql.param(categoryIds)}::bigint[]) and not exists (
      select from category_access access join groups on groups.id = access.group_id
      where access.category_id = ${than} and (
        groups.kind = 'everyone'
        or groups.kind = 'members' and readers.kind <> 'everyone'
        -- Staff of one division are staff in its categories only.
        or groups.id = readers.id and (groups.kind <> 'staff' or place.division_id = (select division_id from categories where id = ${than}))
      )
    )`);
  return new Set(rows.map(({ id }) => Number(id)));
}

/** What of a viewer decides what they see, as values for a statement that was built for `ASKING`. */
export function seeingOf(viewer: Viewer): { seerKinds: GroupKind[]; seerId: number; seerDivisionIds: number[] } {
  if (viewer.kind === "guest") return { seerKinds: ["everyone"], seerId: 0, seerDivisionIds: [] };
  return { seerKinds: isSiteStaff(viewer) ? ["everyone", "members", "staff"] : ["everyone", "members"], seerId: viewer.id, seerDivisionIds: staffedDivisionIds(viewer) };
}

function groupsOf(viewer: Viewer | typeof ASKING): SQL {
  const { kinds, id, divisionIds } = viewer === ASKING
    ? { kinds: sql.placeholder("seerKinds"), id: sql.placeholder("seerId"), divisionIds: sql.placeholder("seerDivisionIds") }
    : valuesOf(seeingOf(viewer));
  // Staff of one division are staff in its categories only.
  return sql`(${groups.kind}::text = any(${kinds}::text[])
    or ${groups.id} in (select joined.group_id from group_members joined where joined.member_id = ${id}::bigint)
    or (${groups.kind} = 'staff' and ${categoryAccess.categoryId} in (select staffed.id from categories staffed where staffed.division_id = any(${divisionIds}::bigint[]))))`;
}

/** Lists go along whole: bare in a statement, Drizzle would take them apart. */
function valuesOf({ seerKinds, seerId, seerDivisionIds }: ReturnType<typeof seeingOf>) {
  return { kinds: sql.param(seerKinds), id: seerId, divisionIds: sql.param(seerDivisionIds) };
}
