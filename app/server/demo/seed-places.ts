import { refreshAccess } from "#app/community/rights.ts";
import type { Tx } from "#db/client.ts";
import { categories, categoryRights, divisionMembers, divisions, groupMembers, groups, memberRoles, siteSettings } from "#db/schema/community.ts";
import { people } from "#db/seed/people.ts";
import { seedDivisions, seedGroups, seedSite, type Place, type Rights } from "#db/seed/places.ts";
import { insertAll } from "./insert.ts";
import type { Members } from "./seed-people.ts";

/** Category ids by their place: `store/help`. */
export type Places = Map<string, number>;
type GroupIds = Map<string, number>;

/** Divisions, their categories and rights, the groups of the company, and who has which duty. */
export async function seedPlaces(tx: Tx, members: Members): Promise<Places> {
  const groupIds = await seedGroupsAndMembers(tx, members);
  const rows = await insertAll(tx, divisions, seedDivisions.map(({ places: _places, ...division }, position) => ({ ...division, position })));
  const places: Places = new Map();
  for (const [at, division] of rows.entries()) {
    await seedCategories(tx, { divisionId: division.id, division: division.slug, parentId: null, places, groupIds }, seedDivisions[at]!.places);
  }
  await refreshAccess(tx);

  const divisionIds = new Map(rows.map(({ slug, id }) => [slug, id]));
  const duties = people.flatMap(({ username, role, roleIn }) =>
    role ? [{ memberId: members.get(username)!.id, role, divisionId: roleIn ? divisionIds.get(roleIn) : null }] : [],
  );
  await insertAll(tx, memberRoles, [...duties, ...otherStaff(members)]);
  await insertAll(tx, divisionMembers, ["cleo", "pia", "max", "ada"].flatMap((username) => {
    const joined = username === "cleo" ? ["store", "drive", "app", "commons"] : [...divisionIds.keys()];
    return joined.map((slug) => ({ memberId: members.get(username)!.id, divisionId: divisionIds.get(slug)! }));
  }));
  await tx.insert(siteSettings).values(Object.entries(seedSite).map(([key, value]) => ({ key, value }))).onConflictDoNothing();
  return places;
}

/** Employees without a duty of their own edit, which lets them into the back office. */
function otherStaff(members: Members) {
  return people
    .filter(({ label, role }) => label === "employee" && !role)
    .map(({ username }) => ({ memberId: members.get(username)!.id, role: "editor" as const }));
}

async function seedGroupsAndMembers(tx: Tx, members: Members): Promise<GroupIds> {
  const ids: GroupIds = new Map();
  for (const { id, kind } of await tx.select().from(groups)) if (kind !== "custom") ids.set(kind, id);
  for (const { key, runBy, ...group } of seedGroups) {
    const [row] = await tx.insert(groups).values(group).returning();
    ids.set(key, row!.id);
    await tx.insert(groupMembers).values({ groupId: row!.id, memberId: members.get(runBy)!.id, isOwner: true });
  }
  const runs = (username: string, key: string) => seedGroups.some((group) => group.key === key && group.runBy === username);
  await insertAll(tx, groupMembers, people.flatMap(({ username, groups: joined = [] }) =>
    joined.filter((key) => !runs(username, key)).map((key) => ({ groupId: ids.get(key)!, memberId: members.get(username)!.id })),
  ));
  return ids;
}

type Where = { divisionId: number; division: string; parentId: number | null; places: Places; groupIds: GroupIds };

async function seedCategories(tx: Tx, where: Where, list: Place[]): Promise<void> {
  for (const [position, { children, rights, ...place }] of list.entries()) {
    const [category] = await tx
      .insert(categories)
      .values({ ...place, divisionId: where.divisionId, parentId: where.parentId, position, inheritsRights: !rights })
      .returning();
    where.places.set(`${where.division}/${place.slug}`, category!.id);
    if (rights) await seedRights(tx, category!.id, rights, where.groupIds);
    if (children) await seedCategories(tx, { ...where, parentId: category!.id }, children);
  }
}

async function seedRights(tx: Tx, categoryId: number, rights: Rights, groupIds: GroupIds): Promise<void> {
  await insertAll(tx, categoryRights, Object.entries(rights).map(([group, level]) => ({ categoryId, groupId: groupIds.get(group)!, level })));
}
