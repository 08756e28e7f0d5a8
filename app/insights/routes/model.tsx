import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { isAdmin } from "#app/core/viewer.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { Time } from "#app/ui/time.tsx";
import { requireInsights } from "../access.ts";
import { InsightsPage, Section } from "../components/insights-page.tsx";
import { readModelPage } from "../language-model/calls.ts";
import en from "../messages/en.json";
import { themePath } from "../paths.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireInsights(viewer);
  if (!isAdmin(member)) throw new NotFoundError("page");
  const before = idParam.safeParse(new URL(request.url).searchParams.get("before")).data;
  return { title: translate(viewer.locale, "insights.lmTitle"), ...(await readModelPage(member, { before })) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function InsightsModel() {
  const t = useT("insights", en);
  const { model, calls, next, today, month, trouble } = useLoaderData<typeof loader>();
  return (
    <InsightsPage title={t("lmTitle")} lead={t("lmLead")} tab="/insights/accuracy">
      {!model && <EmptyState icon="sparkles" title={t("lmOff")}>{t("lmOffLead")}</EmptyState>}
      {trouble && <Notice tone="warning" className="mb-6">{t(`lmTrouble_${trouble}`)}</Notice>}
      {model && (
        <dl className="mb-8 grid gap-6 border-y border-line py-4 sm:grid-cols-3">
          <div><dd className="text-lg font-semibold break-words">{model.name}</dd><dt className="text-sm text-ink-soft">{model.host}</dt></div>
          <div><dd className="tabular text-lg font-semibold">{today.cost.toFixed(4)}</dd><dt className="text-sm text-ink-soft">{t("lmToday", { calls: today.calls, limit: model.dailyLimit })}</dt></div>
          <div><dd className="tabular text-lg font-semibold">{month.cost.toFixed(4)}</dd><dt className="text-sm text-ink-soft">{t("lmMonth", { calls: month.calls })}</dt></div>
        </dl>
      )}
      {calls.length > 0 && (
        <Section title={t("lmCalls")} lead={t("lmCallsLead")}>
          <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t("lmCalls")}>
            <table className="w-full text-left text-sm whitespace-nowrap">
              <thead><tr className="border-b border-line text-xs text-ink-soft">{(["lmWhen", "lmTheme", "lmModel", "lmPrompt", "lmData", "lmTokens", "lmCost", "lmDuration", "lmOutcome"] as const).map((name) => <th key={name} className="py-2 pr-4 font-medium">{t(name)}</th>)}</tr></thead>
              <tbody>
                {calls.map((call) => (
                  <tr key={call.id} className="border-b border-line tabular">
                    <td className="py-2 pr-4"><Time at={call.at} /></td>
                    <td className="max-w-72 truncate pr-4">{call.themeId && <Link to={themePath(call.themeId)} className="text-accent-strong hover:underline">{call.themeTitle ?? t("themeNumber", { id: call.themeId })}</Link>}</td>
                    <td className="pr-4">{call.model}</td>
                    <td className="pr-4">{call.promptVersion}</td>
                    <td className="pr-4">{t(`lmData_${call.dataClass as "public"}`)}</td>
                    <td className="pr-4">{call.inputTokens} + {call.outputTokens}</td>
                    <td className="pr-4">{(call.costMicros / 1e6).toFixed(4)}</td>
                    <td className="pr-4">{t("lmMilliseconds", { count: call.durationMs })}</td>
                    <td>{t(`lmOutcome_${call.outcome as "used"}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <LoadMore href={next ? `?before=${next}` : null} label={t("lmOlder")} />
        </Section>
      )}
    </InsightsPage>
  );
}
