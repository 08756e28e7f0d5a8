import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { ConflictError, InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { themeMerges, themes } from "#db/schema/insights.ts";
import { canDecide, requireInsights } from "./access.ts";
import { ofTheme } from "./behind-theme.ts";
import { lockTheme, lockThemes } from "./lock-theme.ts";
import { regroup } from "./regroup.ts";
import { refreshThemes } from "./refresh-themes.ts";
import { noteEvent } from "./theme-events.ts";
import { forgetEngine, lockMining, partGroups } from "./theme-keeper.ts";

/** Makes a theme part of another. Its statements, votes, followers and history stay its own, so that nothing is lost by parting them again. */
export function mergeThemes(actor: Member, fromId: number, intoId: number): Promise<void> {
  return db.transaction(async (tx) => {
    if (fromId === intoId) throw new InvalidInputError("into", "insights.mergeIntoItself");
    await lockMining(tx);
    await lockThemes(tx, actor, [fromId, intoId]).catch((error: unknown) => {
      throw error instanceof NotFoundError ? new InvalidInputError("into", "insights.noSuchTheme") : error;
    });
    const moved = await tx.update(themes).set({ mergedIntoId: intoId }).where(or(eq(themes.id, fromId), eq(themes.mergedIntoId, fromId))).returning({ id: themes.id });
    await tx.insert(themeMerges).values({ fromId, intoId, movedIds: moved.map(({ id }) => id).sort((a, b) => a - b), byId: actor.id });
    await noteEvent(tx, { themeId: fromId, kind: "merged", to: String(intoId), actorId: actor.id });
    await noteEvent(tx, { themeId: intoId, kind: "absorbed", from: String(fromId), actorId: actor.id });
    await forgetEngine(tx);
    await refreshThemes(tx, [intoId]);
  });
}

/** Parts again what one merge put together, wherever it has come to since. */
export function unmergeThemes(actor: Member, mergeId: number): Promise<number> {
  return db.transaction(async (tx) => {
    requireInsights(actor);
    await lockMining(tx);
    const [merge] = await tx.select().from(themeMerges).where(eq(themeMerges.id, mergeId)).for("update");
    if (!merge) throw new NotFoundError("merge");
    const [from] = await tx.select().from(themes).where(eq(themes.id, merge.fromId));
    enforce(canDecide(actor, from!));
    if (merge.undoneAt || from!.mergedIntoId === null) throw new ConflictError("insights.alreadyParted");
    const rootId = from!.mergedIntoId;
    await tx
      .update(themes)
      .set({ mergedIntoId: sql`case when ${themes.id} = ${merge.fromId} then null else ${merge.fromId}::bigint end` })
      .where(and(inArray(themes.id, merge.movedIds), eq(themes.mergedIntoId, rootId)));
    await tx.update(themeMerges).set({ undoneAt: sql`now()`, undoneById: actor.id }).where(eq(themeMerges.id, mergeId));
    await partGroups(tx, merge.movedIds);
    await noteEvent(tx, { themeId: merge.fromId, kind: "unmerged", from: String(rootId), actorId: actor.id });
    await refreshThemes(tx, [merge.fromId, rootId]);
    return merge.fromId;
  });
}

/** Takes statements out of a theme into a new one of their own. Where they stand now, no machine moves them from. */
export function splitTheme(actor: Member, themeId: number, { statements: statementIds, title }: { statements: number[]; title: string }): Promise<number> {
  return db.transaction(async (tx) => {
    await lockMining(tx);
    const theme = await lockTheme(tx, actor, themeId);
    const rows = await tx.execute<{ id: string }>(sql`
      select s.id from statements s where s.id = any(${sql.param(statementIds)}::bigint[]) and ${ofTheme(themeId)} order by s.id`);
    if (rows.length < new Set(statementIds).size) throw new InvalidInputError("statements", "insights.notOfThisTheme");
    const [made] = await tx
      .insert(themes)
      .values({ title: title || null, intent: theme.intent, areaId: theme.areaId, divisionId: theme.divisionId, createdById: actor.id })
      .returning({ id: themes.id });
    await regroup(tx, rows.map(({ id }) => Number(id)), made!.id);
    await noteEvent(tx, { themeId, kind: "split", to: String(made!.id), reason: "", actorId: actor.id });
    await noteEvent(tx, { themeId: made!.id, kind: "split-off", from: String(themeId), actorId: actor.id });
    await refreshThemes(tx, [themeId, made!.id]);
    return made!.id;
  });
}

/** The merges into a theme that can be undone. */
export function listMerges(on: Executor, themeId: number) {
  return on
    .select({ id: themeMerges.id, fromId: themeMerges.fromId, at: themeMerges.at })
    .from(themeMerges)
    .innerJoin(themes, eq(themes.id, themeMerges.fromId))
    .where(and(eq(themes.mergedIntoId, themeId), isNull(themeMerges.undoneAt)))
    .orderBy(themeMerges.id)
    .limit(100);
}
