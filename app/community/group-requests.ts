import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { ConflictError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { groupRequests } from "#db/schema/community.ts";
import { enter, recordMembership, settleRequest } from "./group-members.ts";
import { accessGroup, accessGroupToManage, lockGroups } from "./groups.ts";
import { canAskToJoin } from "./policy.ts";

const ASKED = { points: 20, perSeconds: 3600 };
const REQUESTS_PER_PAGE = 30;
/** The queue says "99+" beyond. */
const COUNT_LIMIT = 100;

/**
 * Asks to be let in. Who asks again while they wait says it in other words: it stays one request.
 *
 * @throws ForbiddenError where nobody asks, or not they
 * @throws RateLimitedError after many in an hour
 */
export async function askToJoin(member: Member, groupId: number, message: string): Promise<void> {
  await limitRate("ask-to-join", member.id, ASKED);
  return db.transaction(async (tx) => {
    await lockGroups(tx, [groupId]);
    enforce(canAskToJoin(member, await accessGroup(tx, member, groupId)));

    const [asked] = await tx
      .insert(groupRequests)
      .values({ groupId, memberId: member.id, message })
      .onConflictDoUpdate({ target: [groupRequests.groupId, groupRequests.memberId], targetWhere: sql`state = 'open'`, set: { message } })
      .returning({ id: groupRequests.id, isNew: sql<boolean>`xmax = 0` });
    if (asked!.isNew) await record(tx, { type: "group.request-changed", groupId, memberId: member.id, requestId: asked!.id });
  });
}

/** Takes one's own request back. */
export function withdrawRequest(member: Member, groupId: number): Promise<void> {
  return db.transaction(async (tx) => {
    await accessGroup(tx, member, groupId);
    await settleRequest(tx, { groupId, memberId: member.id }, { state: "withdrawn" });
  });
}

type Answer = { requestId: number; state: "approved" | "declined"; reason: string };

/**
 * Lets someone in, or not. The asker is told once, with the reason.
 *
 * @throws NotFoundError, ForbiddenError for who does not run the group
 * @throws ConflictError when it was answered or withdrawn meanwhile
 */
export function answerRequest(actor: Member, groupId: number, { requestId, state, reason }: Answer): Promise<void> {
  return db.transaction(async (tx) => {
    await accessGroupToManage(tx, actor, groupId);
    const [answered] = await tx
      .update(groupRequests)
      .set({ state, reason, decidedById: actor.id, decidedAt: new Date() })
      .where(and(eq(groupRequests.id, requestId), eq(groupRequests.groupId, groupId), eq(groupRequests.state, "open")))
      .returning();
    if (!answered) throw new ConflictError("community.requestGone");
    const membership = { groupId, memberId: answered.memberId };

    if (state === "approved" && (await enter(tx, membership))) await recordMembership(tx, actor, membership, "group.request-approved");
    if (state === "declined") await audit(tx, { actorId: actor.id, action: "group.request-declined", target: `group:${groupId}`, detail: { memberId: answered.memberId, reason } });
    await record(tx, { type: "group.request-changed", ...membership, requestId });
  });
}

/** Who waits to be let in, the longest waiting first; for who runs the group. */
export async function listRequests(on: Executor, groupId: number, { after, limit = REQUESTS_PER_PAGE }: { after?: number; limit?: number } = {}) {
  const rows = await on
    .select({ id: groupRequests.id, message: groupRequests.message, createdAt: groupRequests.createdAt, member: { username: members.username, name: members.name, avatarFileId: members.avatarFileId, label: members.label, createdAt: members.createdAt, postCount: members.postCount } })
    .from(groupRequests)
    .innerJoin(members, eq(members.id, groupRequests.memberId))
    .where(and(eq(groupRequests.groupId, groupId), eq(groupRequests.state, "open"), after === undefined ? undefined : gt(groupRequests.id, after)))
    .orderBy(asc(groupRequests.id))
    .limit(limit + 1);
  return { requests: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]!.id : null };
}

/** How many wait, up to a hundred. */
export async function countRequests(on: Executor, groupId: number): Promise<number> {
  const waiting = db.select({ id: groupRequests.id }).from(groupRequests).where(and(eq(groupRequests.groupId, groupId), eq(groupRequests.state, "open"))).limit(COUNT_LIMIT).as("waiting");
  const [row] = await on.select({ count: sql<number>`count(*)::int` }).from(waiting);
  return row!.count;
}

/** What became of someone's last request, for themselves. */
export async function readOwnRequest(on: Executor, viewer: Viewer, groupId: number) {
  if (viewer.kind === "guest") return null;
  const [last] = await on
    .select({ id: groupRequests.id, state: groupRequests.state, message: groupRequests.message, reason: groupRequests.reason, createdAt: groupRequests.createdAt, decidedAt: groupRequests.decidedAt })
    .from(groupRequests)
    .where(and(eq(groupRequests.memberId, viewer.id), eq(groupRequests.groupId, groupId)))
    .orderBy(desc(groupRequests.id))
    .limit(1);
  return last ?? null;
}
