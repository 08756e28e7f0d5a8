import type { MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { z } from "zod";
import { defineLoader, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { LoadMore } from "#app/ui/pager.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { requireInsights } from "../access.ts";
import { InsightsPage } from "../components/insights-page.tsx";
import { intentKeys, JudgeForm } from "../components/judge-form.tsx";
import { QuoteCard } from "../components/quote-card.tsx";
import { useJudgeKeys } from "../components/use-judge-keys.ts";
import { readAreaTree } from "../filter-choices.ts";
import en from "../messages/en.json";
import { intents } from "../paths.ts";
import { queues, readStatementQueue } from "../statement-queue.ts";
import { listThemeChoices } from "../theme-choices.ts";

const asked = z.object({ queue: z.enum(queues).catch("review"), intent: z.enum(intents).optional().catch(undefined), before: idParam.optional().catch(undefined) });

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireInsights(viewer);
  const { queue, intent, before } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [page, areas, themes] = await Promise.all([readStatementQueue(member, { queue, intent, before }), readAreaTree(), listThemeChoices(member)]);
  return { title: translate(viewer.locale, "insights.statementsTitle"), queue, ...page, areas: areas.map(({ id, name, depth }) => ({ id, name, depth })), themes };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function InsightsStatements() {
  const t = useT("insights", en);
  const { queue, quotes, next, areas, themes } = useLoaderData<typeof loader>();
  const { pathname, search } = useLocation();
  useJudgeKeys();
  return (
    <InsightsPage title={t("statementsTitle")} lead={t("statementsLead")} tab="/insights/statements">
      <TabLinks label={t("statementQueues")} className="mb-2" items={[
        { to: "/insights/statements", label: t("queueReview"), current: queue === "review" },
        { to: "/insights/statements?queue=also", label: t("queueAlso"), current: queue === "also" },
        { to: "/insights/statements?queue=unplaced", label: t("queueUnplaced"), current: queue === "unplaced" },
        { to: "/insights/statements?queue=all", label: t("queueAll"), current: queue === "all" },
      ]} />
      {quotes.length > 0 && <KeysHelp />}
      {quotes.length === 0
        ? <EmptyState icon="check-circle-2" title={t("noStatements")}>{t("noStatementsLead")}</EmptyState>
        : quotes.map((quote) => <QuoteCard key={quote.id} quote={quote}><JudgeForm quote={quote} areas={areas} themes={themes} next={pathname + search} /></QuoteCard>)}
      <LoadMore href={next ? `?queue=${queue}&before=${next}` : null} label={t("olderStatements")} />
    </InsightsPage>
  );
}

/** What each key does, for those who have keys. */
function KeysHelp() {
  const t = useT("insights", en);
  const keys: [string, string][] = [["j", t("keysNext")], ["k", t("keysPrevious")], ["y", t("right")], ["i", t("keysThen")], ...intents.map((intent): [string, string] => [intentKeys[intent], t(`intent_${intent}`)])];
  return (
    <p className="mt-3 mb-2 flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-soft max-sm:hidden touch:hidden">
      {keys.map(([key, does]) => <span key={key} className="inline-flex items-center gap-1.5"><kbd className="rounded border border-line-strong bg-surface px-1.5 font-mono">{key}</kbd>{does}</span>)}
    </p>
  );
}
