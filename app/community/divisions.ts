import { and, asc, count, eq, inArray, ne, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { ConflictError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import { isAdmin, type Member, type Viewer } from "#app/core/viewer.ts";
import { ASKING, seeingOf, visibleCategoryIds } from "#app/core/visibility.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { categories, divisionMembers, divisions, type Division } from "#db/schema/community.ts";
import type { DivisionInput } from "./inputs.ts";
import { placedBeside } from "./order.ts";
import { canAdminister } from "./policy.ts";

/**
 * The only way to get a division for a viewer. One in which they see no category does not exist for them; admins get
 * empty ones, because they fill them.
 *
 * @throws NotFoundError
 */
export async function accessDivision(on: Executor, viewer: Viewer, slug: string): Promise<Division> {
  const [division] = await on.select().from(divisions).where(and(eq(divisions.slug, slug), mayEnter(viewer)));
  if (!division) throw new NotFoundError("division");
  return division;
}

/** The divisions a viewer may enter, with how many topics they see and how many people joined. */
export async function listDivisions(on: Executor, viewer: Viewer) {
  const [rows, topicCounts, joined] = await Promise.all([
    on.select().from(divisions).where(mayEnter(viewer)).orderBy(asc(divisions.position), asc(divisions.id)),
    on
      .select({ divisionId: categories.divisionId, topics: sql<number>`sum(${categories.topicCount})::int`, categories: count() })
      .from(categories)
      .where(inArray(categories.id, visibleCategoryIds(viewer)))
      .groupBy(categories.divisionId),
    on.select({ divisionId: divisionMembers.divisionId, members: count() }).from(divisionMembers).groupBy(divisionMembers.divisionId),
  ]);
  return rows.map((division) => ({
    ...division,
    topicCount: topicCounts.find(({ divisionId }) => divisionId === division.id)?.topics ?? 0,
    categoryCount: topicCounts.find(({ divisionId }) => divisionId === division.id)?.categories ?? 0,
    memberCount: joined.find(({ divisionId }) => divisionId === division.id)?.members ?? 0,
  }));
}

/** The same with no more than a list of links shows, for pages that many ask for. */
export function listDivisionLinks(on: Executor, viewer: Viewer) {
  return divisionLinks(on, { ...seeingOf(viewer), entersAll: isAdmin(viewer) });
}

const divisionLinks = prepared(() => {
  const seen = db
    .select({ divisionId: categories.divisionId, topicCount: sql<number>`sum(${categories.topicCount})::int`.as("topic_count") })
    .from(categories)
    .where(inArray(categories.id, visibleCategoryIds(ASKING)))
    .groupBy(categories.divisionId)
    .as("seen");
  return db
    .select({ id: divisions.id, slug: divisions.slug, name: divisions.name, accent: divisions.accent, tagline: divisions.tagline, topicCount: sql<number>`coalesce(${seen.topicCount}, 0)` })
    .from(divisions)
    .leftJoin(seen, eq(seen.divisionId, divisions.id))
    .where(sql`${seen.divisionId} is not null or ${sql.placeholder("entersAll")}::boolean`)
    .orderBy(asc(divisions.position), asc(divisions.id));
});

/** The categories of a division for topics that a viewer sees, in the order of the tree's levels. */
export function listCategories(on: Executor, viewer: Viewer, divisionId: number) {
  return on
    .select()
    .from(categories)
    .where(and(eq(categories.divisionId, divisionId), eq(categories.holds, "topics"), inArray(categories.id, visibleCategoryIds(viewer))))
    .orderBy(asc(categories.position), asc(categories.id));
}

export async function createDivision(admin: Member, input: DivisionInput): Promise<Division> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));

    const position = sql`(select coalesce(max(position), 0) + 1 from divisions)`;
    const [division] = await refuseTaken("slug", "community.slugTaken", tx.insert(divisions).values({ ...input, position }).returning());
    await audit(tx, { actorId: admin.id, action: "division.created", target: `division:${division!.id}`, detail: { name: input.name, slug: input.slug } });

    await record(tx, { type: "places.changed" });
    return division!;
  });
}

export async function editDivision(admin: Member, divisionId: number, input: DivisionInput): Promise<void> {
  await db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const before = await readDivision(tx, divisionId);

    await refuseTaken("slug", "community.slugTaken", tx.update(divisions).set(input).where(eq(divisions.id, divisionId)));
    await audit(tx, { actorId: admin.id, action: "division.edited", target: `division:${divisionId}`, detail: changesBetween(before, input) });

    await record(tx, { type: "places.changed" });
  });
}

/** @throws ConflictError while it holds a category */
export async function deleteDivision(admin: Member, divisionId: number): Promise<void> {
  await db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const division = await readDivision(tx, divisionId);
    if ((await tx.$count(categories, eq(categories.divisionId, divisionId))) > 0) throw new ConflictError("community.divisionNotEmpty");

    await tx.delete(divisions).where(eq(divisions.id, divisionId));
    await audit(tx, { actorId: admin.id, action: "division.deleted", target: `division:${divisionId}`, detail: { name: division.name, slug: division.slug } });

    await record(tx, { type: "places.changed" });
  });
}

export async function orderDivision(admin: Member, divisionId: number, direction: "up" | "down"): Promise<void> {
  await db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    await readDivision(tx, divisionId);

    const rows = await tx.select({ id: divisions.id }).from(divisions).orderBy(asc(divisions.position), asc(divisions.id)).for("update");
    for (const [position, id] of placedBeside(rows, divisionId, direction).entries()) await tx.update(divisions).set({ position }).where(and(eq(divisions.id, id), ne(divisions.position, position)));

    await record(tx, { type: "places.changed" });
  });
}

/** For admins and jobs. @throws NotFoundError */
export async function readDivision(on: Executor, divisionId: number): Promise<Division> {
  const [division] = await on.select().from(divisions).where(eq(divisions.id, divisionId));
  if (!division) throw new NotFoundError("division");
  return division;
}

function mayEnter(viewer: Viewer) {
  if (isAdmin(viewer)) return undefined;
  return inArray(divisions.id, db.select({ id: categories.divisionId }).from(categories).where(inArray(categories.id, visibleCategoryIds(viewer))));
}

/** What an edit changed, for the audit log: names of fields, and their values where they are short. */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, [shortened(before[key]), shortened(after[key])]]));
}

function shortened(value: unknown): unknown {
  const text = JSON.stringify(value) ?? "null";
  return text.length <= 200 ? value : `${text.slice(0, 200)}…`;
}
