import { and, desc, eq, ilike, lt, or } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { endFeedAddresses } from "#app/core/feed-addresses.ts";
import { enforce } from "#app/core/policy.ts";
import { isOwner, type Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { members, type SpeakerLabel } from "#db/schema/accounts.ts";
import { groupMembers, groups } from "#db/schema/community.ts";
import { canAdminister, canSuspend } from "./policy.ts";
import { keepAnOwner, readTarget } from "./roles.ts";

export const MEMBERS_PER_PAGE = 50;

/** Members whose username, name or address holds the words, the newest first, for admins. */
export async function searchMembers(on: Executor, { words = "", before }: { words?: string; before?: number }) {
  const pattern = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await on
    .select({
      id: members.id, username: members.username, name: members.name, email: members.email, label: members.label, avatarFileId: members.avatarFileId,
      suspendedUntil: members.suspendedUntil, emailVerifiedAt: members.emailVerifiedAt, createdAt: members.createdAt, lastSeenAt: members.lastSeenAt, postCount: members.postCount,
    })
    .from(members)
    .where(and(before ? lt(members.id, before) : undefined, words ? or(ilike(members.username, pattern), ilike(members.name, pattern), ilike(members.email, pattern)) : undefined))
    .orderBy(desc(members.id))
    .limit(MEMBERS_PER_PAGE + 1);
  return { members: rows.slice(0, MEMBERS_PER_PAGE), next: rows.length > MEMBERS_PER_PAGE ? rows[MEMBERS_PER_PAGE - 1]!.id : null };
}

/** What admins see of one member. @throws NotFoundError */
export async function readMemberForAdmins(on: Executor, memberId: number) {
  const [row] = await on
    .select({
      id: members.id, username: members.username, name: members.name, email: members.email, label: members.label, title: members.title, avatarFileId: members.avatarFileId,
      suspendedUntil: members.suspendedUntil, suspendedReason: members.suspendedReason, emailVerifiedAt: members.emailVerifiedAt, createdAt: members.createdAt,
      lastSeenAt: members.lastSeenAt, topicCount: members.topicCount, postCount: members.postCount,
    })
    .from(members)
    .where(eq(members.id, memberId));
  if (!row) throw new NotFoundError("member");
  const joined = await on.select({ id: groups.id, name: groups.name, isOwner: groupMembers.isOwner }).from(groupMembers).innerJoin(groups, eq(groups.id, groupMembers.groupId)).where(eq(groupMembers.memberId, memberId));
  return { ...row, groups: joined };
}

/** Who is speaking: shown wherever they speak, and never theirs to choose. */
export function setLabel(admin: Member, memberId: number, input: { label: SpeakerLabel | null; title: string }): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    await readTarget(memberId);

    await tx.update(members).set({ label: input.label, title: input.title }).where(eq(members.id, memberId));
    await audit(tx, { actorId: admin.id, action: "member.labelled", target: `member:${memberId}`, detail: input });

    await record(tx, { type: "member.changed", memberId });
  });
}

/** They may read on, and write nothing until it ends. */
export function suspendMember(admin: Member, memberId: number, { days, reason }: { days: number; reason: string }): Promise<void> {
  return db.transaction(async (tx) => {
    const target = await readTargetFor(admin, memberId);
    enforce(canSuspend(admin, target));
    if (isOwner(target)) await keepAnOwner(tx, memberId);

    const suspendedUntil = new Date(Date.now() + days * 86_400_000);
    await tx.update(members).set({ suspendedUntil, suspendedReason: reason }).where(eq(members.id, memberId));
    await endFeedAddresses(tx, memberId);
    await audit(tx, { actorId: admin.id, action: "member.suspended", target: `member:${memberId}`, detail: { days, reason } });

    await record(tx, { type: "access.changed", of: "member", id: memberId });
  });
}

export function unsuspendMember(admin: Member, memberId: number): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canSuspend(admin, await readTargetFor(admin, memberId)));

    await tx.update(members).set({ suspendedUntil: null, suspendedReason: null }).where(eq(members.id, memberId));
    await audit(tx, { actorId: admin.id, action: "member.unsuspended", target: `member:${memberId}` });

    await record(tx, { type: "access.changed", of: "member", id: memberId });
  });
}

/** Whoever is no admin learns nothing about who is there. */
async function readTargetFor(admin: Member, memberId: number): Promise<Member> {
  enforce(canAdminister(admin));
  return readTarget(memberId);
}
