import { and, asc, eq, sql } from "drizzle-orm";
import { ConflictError } from "#app/core/errors.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { savedViews } from "#db/schema/insights.ts";
import { filterNames } from "./paths.ts";

const MOST = 30;

/** Keeps a list's filters under a name of the member's own; the same name again is changed. */
export async function saveView(actor: Member, { name, query }: { name: string; query: string }): Promise<void> {
  if ((await db.$count(savedViews, eq(savedViews.memberId, actor.id))) >= MOST) throw new ConflictError("insights.tooManyViews");
  const wanted = new URLSearchParams(query);
  const kept = new URLSearchParams(filterNames.flatMap((filter) => (wanted.get(filter) ? [[filter, wanted.get(filter)!.slice(0, 80)]] : [])));
  await db.transaction(async (tx) => {
    await tx.delete(savedViews).where(and(eq(savedViews.memberId, actor.id), sql`lower(${savedViews.name}) = lower(${name})`));
    // Two presses of the button at once keep one.
    await tx.insert(savedViews).values({ memberId: actor.id, name, query: kept.toString() }).onConflictDoNothing();
  });
}

export async function deleteView(actor: Member, viewId: number): Promise<void> {
  await db.delete(savedViews).where(and(eq(savedViews.id, viewId), eq(savedViews.memberId, actor.id)));
}

export function listViews(on: Executor, viewer: Member) {
  return on.select({ id: savedViews.id, name: savedViews.name, query: savedViews.query }).from(savedViews).where(eq(savedViews.memberId, viewer.id)).orderBy(asc(savedViews.name)).limit(MOST);
}
