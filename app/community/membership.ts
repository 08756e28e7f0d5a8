import { and, eq } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { divisionMembers } from "#db/schema/community.ts";
import { accessDivision } from "./divisions.ts";

/** Joining orders a member's own rail and home. It gives no rights: those come from groups. */
export async function joinDivision(member: Member, slug: string): Promise<void> {
  await db.transaction(async (tx) => {
    const division = await accessDivision(tx, member, slug);
    await tx.insert(divisionMembers).values({ memberId: member.id, divisionId: division.id }).onConflictDoNothing();
    await record(tx, { type: "member.changed", memberId: member.id });
  });
}

/** Also out of a division that they may no longer enter would be fair, but its name must not be told: it is simply not found. */
export async function leaveDivision(member: Member, slug: string): Promise<void> {
  await db.transaction(async (tx) => {
    const division = await accessDivision(tx, member, slug);
    await tx.delete(divisionMembers).where(and(eq(divisionMembers.memberId, member.id), eq(divisionMembers.divisionId, division.id)));
    await record(tx, { type: "member.changed", memberId: member.id });
  });
}

export function countJoined(on: Executor, divisionId: number): Promise<number> {
  return on.$count(divisionMembers, eq(divisionMembers.divisionId, divisionId));
}

export async function isJoinedBy(on: Executor, viewer: Viewer, divisionId: number): Promise<boolean> {
  if (viewer.kind === "guest") return false;
  return (await on.$count(divisionMembers, and(eq(divisionMembers.memberId, viewer.id), eq(divisionMembers.divisionId, divisionId)))) > 0;
}
