import { asc, inArray } from "drizzle-orm";
import { ConflictError, NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import type { Tx } from "#db/client.ts";
import { themes, type Theme } from "#db/schema/insights.ts";
import { canDecide, requireInsights } from "./access.ts";

/**
 * Themes for a command that changes them, their rows locked in the order of their numbers.
 *
 * @throws NotFoundError for whoever has no business here, or where there is none
 * @throws ForbiddenError for another division's
 * @throws ConflictError for one that is part of another by now
 */
export async function lockThemes(tx: Tx, actor: Member, themeIds: number[]): Promise<Map<number, Theme>> {
  requireInsights(actor);
  const rows = await tx.select().from(themes).where(inArray(themes.id, themeIds)).orderBy(asc(themes.id)).for("update");
  if (rows.length < new Set(themeIds).size) throw new NotFoundError("theme");
  for (const theme of rows) {
    enforce(canDecide(actor, theme));
    if (theme.mergedIntoId !== null) throw new ConflictError("insights.isMerged");
  }
  return new Map(rows.map((theme) => [theme.id, theme]));
}

export async function lockTheme(tx: Tx, actor: Member, themeId: number): Promise<Theme> {
  return (await lockThemes(tx, actor, [themeId])).get(themeId)!;
}
