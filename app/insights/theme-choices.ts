import { sql } from "drizzle-orm";
import type { Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { findThemes } from "./themes.ts";

/** Themes to choose one from, the highest first; those without a name the viewer may read are left out. */
export async function listThemeChoices(viewer: Viewer, limit = 150): Promise<{ id: number; label: string }[]> {
  return (await findThemes(db, viewer, sql`true`, { limit })).flatMap(({ id, title }) => (title ? [{ id, label: title.slice(0, 90) }] : []));
}
