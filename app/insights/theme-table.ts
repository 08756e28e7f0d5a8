import { shared } from "#app/core/shared.ts";
import { readTable, type ThemeTable } from "./themes/table.ts";

/** The learnt table of words, read once. */
export function themeTable(): ThemeTable {
  return shared("insights.theme-table", () => readTable());
}
