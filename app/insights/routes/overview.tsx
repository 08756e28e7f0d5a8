import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { isAdmin } from "#app/core/viewer.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Time } from "#app/ui/time.tsx";
import { requireInsights } from "../access.ts";
import { InsightsPage, Section } from "../components/insights-page.tsx";
import { ThemeList, ThemeRow } from "../components/theme-row.tsx";
import { readTrouble } from "../language-model/calls.ts";
import en from "../messages/en.json";
import { readOverview } from "../overview.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => ({
  title: translate(viewer.locale, "insights.insights"), ...(await readOverview(requireInsights(viewer))), trouble: isAdmin(viewer) ? await readTrouble() : null,
}));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function InsightsOverview() {
  const t = useT("insights", en);
  const { said, isQuiet, most, broken, asked, rising, fresh, waiting, stale, decided, figures, searches, run, trouble } = useLoaderData<typeof loader>();
  const change = figures.people - figures.before;
  const lead = isQuiet ? t("overviewLeadQuiet") : figures.before === 0 ? t("overviewLeadFirst", { people: figures.people }) : change < 0 ? t("overviewLeadLess", { people: figures.people, less: -change }) : t("overviewLead", { people: figures.people, change });
  if (figures.all === 0) {
    return (
      <InsightsPage title={t("overviewTitle")} tab="/insights">
        {run ? <Notice>{t("reading", { count: run.postCount })}</Notice> : <EmptyState icon="sparkles" title={t("nothingMined")}>{t("nothingMinedLead")}</EmptyState>}
      </InsightsPage>
    );
  }
  return (
    <InsightsPage title={t("overviewTitle")} lead={lead} tab="/insights" actions={<ButtonLink to="/insights/themes">{t("allThemes")}</ButtonLink>}>
      {run && <Notice className="mb-6">{t("reading", { count: run.postCount })}</Notice>}
      {trouble && <Notice tone="warning" className="mb-6">{t(`lmTrouble_${trouble}`)} <Link to="/insights/model" className="underline">{t("lmTroubleOpen")}</Link></Notice>}
      <ul className="mb-10 grid grid-cols-2 border-y border-line sm:grid-cols-4">
        <Figure to="/insights/themes?state=new" value={figures.undecided} label={t("figureUndecided", { count: figures.undecided })} />
        <Figure to="/insights/themes?view=board" value={figures.planned} label={t("figurePlanned", { count: figures.planned })} />
        <Figure to="/insights/statements" value={figures.review < 1000 ? figures.review : "999+"} label={t("figureReview", { count: figures.review })} />
        {figures.accounts > 0
          ? <Figure to="/insights/accounts" value={figures.accounts} label={t("figureAccounts", { count: figures.accounts, value: Number(figures.worth) })} />
          : isQuiet
            ? <Figure to="/insights/themes" value={figures.all} label={t("figureAll", { count: figures.all })} />
            : <Figure to="/insights/statements?queue=all" value={`${figures.statements ? Math.round((100 * figures.negative) / figures.statements) : 0} %`} label={t("figureNegative")} />}
      </ul>
      {rising.length > 0 && <Section title={t("rising")} lead={t("risingLead")}><ul>{rising.map((theme) => <ThemeRow key={theme.id} theme={theme} said={said[theme.id]} note={<span className="text-ink">{t("recentVoices", { count: theme.factors?.recent ?? 0 })}</span>} />)}</ul></Section>}
      {most.length > 0 && <Section title={t("most")} lead={t("mostLead")} more={{ to: "/insights/themes?sort=people", label: t("allThemes") }}><ThemeList themes={most} said={said} /></Section>}
      {broken.length > 0 && <Section title={t("broken")} more={{ to: "/insights/themes?intent=bug&sort=people", label: t("allThemes") }}><ThemeList themes={broken} said={said} /></Section>}
      {asked.length > 0 && <Section title={t("asked")} lead={t("askedLead")} more={{ to: "/insights/themes?intent=question&sort=people", label: t("allThemes") }}><ThemeList themes={asked} said={said} /></Section>}
      {(!isQuiet || most.length + broken.length + asked.length === 0) && <Section title={t("waiting")} lead={t("waitingLead")} more={{ to: "/insights/themes", label: t("allThemes") }}><ThemeList themes={waiting} said={said} showScore /></Section>}
      {fresh.length > 0 && <Section title={t("fresh")} lead={t("freshLead")} more={{ to: "/insights/themes?sort=new", label: t("allThemes") }}><ThemeList themes={fresh} said={said} /></Section>}
      {stale.length > 0 && <Section title={t("stale")} lead={t("staleLead")}><ThemeList themes={stale} /></Section>}
      {decided.length > 0 && (
        <Section title={t("decided")} more={{ to: "/insights/themes?view=board", label: t("viewBoard") }}>
          <ul>{decided.map((theme) => <ThemeRow key={theme.id} theme={theme} note={<span><Time at={theme.stateChangedAt} />{theme.reason && `: ${theme.reason}`}</span>} />)}</ul>
        </Section>
      )}
      {searches.length > 0 && (
        <Section title={t("emptySearches")} lead={t("emptySearchesLead")}>
          <ul className="columns-1 gap-8 text-sm sm:columns-2">
            {searches.map(({ words, count }) => <li key={words} className="flex justify-between gap-4 border-b border-line py-1.5"><Link to={`/search?q=${encodeURIComponent(words)}`} className="min-w-0 truncate hover:underline">{words}</Link><span className="text-ink-soft">{t("times", { count })}</span></li>)}
          </ul>
        </Section>
      )}
    </InsightsPage>
  );
}

function Figure({ to, value, label }: { to: string; value: number | string; label: string }) {
  return (
    <li className="border-line sm:border-l sm:first:border-l-0">
      <Link to={to} className="block h-full px-3 py-3 hover:bg-sunken">
        <span className="tabular block text-xl font-semibold">{value}</span>
        <span className="block text-xs text-ink-soft">{label}</span>
      </Link>
    </li>
  );
}
