import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { ConflictError, InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { readMember } from "#app/core/session.ts";
import type { Member, RoleGrant } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { divisions, memberRoles } from "#db/schema/community.ts";
import { canGrantRole } from "./policy.ts";

/**
 * Gives a member a duty over the whole site, or over one division.
 *
 * @throws InvalidInputError for an owner or admin of one division only, or a division that is not there
 */
export function grantRole(actor: Member, memberId: number, { role, divisionId }: RoleGrant): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canGrantRole(actor, role));
    await readTarget(memberId);
    if (divisionId !== null && (role === "owner" || role === "admin")) throw new InvalidInputError("divisionId", "community.siteWideOnly");
    if (divisionId !== null && (await tx.$count(divisions, eq(divisions.id, divisionId))) === 0) throw new InvalidInputError("divisionId", "core.invalid");

    await tx.insert(memberRoles).values({ memberId, role, divisionId }).onConflictDoNothing();
    await audit(tx, { actorId: actor.id, action: "role.granted", target: `member:${memberId}`, detail: { role, divisionId } });

    await record(tx, { type: "access.changed", of: "member", id: memberId });
  });
}

/** @throws ConflictError when it would leave the community without an owner */
export function revokeRole(actor: Member, memberId: number, { role, divisionId }: RoleGrant): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canGrantRole(actor, role));
    await readTarget(memberId);
    if (role === "owner") await keepAnOwner(tx, memberId);

    const where = divisionId === null ? isNull(memberRoles.divisionId) : eq(memberRoles.divisionId, divisionId);
    await tx.delete(memberRoles).where(and(eq(memberRoles.memberId, memberId), eq(memberRoles.role, role), where));
    await audit(tx, { actorId: actor.id, action: "role.revoked", target: `member:${memberId}`, detail: { role, divisionId } });

    await record(tx, { type: "access.changed", of: "member", id: memberId });
  });
}

/** Locks the owners' rows, so that two owners cannot each take the other's role in the same moment. */
export async function keepAnOwner(tx: Tx, memberId: number): Promise<void> {
  const owners = await tx.execute<{ memberId: string; able: boolean }>(sql`
    select roles.member_id as "memberId", members.suspended_until is null or members.suspended_until < now() as able
    from member_roles roles join members on members.id = roles.member_id
    where roles.role = 'owner' order by roles.id for update of roles`);
  if (!owners.some((owner) => owner.able && Number(owner.memberId) !== memberId)) throw new ConflictError("community.lastOwner");
}

/** A member's duties with the names of the divisions, for admins. */
export function listRoles(memberId: number) {
  return db
    .select({ role: memberRoles.role, divisionId: memberRoles.divisionId, division: divisions.name })
    .from(memberRoles)
    .leftJoin(divisions, eq(divisions.id, memberRoles.divisionId))
    .where(eq(memberRoles.memberId, memberId))
    .orderBy(asc(memberRoles.id));
}

/** Whom an admin acts on, as a viewer with roles. @throws NotFoundError */
export async function readTarget(memberId: number): Promise<Member> {
  const member = await readMember(memberId);
  if (!member) throw new NotFoundError("member");
  return member;
}
