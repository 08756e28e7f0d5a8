import { and, asc, eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { members, profileAnswers, profileFields } from "#db/schema/accounts.ts";
import type { ProfileInput } from "./inputs.ts";
import type { Picture } from "./paths.ts";
import { canEditOwnProfile } from "./policy.ts";

/** A member's own profile with every question, answered or not, for the form. */
export async function readOwnProfile(on: Executor, memberId: number) {
  const [own] = await on
    .select({ name: members.name, username: members.username, title: members.title, bio: members.bio, location: members.location, website: members.website, links: members.links, avatarFileId: members.avatarFileId, coverFileId: members.coverFileId })
    .from(members)
    .where(eq(members.id, memberId));
  const fields = await on
    .select({ id: profileFields.id, name: profileFields.name, hint: profileFields.hint, staffOnly: profileFields.staffOnly, value: sql<string>`coalesce(${profileAnswers.value}, '')` })
    .from(profileFields)
    .leftJoin(profileAnswers, and(eq(profileAnswers.fieldId, profileFields.id), eq(profileAnswers.memberId, memberId)))
    .orderBy(asc(profileFields.position), asc(profileFields.id));
  return { ...own!, fields };
}

/** @throws ForbiddenError while their address is not confirmed, or they are suspended */
export function editProfile(member: Member, { name, title, bio, location, website, links, ...answers }: ProfileInput): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canEditOwnProfile(member));
    await tx.update(members).set({ name, title, bio, location, website, links }).where(eq(members.id, member.id));
    // Only questions that exist are answered, whatever else the form names.
    for (const { id } of await tx.select({ id: profileFields.id }).from(profileFields)) {
      const value = answers[`field-${id}`]?.trim();
      if (value === undefined) continue;
      const answer = { memberId: member.id, fieldId: id, value };
      if (value) await tx.insert(profileAnswers).values(answer).onConflictDoUpdate({ target: [profileAnswers.memberId, profileAnswers.fieldId], set: { value } });
      else await tx.delete(profileAnswers).where(and(eq(profileAnswers.memberId, member.id), eq(profileAnswers.fieldId, id)));
    }
    await record(tx, { type: "member.changed", memberId: member.id });
  });
}

/**
 * Shows a picture, or a cover, that the member has uploaded for it; null shows initials, or nothing, again.
 *
 * @throws ForbiddenError while their address is not confirmed, or they are suspended
 */
export function setPicture(member: Member, picture: Picture, fileId: number | null): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canEditOwnProfile(member));
    await tx.update(members).set(picture === "cover" ? { coverFileId: fileId } : { avatarFileId: fileId }).where(eq(members.id, member.id));
    await record(tx, { type: "member.changed", memberId: member.id });
  });
}
