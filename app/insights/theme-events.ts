import { desc, eq, inArray, or } from "drizzle-orm";
import type { Executor, Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { themeEvents, themes } from "#db/schema/insights.ts";

type Entry = { themeId: number; kind: string; from?: string | null; to?: string | null; reason?: string; actorId: number | null };

/** Writes down what was done with a theme, in the caller's transaction. Nothing is done with one unwritten. */
export async function noteEvent(tx: Tx, { themeId, kind, from = null, to = null, reason = "", actorId }: Entry): Promise<void> {
  await tx.insert(themeEvents).values({ themeId, kind, from, to, reason, actorId });
}

/** A theme's history with that of those merged into it, the latest first. */
export function listEvents(on: Executor, themeId: number, limit = 100) {
  const parts = on.select({ id: themes.id }).from(themes).where(or(eq(themes.id, themeId), eq(themes.mergedIntoId, themeId)));
  return on
    .select({ id: themeEvents.id, themeId: themeEvents.themeId, kind: themeEvents.kind, from: themeEvents.from, to: themeEvents.to, reason: themeEvents.reason, at: themeEvents.at, actor: members.name })
    .from(themeEvents)
    .leftJoin(members, eq(members.id, themeEvents.actorId))
    .where(inArray(themeEvents.themeId, parts))
    .orderBy(desc(themeEvents.id))
    .limit(limit);
}
