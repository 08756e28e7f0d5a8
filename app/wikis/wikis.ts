import { and, asc, eq, getTableColumns, or } from "drizzle-orm";
import { recordAccessChange, refreshAccess } from "#app/community/rights.ts";
import { audit } from "#app/core/audit.ts";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { rightsOf } from "#app/core/visibility.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { categories, categoryRights, divisions, groups, type RightsLevel } from "#db/schema/community.ts";
import { wikis, wikiSlugs, type Wiki } from "#db/schema/wikis.ts";
import type { WikiInput } from "./inputs.ts";
import { canSetRights } from "./policy.ts";

/** A wiki with what this viewer may do in the part of it that has no rights of its own. */
export type AccessedWiki = Wiki & { level: RightsLevel; divisionId: number };

/**
 * The only way to get a wiki for a viewer, also by a name it had before.
 *
 * @throws NotFoundError when there is none, or it is hidden from them
 */
export async function accessWiki(on: Executor, viewer: Viewer, slug: string): Promise<AccessedWiki> {
  const former = on.select({ id: wikiSlugs.wikiId }).from(wikiSlugs).where(eq(wikiSlugs.slug, slug));
  const found = await wikisFor(on, viewer).where(or(eq(wikis.slug, slug), eq(wikis.id, former)));
  const wiki = found.find((each) => each.slug === slug) ?? found[0];
  if (!wiki) throw new NotFoundError("wiki");
  return wiki;
}

/** The same by its id. @throws NotFoundError */
export async function accessWikiById(on: Executor, viewer: Viewer, wikiId: number): Promise<AccessedWiki> {
  const [wiki] = await wikisFor(on, viewer).where(eq(wikis.id, wikiId));
  if (!wiki) throw new NotFoundError("wiki");
  return wiki;
}

function wikisFor(on: Executor, viewer: Viewer) {
  const rights = rightsOf(viewer);
  return on
    .select({ ...getTableColumns(wikis), level: rights.level, divisionId: categories.divisionId })
    .from(wikis)
    .innerJoin(categories, eq(categories.id, wikis.categoryId))
    .innerJoin(rights, eq(rights.categoryId, wikis.categoryId));
}

/** The wikis in which a member may write pages, by name. */
export async function listWritableWikis(on: Executor, member: Member, { limit = 100 } = {}) {
  const rights = rightsOf(member);
  return on
    .select({ id: wikis.id, slug: wikis.slug, name: wikis.name, description: wikis.description, categoryId: wikis.categoryId, divisionId: categories.divisionId, division: divisions.name })
    .from(wikis)
    .innerJoin(categories, eq(categories.id, wikis.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .innerJoin(rights, and(eq(rights.categoryId, wikis.categoryId), eq(rights.level, "create")))
    .orderBy(asc(wikis.name), asc(wikis.id))
    .limit(limit);
}

/** Every wiki with its division, for admins. */
export async function listWikis(on: Executor, admin: Member) {
  enforce(canSetRights(admin));
  return on
    .select({ ...getTableColumns(wikis), division: { id: divisions.id, name: divisions.name } })
    .from(wikis)
    .innerJoin(categories, eq(categories.id, wikis.categoryId))
    .innerJoin(divisions, eq(divisions.id, categories.divisionId))
    .orderBy(asc(divisions.position), asc(divisions.id), asc(wikis.name));
}

/** A new wiki in a category of its own: everyone reads, members talk, and `editors` edit, until an admin says otherwise. */
export function createWiki(admin: Member, { divisionId, editors, ...input }: WikiInput & { divisionId: number; editors: "members" | "staff" }): Promise<Wiki> {
  return db.transaction(async (tx) => {
    enforce(canSetRights(admin));
    const [division] = await tx.select({ id: divisions.id }).from(divisions).where(eq(divisions.id, divisionId));
    if (!division) throw new InvalidInputError("divisionId", "core.invalid");
    await refuseFormer(tx, input.slug);

    const wiki = await addWiki(tx, { divisionId, editors, ...input });
    await audit(tx, { actorId: admin.id, action: "wiki.created", target: `wiki:${wiki.id}`, detail: { name: input.name, divisionId } });
    return wiki;
  });
}

type NewWiki = Omit<WikiInput, "needsReview"> & { divisionId: number; editors: "members" | "staff"; needsReview?: boolean; position?: number };

/** Makes a wiki with the category it lies in, for what has checked that it may. */
export async function addWiki(tx: Tx, { divisionId, editors, position, ...input }: NewWiki): Promise<Wiki> {
  const levels = { everyone: "see", members: editors === "members" ? "create" : "reply", staff: "create" } as const;
  const built = await tx.select().from(groups);
  const rights = new Map(built.flatMap(({ id, kind }) => (kind === "custom" ? [] : [[id, levels[kind]] as const])));
  const categoryId = await addPlace(tx, { divisionId, parentId: null, slug: `wiki-${input.slug}`, name: input.name, description: input.description, position }, rights);
  const [wiki] = await refuseTaken("slug", "wikis.slugTaken", tx.insert(wikis).values({ ...input, categoryId }).returning());

  await record(tx, { type: "places.changed" });
  return wiki!;
}

/** Name, address, review. The old address is redirected for ever. */
export async function editWiki(admin: Member, wikiId: number, input: WikiInput): Promise<void> {
  await db.transaction(async (tx) => {
    enforce(canSetRights(admin));
    const [before] = await tx.select().from(wikis).where(eq(wikis.id, wikiId)).for("update");
    if (!before) throw new NotFoundError("wiki");
    if (before.slug !== input.slug) {
      await refuseFormer(tx, input.slug, wikiId);
      await tx.delete(wikiSlugs).where(eq(wikiSlugs.slug, input.slug));
    }

    await refuseTaken("slug", "wikis.slugTaken", tx.update(wikis).set(input).where(eq(wikis.id, wikiId)));
    if (before.slug !== input.slug) await tx.insert(wikiSlugs).values({ slug: before.slug, wikiId });
    await tx.update(categories).set({ name: input.name, description: input.description }).where(eq(categories.id, before.categoryId));
    await audit(tx, { actorId: admin.id, action: "wiki.edited", target: `wiki:${wikiId}`, detail: { before: { name: before.name, slug: before.slug, needsReview: before.needsReview }, after: input } });

    await record(tx, { type: "places.changed" });
  });
}

type Place = { divisionId: number; parentId: number | null; slug: string; name: string; description?: string; position?: number };

/** A category for a wiki or a part of one, with rights of its own. */
export async function addPlace(tx: Tx, place: Place, rights: Map<number, RightsLevel>): Promise<number> {
  const values = { ...place, holds: "wiki" as const, icon: "book-open", inheritsRights: false };
  const [category] = await refuseTaken("slug", "wikis.slugTaken", tx.insert(categories).values(values).returning({ id: categories.id }));
  if (rights.size > 0) await tx.insert(categoryRights).values([...rights].map(([groupId, level]) => ({ categoryId: category!.id, groupId, level })));
  await refreshAccess(tx);
  await recordAccessChange(tx, category!.id);
  return category!.id;
}

/** An old address still leads to whom it belonged to. */
async function refuseFormer(tx: Tx, slug: string, ownId?: number): Promise<void> {
  const [former] = await tx.select().from(wikiSlugs).where(eq(wikiSlugs.slug, slug));
  if (former && former.wikiId !== ownId) throw new InvalidInputError("slug", "wikis.slugTaken");
}
