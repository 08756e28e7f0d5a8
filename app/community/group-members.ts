import { and, asc, desc, eq, ilike, isNotNull, or, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { ConflictError, InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { groupBans, groupMembers, groupRequests, groupRules } from "#db/schema/community.ts";
import { accessGroup, accessGroupToManage, lockGroups } from "./groups.ts";
import { canJoinGroup, canManageAccess, canPutOut } from "./policy.ts";

// Who is in a group. What someone may see follows from these rows at once, with the next request (app/core/visibility.ts);
// their open rooms close on `access.changed`.

export type Membership = { groupId: number; memberId: number };
export type ListPosition = { at: string; id: number };

const MEMBERS_PER_PAGE = 50;
/** More owners than that run nothing. */
const SHOWN_OWNERS = 50;

const face = { id: members.id, username: members.username, name: members.name, avatarFileId: members.avatarFileId };

export function listGroupOwners(on: Executor, groupId: number) {
  return on.select(face).from(groupMembers).innerJoin(members, eq(members.id, groupMembers.memberId)).where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.isOwner, true))).orderBy(asc(members.name), asc(members.id)).limit(SHOWN_OWNERS);
}

type Page = { /** Part of a name. */ words?: string; after?: ListPosition; limit?: number };

/** Members of a group, the latest first, each with the domain whose rule brought them. */
export async function listGroupMembers(on: Executor, groupId: number, { words = "", after, limit = MEMBERS_PER_PAGE }: Page = {}) {
  const pattern = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await on
    .select({ ...face, isOwner: groupMembers.isOwner, domain: groupRules.domain, addedAt: groupMembers.addedAt, position: positionOf(groupMembers.addedAt) })
    .from(groupMembers)
    .innerJoin(members, eq(members.id, groupMembers.memberId))
    .leftJoin(groupRules, eq(groupRules.id, groupMembers.ruleId))
    .where(and(
      eq(groupMembers.groupId, groupId),
      words ? or(ilike(members.username, pattern), ilike(members.name, pattern)) : undefined,
      after && sql`(${groupMembers.addedAt}, ${groupMembers.memberId}) < (${after.at}::timestamptz, ${after.id}::bigint)`,
    ))
    .orderBy(desc(groupMembers.addedAt), desc(groupMembers.memberId))
    .limit(limit + 1);
  return { members: rows.slice(0, limit), next: nextOf(rows, limit) };
}

/** To the microsecond, as a cursor needs it. */
export function positionOf(column: typeof groupMembers.addedAt | typeof groupBans.createdAt) {
  return sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** The cursor for what comes after the first `limit` rows, when there is more. */
export function nextOf(rows: { id: number; position: string }[], limit: number): string | null {
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return last && `${last.position}_${last.id}`;
}

export function countGroupMembers(on: Executor, groupId: number): Promise<number> {
  return on.$count(groupMembers, eq(groupMembers.groupId, groupId));
}

/** @throws InvalidInputError when nobody has that name, or they are banned */
export async function addToGroupByName(actor: Member, groupId: number, username: string): Promise<void> {
  return db.transaction(async (tx) => {
    await accessGroupToManage(tx, actor, groupId);
    const memberId = await findByUsername(tx, username);
    if (!memberId) throw new InvalidInputError("username", "community.noSuchMember");
    await putIn(tx, actor, { groupId, memberId });
  });
}

/** Puts someone in by hand. Whoever came by a rule stays from now on even when that goes. */
export function addToGroup(actor: Member, membership: Membership): Promise<void> {
  return db.transaction(async (tx) => {
    await accessGroupToManage(tx, actor, membership.groupId);
    await putIn(tx, actor, membership);
  });
}

async function putIn(tx: Tx, actor: Member, membership: Membership): Promise<void> {
  if (await isBanned(tx, membership)) throw new InvalidInputError("username", "community.isBannedHere");
  await tx.update(groupMembers).set({ ruleId: null }).where(and(ofMember(membership), isNotNull(groupMembers.ruleId)));
  await settleRequest(tx, membership, { state: "approved", decidedById: actor.id });
  if (await enter(tx, membership)) await recordMembership(tx, actor, membership, "group.member-added");
}

/**
 * @throws ForbiddenError for an owner of the group, whom only admins put out
 * @throws ConflictError for who is in by a rule, which would bring them back
 */
export function removeFromGroup(actor: Member, membership: Membership): Promise<void> {
  return db.transaction(async (tx) => {
    await accessGroupToManage(tx, actor, membership.groupId);
    const [target] = await tx.select().from(groupMembers).where(ofMember(membership));
    if (!target) return;
    enforce(canPutOut(actor, target));
    if (target.ruleId !== null) throw new ConflictError("community.inByRule");

    await tx.delete(groupMembers).where(ofMember(membership));
    await recordMembership(tx, actor, membership, "group.member-removed");
  });
}

/** Owners manage who is in; admins alone say who owns. */
export function setGroupOwner(admin: Member, { groupId, memberId, isOwner }: Membership & { isOwner: boolean }): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageAccess(admin));
    await accessGroup(tx, admin, groupId);

    // Who runs it stays when the rule goes that brought them.
    await tx.update(groupMembers).set(isOwner ? { isOwner, ruleId: null } : { isOwner }).where(ofMember({ groupId, memberId }));
    await audit(tx, { actorId: admin.id, action: isOwner ? "group.owner-made" : "group.owner-unmade", target: `group:${groupId}`, detail: { memberId } });
  });
}

/** Comes into a group that is open to all. @throws ForbiddenError where it is not, or not to them */
export function joinGroup(member: Member, groupId: number): Promise<void> {
  return db.transaction(async (tx) => {
    await lockGroups(tx, [groupId]);
    const group = await accessGroup(tx, member, groupId);
    // Sent twice, because the first answer was lost.
    if (group.isMember) return;
    enforce(canJoinGroup(member, group));

    const membership = { groupId, memberId: member.id };
    await settleRequest(tx, membership, { state: "withdrawn" });
    if (await enter(tx, membership)) await recordMembership(tx, member, membership, "group.joined");
  });
}

/** @throws ConflictError for who is in by their address: it would bring them back */
export function leaveGroup(member: Member, groupId: number): Promise<void> {
  return db.transaction(async (tx) => {
    await lockGroups(tx, [groupId]);
    const { isByRule } = await accessGroup(tx, member, groupId);
    if (isByRule) throw new ConflictError("community.youAreInByRule");

    const membership = { groupId, memberId: member.id };
    const left = await tx.delete(groupMembers).where(ofMember(membership)).returning();
    if (left.length > 0) await recordMembership(tx, member, membership, "group.left");
  });
}

/** Writes the row, for the commands that hold the group's lock and have asked about bans. Answers whether it is new. */
export async function enter(tx: Tx, membership: Membership): Promise<boolean> {
  return (await tx.insert(groupMembers).values(membership).onConflictDoNothing().returning()).length > 0;
}

/** Ends a request that is answered by what happens otherwise. */
export async function settleRequest(tx: Tx, { groupId, memberId }: Membership, answer: Partial<typeof groupRequests.$inferInsert>): Promise<void> {
  const settled = await tx
    .update(groupRequests)
    .set({ ...answer, decidedAt: new Date() })
    .where(and(eq(groupRequests.groupId, groupId), eq(groupRequests.memberId, memberId), eq(groupRequests.state, "open")))
    .returning({ id: groupRequests.id });
  for (const { id } of settled) await record(tx, { type: "group.request-changed", groupId, memberId, requestId: id });
}

export async function isBanned(on: Executor, { groupId, memberId }: Membership): Promise<boolean> {
  return (await on.$count(groupBans, and(eq(groupBans.groupId, groupId), eq(groupBans.memberId, memberId)))) > 0;
}

/** Null when nobody has that name. */
export async function findByUsername(on: Executor, username: string): Promise<number | null> {
  const [member] = await on.select({ id: members.id }).from(members).where(eq(sql`lower(${members.username})`, username.replace(/^@/, "").toLowerCase()));
  return member?.id ?? null;
}

export async function recordMembership(tx: Tx, actor: Pick<Member, "id">, { groupId, memberId }: Membership, action: string, detail: Record<string, unknown> = {}): Promise<void> {
  await audit(tx, { actorId: actor.id, action, target: `group:${groupId}`, detail: { memberId, ...detail } });
  await record(tx, { type: "access.changed", of: "member", id: memberId });
}

export function ofMember({ groupId, memberId }: Membership) {
  return and(eq(groupMembers.groupId, groupId), eq(groupMembers.memberId, memberId));
}
