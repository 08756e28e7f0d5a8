import { eq } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { auditLog, members, type SpeakerLabel } from "#db/schema/accounts.ts";
import { canSetLabel } from "./policy.ts";
import { accessProfile } from "./profiles.ts";

/**
 * Says in whose name a member speaks, and writes down who said so.
 *
 * @throws NotFoundError when there is no such member
 * @throws ForbiddenError for all but admins, and for an admin who would take off their own
 */
export function setLabel(admin: Member, username: string, label: SpeakerLabel | null): Promise<{ username: string }> {
  return db.transaction(async (tx) => {
    const member = await accessProfile(tx, admin, username);
    enforce(canSetLabel(admin, member));
    if (member.label === label) return member;
    await tx.update(members).set({ label }).where(eq(members.id, member.id));
    await tx.insert(auditLog).values({ actorId: admin.id, action: "member.labelled", target: `member:${member.id}`, detail: { from: member.label, to: label } });
    await record(tx, { type: "member.changed", memberId: member.id });
    return member;
  });
}
