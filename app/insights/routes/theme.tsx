import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { idParam } from "#app/core/ids.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { RailSection } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { requireInsights } from "../access.ts";
import { InsightsPage, Section } from "../components/insights-page.tsx";
import { IntentMark, StateMark, TrendMark } from "../components/marks.tsx";
import { percent } from "../components/percent.ts";
import { QuoteCard } from "../components/quote-card.tsx";
import { ScoreLines } from "../components/score-lines.tsx";
import { DecisionForm, PlanForm, ShapeForms } from "../components/theme-forms.tsx";
import { ThemeHistory } from "../components/theme-history.tsx";
import { titleOf } from "../components/theme-title.ts";
import { TrendChart } from "../components/trend-chart.tsx";
import { decideTheme, followTheme, planTheme, renameTheme } from "../decide.ts";
import { themePageInput, themeParams } from "../inputs.ts";
import { mergeThemes, splitTheme, unmergeThemes } from "../merge-themes.ts";
import en from "../messages/en.json";
import { plainTitle, themePath } from "../paths.ts";
import { ENOUGH_PEOPLE } from "../score.ts";
import { readThemePage } from "../theme-page.ts";
import { readTheme } from "../themes.ts";
import { mondayOf } from "../weeks.ts";
import { db } from "#db/client.ts";

export const loader = defineLoader({ params: themeParams }, async ({ viewer, params: { themeId }, request }) => {
  const before = idParam.safeParse(new URL(request.url).searchParams.get("before")).data;
  const data = await readThemePage(requireInsights(viewer), themeId, { before });
  const decisions = data.events.filter(({ kind, to }) => kind === "state" && to).map(({ at, to }) => ({ week: mondayOf(at), state: to as "planned" }));
  return { ...data, decisions, title: data.theme.title ?? `#${themeId}` };
});

export const action = defineAction({ params: themeParams, input: themePageInput }, async ({ viewer, params: { themeId }, input }) => {
  const member = requireInsights(viewer);
  await readTheme(db, member, themeId);
  if (input.intent === "decide") await decideTheme(member, themeId, input);
  if (input.intent === "plan") await planTheme(member, themeId, input);
  if (input.intent === "rename") await renameTheme(member, themeId, input.title);
  if (input.intent === "follow" || input.intent === "unfollow") await followTheme(member, themeId, { on: input.intent === "follow" });
  if (input.intent === "unmerge") return redirect(`${themePath(await unmergeThemes(member, input.mergeId))}?saved`);
  if (input.intent === "split") return redirect(`${themePath(await splitTheme(member, themeId, input))}?saved`);
  if (input.intent === "merge") {
    await mergeThemes(member, themeId, input.into);
    return redirect(`${themePath(input.into)}?saved`);
  }
  return redirect(`${themePath(themeId)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function InsightsTheme() {
  const t = useT("insights", en);
  const data = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const { theme, quotes, hiddenCount, next, weeks, decisions, events, similar, accounts, voters, mergedInto, follows, refusal, summary, ideas } = data;
  // What agrees with the decision here says nothing new.
  const others = ideas.filter(({ status }) => status !== theme.state);
  const isOpen = mergedInto === null;
  return (
    <InsightsPage
      tab="/insights/themes"
      title={titleOf(theme, t)}
      place={<span className="flex flex-wrap items-center gap-x-3 gap-y-1"><StateMark state={theme.state} /><IntentMark intent={theme.intent} />{theme.areaName && <Link to={`/insights/themes?area=${theme.areaId}`} className="hover:underline">{theme.areaName}</Link>}{theme.divisionName && <span>{theme.divisionName}</span>}<TrendMark trend={theme.trend} /></span>}
      lead={<><p>{t.rich("saidBy", { people: theme.peopleCount, topics: theme.topicCount, accounts: theme.accountCount, recent: theme.factors?.recent ?? 0, b: (parts) => <b key="b" className="text-ink">{parts}</b> })}</p>{theme.reason && <p className="mt-1 text-ink">{theme.reason}</p>}{others.map(({ id, title: idea, path, status }) => <p key={id} className="mt-1 text-sm">{t.rich("toldInTopic", { state: t(`state_${status}`), topic: <a key="topic" href={path} className="text-ink underline">{plainTitle(idea)}</a> })}</p>)}{theme.peopleCount < ENOUGH_PEOPLE && <p className="mt-1 text-sm">{t("emergingNote")}</p>}</>}
      problem={problem && (Object.keys(problem.fields).length === 0 || problem.fields.form || problem.fields.statements) ? [problem.message, ...(problem.fields.statements ?? [])].join(" ") : null}
      actions={(
        <span className="flex flex-wrap items-center gap-2 print:hidden">
          {theme.trackerUrl && <a href={theme.trackerUrl} rel="noopener noreferrer" className="text-sm text-accent-strong hover:underline">{t("openTracker")}</a>}
          {isOpen && !refusal && <a href="#decide" className={buttonClass("plain", "small", "wide:hidden")}>{t("decide")}</a>}
          {isOpen && <Form method="post"><input type="hidden" name="intent" value={follows ? "unfollow" : "follow"} /><Button size="small">{t(follows ? "unfollow" : "follow")}</Button></Form>}
        </span>
      )}
      aside={isOpen && (
        <div id="decide" className="space-y-6 print:hidden">
          <RailSection title={t("decide")}><DecisionForm key={`${theme.state}${theme.reason}`} data={data} problem={problem} /></RailSection>
          {!refusal && <RailSection title={t("plan")}><PlanForm data={data} problem={problem} /></RailSection>}
        </div>
      )}
    >
      {summary?.sentence && <p className="mb-8 max-w-[68ch] border-l-2 border-line-strong pl-4"><span className="sr-only">{t("summary")}: </span>{summary.sentence}<span className="mt-1 block text-xs text-ink-faint">{t("summaryBy", { model: summary.model })}</span></p>}
      {mergedInto && <Notice tone="warning" className="mb-6">{t("mergedNotice")} <Link to={themePath(mergedInto.id)} className="underline">{t("openMerged", { title: titleOf(mergedInto, t) })}</Link></Notice>}
      <Section title={t("trendTitle")} lead={t("trendLead")}><TrendChart weeks={weeks} marks={decisions.map(({ week, state }) => ({ week, label: t(`state_${state}`) }))} /></Section>
      <Section title={t("evidence")} lead={t("evidenceLead")} id="evidence">
        <div>
          {quotes.map((quote) => (
            <QuoteCard key={quote.id} quote={quote} lead={!refusal && isOpen && <input type="checkbox" form="split" name="statements" value={quote.id} aria-label={t("chooseStatement")} className="mt-1.5 size-4.5 shrink-0 accent-accent print:hidden" />}>
              {!refusal && <p className="mt-1 print:hidden"><Link to={`/insights/statements/${quote.id}?next=${encodeURIComponent(themePath(theme.id))}`} className="text-xs text-accent-strong hover:underline">{t("correct")}</Link></p>}
            </QuoteCard>
          ))}
          {quotes.length === 0 && hiddenCount === 0 && <p className="py-3 text-sm text-ink-faint">{t("noEvidence")}</p>}
          {voters > 0 && <p className="py-3 text-sm text-ink-soft">{t("voted", { count: voters })}</p>}
          {hiddenCount > 0 && <p className="py-3 text-sm text-ink-soft">{t("hiddenQuotes", { count: hiddenCount })}</p>}
          <LoadMore href={next ? `?before=${next}#evidence` : null} label={t("moreEvidence")} />
          {!refusal && isOpen && quotes.length > 1 && (
            <details className="mt-4 rounded-md bg-sunken p-4 print:hidden">
              <summary className="opens text-sm font-medium">{t("split")}</summary>
              <Form method="post" id="split" className="mt-3 flex flex-wrap items-end gap-3"><input type="hidden" name="intent" value="split" /><div className="min-w-0 flex-1 basis-64"><Field name="title" label={t("splitName")} maxLength={160} /></div><Button>{t("splitButton")}</Button></Form>
            </details>
          )}
        </div>
        <p className="mt-4 text-sm print:hidden"><a href={`${themePath(theme.id)}/evidence.csv`} download className="text-accent-strong hover:underline">{t("download")}</a></p>
      </Section>
      {theme.factors && <Section title={t("scoreTitle")} id="score"><div className="max-w-xl"><ScoreLines theme={theme} mayChange={data.mayConfigure} /></div></Section>}
      {accounts.length > 0 && (
        <Section title={t("accountsBehind")}>
          <ul className="text-sm">{accounts.map(({ id, name, segment, value, people }) => <li key={id} className="flex justify-between gap-3 border-b border-line py-2"><span className="min-w-0"><span className="font-medium">{name}</span> <span className="text-ink-soft">{segment}</span> <span className="text-xs text-ink-faint">{t("peopleCount", { count: people })}</span></span><span className="tabular whitespace-nowrap text-ink-soft">{t("valueYear", { value })}</span></li>)}</ul>
        </Section>
      )}
      {similar.length > 0 && (
        <Section title={t("similar")} lead={t("similarHint")}>
          <ul className="text-sm">
            {similar.map((other) => (
              <li key={other.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2">
                <div className="min-w-0 flex-1 basis-64"><Link to={themePath(other.id)} className="hover:underline">{titleOf(other, t)}</Link><p className="text-xs text-ink-soft">{t("peopleCount", { count: other.peopleCount })} · {t("likeness", { percent: percent(other.similarity) })}</p></div>
                {!refusal && isOpen && <Form method="post" className="print:hidden"><input type="hidden" name="intent" value="merge" /><input type="hidden" name="into" value={other.id} /><Button size="small" aria-label={t("mergeIntoNamed", { title: titleOf(other, t) })}>{t("mergeIntoIt")}</Button></Form>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {!refusal && isOpen && <Section title={t("shape")} className="mt-10 print:hidden"><div className="max-w-xl"><ShapeForms key={theme.id} data={data} problem={problem} /></div></Section>}
      <Section title={t("history")}><ThemeHistory events={events} createdAt={theme.createdAt} /></Section>
    </InsightsPage>
  );
}
