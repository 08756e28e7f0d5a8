import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { LoadMore } from "#app/ui/pager.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { db } from "#db/client.ts";
import { requireInsights } from "../access.ts";
import { InsightsPage } from "../components/insights-page.tsx";
import { ThemeBoard } from "../components/theme-board.tsx";
import { SavedViews, ThemeFilters } from "../components/theme-filters.tsx";
import { ThemeRow } from "../components/theme-row.tsx";
import { readFilterChoices } from "../filter-choices.ts";
import { themeCursor, themeFilter } from "../inputs.ts";
import en from "../messages/en.json";
import { filterNames, states } from "../paths.ts";
import { listViews } from "../saved-views.ts";
import { countThemes, listThemes, type ThemeCard } from "../themes.ts";

const ON_BOARD = 8;

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireInsights(viewer);
  const { searchParams } = new URL(request.url);
  const filter = themeFilter.parse(Object.fromEntries(searchParams));
  const after = themeCursor.safeParse({ key: searchParams.get("key"), id: searchParams.get("after") }).data;
  const query = new URLSearchParams(filterNames.flatMap((name) => (searchParams.get(name) ? [[name, searchParams.get(name)!]] : [])));
  const [choices, views, counts, list] = await Promise.all([
    readFilterChoices(member), listViews(db, member), countThemes(db, member, filter),
    filter.view === "list" ? listThemes(db, member, filter, { after }) : null,
  ]);
  const columns = list ? null : (Object.fromEntries(await Promise.all(states.map(async (state) => [state, (await listThemes(db, member, { ...filter, state }, { limit: ON_BOARD })).themes]))) as Record<ThemeCard["state"], ThemeCard[]>);
  return { title: translate(viewer.locale, "insights.themesTitle"), choices, views, counts, list, columns, query: query.toString(), values: Object.fromEntries(query) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function InsightsThemes() {
  const t = useT("insights", en);
  const { choices, views, counts, list, columns, query, values } = useLoaderData<typeof loader>();
  const withView = (view: string) => {
    const params = new URLSearchParams(query);
    params.delete("view");
    if (view !== "list") params.set("view", view);
    return `/insights/themes${params.size > 0 ? `?${params}` : ""}`;
  };
  const next = list?.next && `?${new URLSearchParams({ ...values, key: list.next.key, after: String(list.next.id) })}`;
  return (
    <InsightsPage
      title={t("themesTitle")}
      lead={t("themesLead")}
      tab="/insights/themes"
      actions={<span className="flex gap-3 text-sm print:hidden"><a href={`/insights/export.csv?${query}`} download className="text-accent-strong hover:underline">{t("exportCsv")}</a><a href={`/insights/export.json?${query}`} download className="text-accent-strong hover:underline">{t("exportJson")}</a></span>}
    >
      <SavedViews views={views} query={query} />
      <ThemeFilters key={query} values={values} choices={choices} />
      <TabLinks label={t("howShown")} items={[{ to: withView("list"), label: t("viewList"), current: columns === null }, { to: withView("board"), label: t("viewBoard"), current: columns !== null }]} className="mb-4 print:hidden" />
      {columns && <ThemeBoard columns={columns} counts={counts} query={query} />}
      {list && (list.themes.length === 0
        ? <EmptyState icon="filter" title={t("noThemes")}>{t("noThemesLead")}</EmptyState>
        : <ul className="border-t border-line">{list.themes.map((theme) => <ThemeRow key={theme.id} theme={theme} showScore />)}</ul>)}
      <LoadMore href={next ?? null} label={t("moreThemes")} />
    </InsightsPage>
  );
}
