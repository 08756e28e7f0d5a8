import { Link } from "@remix-run/react";
import { cx } from "#app/ui/class-names.ts";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import type { ThemeCard } from "../themes.ts";
import en from "../messages/en.json";
import { states, themePath } from "../paths.ts";
import { IntentMark, Spark, TrendMark } from "./marks.tsx";
import { titleOf } from "./theme-title.ts";

type ThemeBoardProps = { columns: Record<ThemeCard["state"], ThemeCard[]>; counts: Record<ThemeCard["state"], number>; query: string };

/** All six fit beside each other: what is new, of which there is most, beside what is being worked on and, below that, what is over. */
const places: Record<ThemeCard["state"], string> = { new: "sm:row-span-5 lg:col-span-2 lg:row-span-2", triaged: "lg:col-span-2", accepted: "lg:col-span-2", planned: "lg:col-span-2", shipped: "lg:col-span-3", declined: "lg:col-span-3" };

/** Themes by where they stand, all of it in sight; on a phone the columns stand below each other. */
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
    <div className="grid items-start gap-4 sm:grid-cols-2 sm:grid-rows-[repeat(4,auto)_1fr] lg:grid-cols-8 lg:grid-rows-[auto_1fr]" role="group" aria-label={t("viewBoard")}>
      {states.map((state) => (
        <section key={state} aria-label={t(`state_${state}`)} className={cx("min-w-0 rounded-md bg-sunken p-3", places[state])}>
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
                    {theme.dueOn && <time className="whitespace-nowrap" dateTime={theme.dueOn}>{due.format(new Date(`${theme.dueOn}T00:00:00Z`))}</time>}
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
