import { and, desc, eq, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { groupBans, groupMembers } from "#db/schema/community.ts";
import { findByUsername, nextOf, ofMember, positionOf, recordMembership, settleRequest, type ListPosition, type Membership } from "./group-members.ts";
import { followAddress } from "./group-rules.ts";
import { accessGroupToManage } from "./groups.ts";
import { canBan } from "./policy.ts";

const BANS_PER_PAGE = 50;

/**
 * Puts someone out, and keeps them out by every way until it is lifted: asking, joining, their address, an owner's hand.
 * Also whoever is not in yet.
 *
 * @throws InvalidInputError when nobody has that name
 * @throws ForbiddenError for an owner of the group, whom only admins ban, and for oneself
 */
export function banFromGroup(actor: Member, groupId: number, { username, reason }: { username: string; reason: string }): Promise<void> {
  return db.transaction(async (tx) => {
    await accessGroupToManage(tx, actor, groupId);
    const memberId = await findByUsername(tx, username);
    if (!memberId) throw new InvalidInputError("username", "community.noSuchMember");
    const membership = { groupId, memberId };
    const [target] = await tx.select().from(groupMembers).where(ofMember(membership));
    enforce(canBan(actor, { memberId, isOwner: target?.isOwner ?? false }));

    await tx
      .insert(groupBans)
      .values({ ...membership, reason, bannedById: actor.id })
      .onConflictDoUpdate({ target: [groupBans.groupId, groupBans.memberId], set: { reason, bannedById: actor.id } });
    await tx.delete(groupMembers).where(ofMember(membership));
    await settleRequest(tx, membership, { state: "declined", decidedById: actor.id });
    await recordMembership(tx, actor, membership, "group.member-banned", { reason });
  });
}

/** They may come back by the ways there are; whom a rule would bring, it brings now. */
export function liftBan(actor: Member, { groupId, memberId }: Membership): Promise<void> {
  return db.transaction(async (tx) => {
    await accessGroupToManage(tx, actor, groupId);
    const lifted = await tx.delete(groupBans).where(and(eq(groupBans.groupId, groupId), eq(groupBans.memberId, memberId))).returning();
    if (lifted.length === 0) return;

    await audit(tx, { actorId: actor.id, action: "group.ban-lifted", target: `group:${groupId}`, detail: { memberId } });
    await followAddress(tx, memberId, { only: groupId });
  });
}

/** Who is banned and why, the latest first; for who runs the group. */
export async function listBans(on: Executor, groupId: number, { after, limit = BANS_PER_PAGE }: { after?: ListPosition; limit?: number } = {}) {
  const rows = await on
    .select({
      id: members.id, username: members.username, name: members.name, avatarFileId: members.avatarFileId, reason: groupBans.reason, createdAt: groupBans.createdAt, position: positionOf(groupBans.createdAt),
      bannedBy: sql<string | null>`(select by_whom.username from members by_whom where by_whom.id = ${groupBans}.banned_by_id)`,
    })
    .from(groupBans)
    .innerJoin(members, eq(members.id, groupBans.memberId))
    .where(and(eq(groupBans.groupId, groupId), after && sql`(${groupBans.createdAt}, ${groupBans.memberId}) < (${after.at}::timestamptz, ${after.id}::bigint)`))
    .orderBy(desc(groupBans.createdAt), desc(groupBans.memberId))
    .limit(limit + 1);
  return { bans: rows.slice(0, limit), next: nextOf(rows, limit) };
}
