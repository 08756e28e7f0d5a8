import { Link } from "@remix-run/react";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import type { ThemeCard } from "../themes.ts";
import en from "../messages/en.json";
import { states, themePath } from "../paths.ts";
import { IntentMark, Spark, TrendMark } from "./marks.tsx";
import { titleOf } from "./theme-title.ts";

type ThemeBoardProps = { columns: Record<ThemeCard["state"], ThemeCard[]>; counts: Record<ThemeCard["state"], number>; query: string };

/** Themes by where they stand. The columns scroll inside themselves; on a phone they stand below each other. */
export function ThemeBoard({ columns, counts, query }: ThemeBoardProps) {
  const t = useT("insights", en);
  const { locale } = useLanguage();
  const due = new Intl.DateTimeFormat(locale === "en-XA" ? "en" : locale, { dateStyle: "medium", timeZone: "UTC" });
  const more = (state: string) => {
    const params = new URLSearchParams(query);
    params.delete("view");
    params.set("state", state);
    return `/insights/themes?${params}`;
  };
  return (
    <div className="gap-4 sm:flex sm:snap-x sm:overflow-x-auto sm:pb-4" tabIndex={0} role="group" aria-label={t("viewBoard")}>
      {states.map((state) => (
        <section key={state} aria-label={t(`state_${state}`)} className="mb-6 shrink-0 snap-start rounded-md bg-sunken p-3 sm:mb-0 sm:w-64">
          <h2 className="mb-3 flex items-baseline justify-between px-1 text-sm font-semibold">{t(`state_${state}`)}<span className="tabular text-xs font-normal text-ink-soft">{counts[state]}</span></h2>
          <ul className="space-y-2">
            {columns[state].map((theme) => (
              <li key={theme.id} className="rounded-md border border-line bg-surface p-3">
                <Link to={themePath(theme.id)} className="block text-sm font-medium text-pretty hover:text-accent-strong hover:underline">{titleOf(theme, t)}</Link>
                <div className="mt-2 flex items-end justify-between gap-2">
                  <p className="flex flex-col gap-0.5 text-xs text-ink-soft">
                    <span className="font-semibold text-ink">{t("peopleCount", { count: theme.peopleCount })}</span>
                    <IntentMark intent={theme.intent} />
                    {theme.ownerName ? <span>{theme.ownerName}</span> : <TrendMark trend={theme.trend} />}
                    {theme.dueOn && <time dateTime={theme.dueOn}>{due.format(new Date(`${theme.dueOn}T00:00:00Z`))}</time>}
                  </p>
                  <Spark weeks={theme.weeks} />
                </div>
              </li>
            ))}
          </ul>
          {counts[state] > columns[state].length && <Link to={more(state)} className="mt-3 block px-1 text-sm text-accent-strong hover:underline">{t("moreInState", { count: counts[state] })}</Link>}
          {counts[state] === 0 && <p className="px-1 text-xs text-ink-faint">{t("nothingHere")}</p>}
        </section>
      ))}
    </div>
  );
}
