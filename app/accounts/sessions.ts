import { and, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { sessions } from "#db/schema/accounts.ts";
import { audit } from "#app/core/audit.ts";

/** Where a member is signed in, the most recently used first. */
export function listSessions(on: Executor, memberId: number) {
  return on
    .select({ id: sessions.id, ip: sessions.ip, userAgent: sessions.userAgent, lastSeenAt: sessions.lastSeenAt, createdAt: sessions.createdAt })
    .from(sessions)
    .where(and(eq(sessions.userId, memberId), gt(sessions.expiresAt, new Date())))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(100);
}

/** How a session is called in pages and forms: the beginning of its name, which opens nothing. */
export function shortName(sessionId: string): string {
  return sessionId.slice(0, 16);
}

/** Ends the member's session of that short name, or all but the present one. Ending one that is gone changes nothing. */
export function endByName(member: Member, name: string): Promise<void> {
  return db.transaction(async (tx) => {
    if (name === "others") await endAllSessions(tx, member.id, { except: member.sessionId });
    else await endWhere(tx, member.id, eq(sql`left(${sessions.id}, 16)`, name));
    await audit(tx, { actorId: member.id, action: "session.revoked", target: name });
  });
}

/** Ends those of the named sessions that are the member's own. Their sockets close. */
export function endSessions(memberId: number, sessionIds: string[]): Promise<void> {
  return db.transaction((tx) => endWhere(tx, memberId, inArray(sessions.id, sessionIds)));
}

/** Signs the member out everywhere, or everywhere but here. */
export function endAllSessions(tx: Tx, memberId: number, { except }: { except?: string } = {}): Promise<void> {
  return endWhere(tx, memberId, except ? ne(sessions.id, except) : undefined);
}

async function endWhere(tx: Tx, memberId: number, which: ReturnType<typeof eq> | undefined): Promise<void> {
  const ended = await tx.delete(sessions).where(and(eq(sessions.userId, memberId), which)).returning({ id: sessions.id });
  if (ended.length > 0) await record(tx, { type: "session.ended", memberId, sessionIds: ended.map(({ id }) => id) });
}
