import { and, desc, eq, inArray, lt, notLike } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { auditLog, members } from "#db/schema/accounts.ts";
import { categories, divisions, groups } from "#db/schema/community.ts";
import { factsOf, namedIn } from "./audit-facts.ts";

const ENTRIES_PER_PAGE = 100;

type Wanted = { before?: number; /** Leaves out what people did to their own sessions. */ changesOnly?: true };

/** What was done, the latest first, for admins: with the names that things have today, and what was written down, as it is. */
export async function listAuditLog(on: Executor, { before, changesOnly }: Wanted) {
  const rows = await on
    .select({ id: auditLog.id, at: auditLog.at, action: auditLog.action, target: auditLog.target, detail: auditLog.detail, actor: members.username })
    .from(auditLog)
    .leftJoin(members, eq(members.id, auditLog.actorId))
    .where(and(before ? lt(auditLog.id, before) : undefined, changesOnly ? notLike(auditLog.action, "session.%") : undefined))
    .orderBy(desc(auditLog.id))
    .limit(ENTRIES_PER_PAGE + 1);
  const shown = rows.slice(0, ENTRIES_PER_PAGE).map((row) => ({ ...row, detail: row.detail as Record<string, unknown> }));
  const names = await readNames(on, shown.flatMap(({ target, detail }) => [target, ...namedIn(detail)]));
  return {
    entries: shown.map(({ detail, ...row }) => {
      const ownName = typeof detail.name === "string" ? detail.name : typeof detail.title === "string" && row.target.startsWith("page:") ? detail.title : null;
      const name = names.get(row.target) ?? ownName;
      const facts = factsOf(row.action, detail, names).filter(({ now, field }) => !(field === "name" && now === name));
      return { ...row, name, facts, detail: Object.keys(detail).length > 0 ? JSON.stringify(detail, null, 2) : null };
    }),
    next: rows.length > ENTRIES_PER_PAGE ? rows[ENTRIES_PER_PAGE - 1]!.id : null,
  };
}

/** The names of `kind:id`, for those that are still there. */
async function readNames(on: Executor, wanted: string[]): Promise<Map<string, string>> {
  const idsOf = (kind: string) => [...new Set(wanted.filter((each) => each.startsWith(`${kind}:`)).map((each) => Number(each.slice(kind.length + 1))))].filter(Number.isSafeInteger);
  const [named, placed, grouped, people] = await Promise.all([
    on.select({ id: divisions.id, name: divisions.name }).from(divisions).where(inArray(divisions.id, idsOf("division"))),
    on.select({ id: categories.id, name: categories.name }).from(categories).where(inArray(categories.id, idsOf("category"))),
    on.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, idsOf("group"))),
    on.select({ id: members.id, name: members.username }).from(members).where(inArray(members.id, idsOf("member"))),
  ]);
  const byKind = { division: named, category: placed, group: grouped, member: people };
  return new Map(Object.entries(byKind).flatMap(([kind, rows]) => rows.map(({ id, name }) => [`${kind}:${id}`, name] as const)));
}
