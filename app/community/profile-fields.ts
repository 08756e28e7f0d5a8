import { and, asc, eq, ne, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { profileAnswers, profileFields } from "#db/schema/accounts.ts";
import { placedBeside } from "./order.ts";
import { canAdminister } from "./policy.ts";

type FieldInput = { name: string; hint: string; staffOnly: boolean };

/** The questions of the profile with how many members answered each. */
export function listProfileFields(on: Executor) {
  const answers = on.select({ fieldId: profileAnswers.fieldId, count: sql<number>`count(*)::int`.as("count") }).from(profileAnswers).groupBy(profileAnswers.fieldId).as("answers");
  return on
    .select({ id: profileFields.id, name: profileFields.name, hint: profileFields.hint, staffOnly: profileFields.staffOnly, answerCount: sql<number>`coalesce(${answers.count}, 0)` })
    .from(profileFields)
    .leftJoin(answers, eq(answers.fieldId, profileFields.id))
    .orderBy(asc(profileFields.position), asc(profileFields.id));
}

export function createProfileField(admin: Member, { name, hint, staffOnly }: FieldInput): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const position = sql`(select coalesce(max(position), 0) + 1 from profile_fields)`;
    const [field] = await refuseTaken("name", "community.nameTaken", tx.insert(profileFields).values({ name, hint, staffOnly, position }).returning());
    await audit(tx, { actorId: admin.id, action: "profile-field.created", target: `profile-field:${field!.id}`, detail: { name, staffOnly } });
  });
}

export function editProfileField(admin: Member, fieldId: number, { name, hint, staffOnly }: FieldInput): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const [field] = await refuseTaken("name", "community.nameTaken", tx.update(profileFields).set({ name, hint, staffOnly }).where(eq(profileFields.id, fieldId)).returning());
    if (!field) throw new NotFoundError("profile field");
    await audit(tx, { actorId: admin.id, action: "profile-field.edited", target: `profile-field:${fieldId}`, detail: { name, staffOnly } });
  });
}

/** With all that members answered to it. */
export function deleteProfileField(admin: Member, fieldId: number): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const [field] = await tx.delete(profileFields).where(eq(profileFields.id, fieldId)).returning();
    if (!field) throw new NotFoundError("profile field");
    await audit(tx, { actorId: admin.id, action: "profile-field.deleted", target: `profile-field:${fieldId}`, detail: { name: field.name } });
  });
}

export function orderProfileField(admin: Member, fieldId: number, direction: "up" | "down"): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const rows = await tx.select({ id: profileFields.id }).from(profileFields).orderBy(asc(profileFields.position), asc(profileFields.id)).for("update");
    for (const [position, id] of placedBeside(rows, fieldId, direction).entries()) await tx.update(profileFields).set({ position }).where(and(eq(profileFields.id, id), ne(profileFields.position, position)));
  });
}
