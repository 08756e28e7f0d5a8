import type { Translate } from "#app/ui/i18n.tsx";
import type { ThemeCard } from "../themes.ts";
import type en from "../messages/en.json";

export type T = Translate<typeof en>;

/** What a theme is called on a page: its name, or the words of a member in the marks of a quotation. */
export function titleOf({ id, title, isNamed, statementCount }: Pick<ThemeCard, "id" | "title" | "isNamed" | "statementCount">, t: T): string {
  if (title === null) return statementCount > 0 ? t("hiddenTitle", { id }) : t("themeNumber", { id });
  return isNamed ? title : `“${title.replace(/^["“]([^"“”]*)["”]$/, "$1")}”`;
}
