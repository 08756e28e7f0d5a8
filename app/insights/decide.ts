import { and, eq, sql } from "drizzle-orm";
import { InvalidInputError } from "#app/core/errors.ts";
import { enqueue } from "#app/core/jobs.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { memberRoles } from "#db/schema/community.ts";
import { themeFollowers, themes, type ThemeState } from "#db/schema/insights.ts";
import { lockTheme } from "./lock-theme.ts";
import { tellOfDecision, toldStates } from "./tell.ts";
import { noteEvent } from "./theme-events.ts";
import { forgetEngine } from "./theme-keeper.ts";

/**
 * Decides what becomes of a theme. Who asked for it is told, once for each state, if wanted: also an honest no.
 *
 * @throws InvalidInputError for a no without a reason
 */
export function decideTheme(actor: Member, themeId: number, { state, reason, tell }: { state: ThemeState; reason: string; tell: boolean }): Promise<void> {
  return db.transaction(async (tx) => {
    const theme = await lockTheme(tx, actor, themeId);
    if (state === "declined" && reason === "") throw new InvalidInputError("reason", "insights.declinedNeedsReason");
    if (theme.state !== state || theme.reason !== reason) {
      await tx.update(themes).set({ state, reason, ...(theme.state === state ? {} : { stateChangedAt: sql`now()` }) }).where(eq(themes.id, themeId));
      await noteEvent(tx, { themeId, kind: "state", from: theme.state, to: state, reason, actorId: actor.id });
      await tx.insert(themeFollowers).values({ themeId, memberId: actor.id }).onConflictDoNothing();
      await forgetEngine(tx);
    }
    if (tell && toldStates.has(state)) await enqueue(tx, tellOfDecision, { themeId, state, actorId: actor.id }, { key: `${themeId}:${state}` });
  });
}

type Plan = { ownerId: number | null; dueOn: string | null; trackerUrl: string | null };

/**
 * Who looks after it, until when, and where it is built.
 *
 * @throws InvalidInputError for an owner who is no product person
 */
export function planTheme(actor: Member, themeId: number, { ownerId, dueOn, trackerUrl }: Plan): Promise<void> {
  const plan = { ownerId, dueOn, trackerUrl };
  return db.transaction(async (tx) => {
    const theme = await lockTheme(tx, actor, themeId);
    const names = new Map((await listOwners()).map(({ id, name }) => [id, name]));
    if (plan.ownerId !== null && plan.ownerId !== theme.ownerId && !names.has(plan.ownerId)) throw new InvalidInputError("ownerId", "insights.noSuchOwner");
    await tx.update(themes).set(plan).where(eq(themes.id, themeId));
    const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? null));
    if (plan.ownerId !== theme.ownerId) await noteEvent(tx, { themeId, kind: "owner", from: nameOf(theme.ownerId), to: nameOf(plan.ownerId), actorId: actor.id });
    if (plan.dueOn !== theme.dueOn) await noteEvent(tx, { themeId, kind: "due", from: theme.dueOn, to: plan.dueOn, actorId: actor.id });
    if (plan.trackerUrl !== theme.trackerUrl) await noteEvent(tx, { themeId, kind: "tracker", from: theme.trackerUrl, to: plan.trackerUrl, actorId: actor.id });
  });
}

/** Gives it a name; none takes it back to its own words. */
export function renameTheme(actor: Member, themeId: number, title: string): Promise<void> {
  return db.transaction(async (tx) => {
    const theme = await lockTheme(tx, actor, themeId);
    if ((theme.title ?? "") === title) return;
    await tx.update(themes).set({ title: title || null }).where(eq(themes.id, themeId));
    await forgetEngine(tx);
    await noteEvent(tx, { themeId, kind: "title", from: theme.title, to: title || null, actorId: actor.id });
  });
}

/** Following needs no right to decide. */
export async function followTheme(actor: Member, themeId: number, { on }: { on: boolean }): Promise<void> {
  if (on) await db.insert(themeFollowers).values({ themeId, memberId: actor.id }).onConflictDoNothing();
  else await db.delete(themeFollowers).where(and(eq(themeFollowers.themeId, themeId), eq(themeFollowers.memberId, actor.id)));
}

/** Who can look after a theme. */
export function listOwners() {
  return db
    .selectDistinct({ id: members.id, name: members.name })
    .from(members)
    .innerJoin(memberRoles, eq(memberRoles.memberId, members.id))
    .where(sql`${memberRoles.role} in ('owner', 'admin', 'product_manager')`)
    .orderBy(members.name)
    .limit(200);
}
