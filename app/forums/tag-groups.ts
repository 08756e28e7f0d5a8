import { and, asc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { placedBeside } from "#app/community/order.ts";
import { audit } from "#app/core/audit.ts";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import { meantTagIds } from "#app/core/tags.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { tagGroups, tags } from "#db/schema/forums.ts";
import { canManageTags } from "./policy.ts";

// Named sets of tags, such as "Product" or "Version". A tag is in one of them at most.

/** What a group may hold: it is shown whole beside a form. */
export const MAX_TAGS_IN_GROUP = 200;

export type TagGroupFields = { name: string; description: string; isSingle: boolean; tags: string[] };

/** All groups with their tags, in the order staff gave them. */
export async function listTagGroups(on: Executor, { only }: { only?: number[] } = {}) {
  const rows = await on.select().from(tagGroups).where(only && inArray(tagGroups.id, only)).orderBy(asc(tagGroups.position), asc(tagGroups.id));
  const held = await on
    .select({ tagGroupId: tags.tagGroupId, slug: tags.slug, name: tags.name })
    .from(tags)
    .where(and(inArray(tags.tagGroupId, rows.map(({ id }) => id)), isNull(tags.synonymOfId)))
    .orderBy(asc(tags.slug));
  return rows.map((group) => ({ ...group, tags: held.filter(({ tagGroupId }) => tagGroupId === group.id).map(({ slug, name }) => ({ slug, name })) }));
}

export type ShownTagGroup = Awaited<ReturnType<typeof listTagGroups>>[number];

/** @throws NotFoundError */
export async function readTagGroup(on: Executor, groupId: number): Promise<ShownTagGroup> {
  const [group] = await listTagGroups(on, { only: [groupId] });
  if (!group) throw new NotFoundError("tag group");
  return group;
}

/** Makes a group of tags, making those that are new. @throws InvalidInputError for a name that is taken, or a tag of another group */
export function createTagGroup(staff: Member, { tags: slugs, ...fields }: TagGroupFields): Promise<{ id: number }> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    const [group] = await refuseTaken("name", "forums.tagGroupTaken", tx.insert(tagGroups).values({ ...fields, position: sql`(select coalesce(max(position), 0) + 1 from tag_groups)` }).returning({ id: tagGroups.id }));
    await fill(tx, group!.id, slugs);
    await audit(tx, { actorId: staff.id, action: "tag-group.created", target: `tag-group:${group!.id}`, detail: { name: fields.name, tags: slugs.join(", ") } });
    return group!;
  });
}

export function editTagGroup(staff: Member, groupId: number, { tags: slugs, ...fields }: TagGroupFields): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    await readTagGroup(tx, groupId);
    await refuseTaken("name", "forums.tagGroupTaken", tx.update(tagGroups).set(fields).where(eq(tagGroups.id, groupId)));
    await fill(tx, groupId, slugs);
    await audit(tx, { actorId: staff.id, action: "tag-group.edited", target: `tag-group:${groupId}`, detail: { name: fields.name, tags: slugs.join(", ") } });
  });
}

/** A step up or down among the groups, as they are offered. */
export function orderTagGroup(staff: Member, groupId: number, direction: "up" | "down"): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    await readTagGroup(tx, groupId);
    const rows = await tx.select({ id: tagGroups.id }).from(tagGroups).orderBy(asc(tagGroups.position), asc(tagGroups.id)).for("update");
    for (const [position, id] of placedBeside(rows, groupId, direction).entries()) await tx.update(tagGroups).set({ position }).where(and(eq(tagGroups.id, id), ne(tagGroups.position, position)));
  });
}

/** The tags stay; categories ask for it no longer. */
export function deleteTagGroup(staff: Member, groupId: number): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageTags(staff));
    const { name } = await readTagGroup(tx, groupId);
    await tx.delete(tagGroups).where(eq(tagGroups.id, groupId));
    await audit(tx, { actorId: staff.id, action: "tag-group.deleted", target: `tag-group:${groupId}`, detail: { name } });
  });
}

async function fill(tx: Tx, groupId: number, slugs: string[]): Promise<void> {
  const ids = await meantTagIds(tx, slugs);
  const meant = await tx.select().from(tags).where(inArray(tags.id, ids)).orderBy(tags.id).for("update");
  const elsewhere = meant.find(({ tagGroupId }) => tagGroupId !== null && tagGroupId !== groupId);
  if (elsewhere) throw new InvalidInputError("tags", "forums.tagInOtherGroup", { tag: elsewhere.name });
  await tx.update(tags).set({ tagGroupId: null }).where(and(eq(tags.tagGroupId, groupId), ids.length > 0 ? sql`${tags.id} <> all(${sql.param(ids)}::bigint[])` : undefined));
  if (ids.length > 0) await tx.update(tags).set({ tagGroupId: groupId }).where(inArray(tags.id, ids));
  await record(tx, { type: "tags.changed", tagIds: ids });
}
