import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import type { Said } from "../said-of.ts";
import type { ThemeCard } from "../themes.ts";
import en from "../messages/en.json";
import { themePath } from "../paths.ts";
import { IntentMark, Spark, StateMark, TrendMark } from "./marks.tsx";
import { titleOf } from "./theme-title.ts";

type ThemeRowProps = { theme: ThemeCard; /** Shown at the end where the order is by it. */ showScore?: boolean; /** Why it stands in this list, in place of the usual facts. */ note?: React.ReactNode; /** What somebody said of it. */ said?: Said };

/** A theme as a line: how many people, in whose words, which way it goes, where it stands. */
export function ThemeRow({ theme, showScore, note, said }: ThemeRowProps) {
  const t = useT("insights", en);
  return (
    <li className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-4 border-b border-line py-3.5 sm:grid-cols-[3.25rem_minmax(0,1fr)_84px_6.5rem]">
      <span className="text-right">
        <span className="tabular block text-xl leading-6 font-semibold">{theme.peopleCount}</span>
        <span className="block text-xs text-ink-faint">{t("people", { count: theme.peopleCount })}</span>
      </span>
      <div className="min-w-0">
        <Link to={themePath(theme.id)} className="font-medium text-pretty hover:text-accent-strong hover:underline">{titleOf(theme, t)}</Link>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-soft">
          <IntentMark intent={theme.intent} />
          {theme.areaName && <span>{theme.areaName}</span>}
          {theme.divisionName && <span className="inline-flex items-center gap-1.5"><span className="size-2 rounded-full" style={{ backgroundColor: theme.accent ?? undefined }} />{theme.divisionName}</span>}
          {theme.accountCount > 0 && <span>{t("accountsCount", { count: theme.accountCount })}</span>}
          <TrendMark trend={theme.trend} />
          {note ?? (theme.lastAt && <span>{t("lastHeard")} <Time at={theme.lastAt} /></span>)}
          {theme.ownerName && <span>{theme.ownerName}</span>}
        </p>
        {said && (
          <p className="mt-2 border-l-2 border-line-strong pl-3 text-sm text-pretty text-ink-soft">
            <a href={said.href} className="hover:text-ink">{said.words}</a> <span className="text-xs whitespace-nowrap text-ink-faint">{said.account ? `${said.name}, ${said.account}` : said.name}</span>
          </p>
        )}
      </div>
      <Spark weeks={theme.weeks} className="hidden self-center sm:block" />
      <span className="col-start-2 mt-2 flex items-center gap-2 sm:col-start-4 sm:mt-0 sm:flex-col sm:items-end sm:justify-center sm:gap-1">
        <StateMark state={theme.state} />
        {showScore && <span className="tabular text-xs text-ink-faint">{t("score")} {theme.score.toFixed(1)}</span>}
      </span>
    </li>
  );
}

export function ThemeList({ themes, said = {}, ...row }: { themes: ThemeCard[]; /** By theme. */ said?: Record<number, Said> } & Omit<ThemeRowProps, "theme" | "said">) {
  const t = useT("insights", en);
  if (themes.length === 0) return <p className="py-2 text-sm text-ink-faint">{t("nothingHere")}</p>;
  return <ul>{themes.map((theme) => <ThemeRow key={theme.id} theme={theme} said={said[theme.id]} {...row} />)}</ul>;
}
