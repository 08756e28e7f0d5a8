import { and, desc, eq, lt, notLike } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { auditLog, members } from "#db/schema/accounts.ts";

const ENTRIES_PER_PAGE = 100;

type Wanted = { before?: number; /** Leaves out what people did to their own sessions. */ changesOnly?: true };

/** What was done, the latest first, for admins. */
export async function listAuditLog(on: Executor, { before, changesOnly }: Wanted) {
  const rows = await on
    .select({ id: auditLog.id, at: auditLog.at, action: auditLog.action, target: auditLog.target, detail: auditLog.detail, actor: members.username })
    .from(auditLog)
    .leftJoin(members, eq(members.id, auditLog.actorId))
    .where(and(before ? lt(auditLog.id, before) : undefined, changesOnly ? notLike(auditLog.action, "session.%") : undefined))
    .orderBy(desc(auditLog.id))
    .limit(ENTRIES_PER_PAGE + 1);
  return { entries: rows.slice(0, ENTRIES_PER_PAGE).map((row) => ({ ...row, detail: JSON.stringify(row.detail) })), next: rows.length > ENTRIES_PER_PAGE ? rows[ENTRIES_PER_PAGE - 1]!.id : null };
}
