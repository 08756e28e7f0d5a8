import { sql } from "drizzle-orm";
import type { Band, Intent } from "./mining/kinds.ts";

/** Likelier than all else together. */
const SURE_OF_TITLE = 0.5;

/**
 * Whether a statement may join a theme without a person: it says something of use, and the machine is sure enough of what.
 * Of a topic's title it need not be as sure: nobody makes small talk a title.
 */
export function joinsThemes({ part, intent, confidence, band, excluded }: { part: "title" | "body"; intent: Intent; confidence: number; band: Band; excluded: unknown }): boolean {
  return excluded === null && intent !== "other" && (band === "auto" || (part === "title" && band === "review" && confidence >= SURE_OF_TITLE));
}

/** The same of a statement under the name `o`. */
export const oJoinsThemes = sql`(o.excluded is null and o.intent <> 'other' and (o.band = 'auto' or (o.part = 'title' and o.band = 'review' and o.confidence >= ${sql.raw(String(SURE_OF_TITLE))})))`;
