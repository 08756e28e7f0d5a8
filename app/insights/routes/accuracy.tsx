import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { isAdmin } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readAccuracy, readQueue } from "../accuracy.ts";
import { canConfigure, requireInsights } from "../access.ts";
import { InsightsPage, Section } from "../components/insights-page.tsx";
import { JudgeForm } from "../components/judge-form.tsx";
import { LearningSection } from "../components/learning-section.tsx";
import { MatrixTable } from "../components/matrix-table.tsx";
import { percent } from "../components/percent.ts";
import { QuoteCard } from "../components/quote-card.tsx";
import { useJudgeKeys } from "../components/use-judge-keys.ts";
import { readAreaTree } from "../filter-choices.ts";
import { accuracyInput } from "../inputs.ts";
import { goBack, readLearning } from "../learning/learning-page.ts";
import en from "../messages/en.json";
import { listThemeChoices } from "../theme-choices.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const member = requireInsights(viewer);
  const [accuracy, learning, queue, areas, themes] = await Promise.all([readAccuracy(db), readLearning(db), readQueue(member), readAreaTree(), listThemeChoices(member)]);
  return { title: translate(viewer.locale, "insights.accuracyTitle"), accuracy, learning, mayConfigure: canConfigure(member).allowed, isAdmin: isAdmin(member), queue, areas: areas.map(({ id, name, depth }) => ({ id, name, depth })), themes };
});

export const action = defineAction({ params: noParams, input: accuracyInput }, async ({ viewer, input }) => {
  await goBack(requireInsights(viewer), input.learnedId);
  return redirect("/insights/accuracy?saved#learning");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

/** How many were told, and how many in a hundred of them rightly. */
function shareRight(matrix: number[][]): { count: number; percent: number } {
  const count = matrix.flat().reduce((sum, one) => sum + one, 0);
  return { count, percent: percent(matrix.reduce((sum, row, at) => sum + row[at]!, 0) / Math.max(1, count)) };
}

export const shouldRevalidate = staysWhenSignedOut;

export default function InsightsAccuracy() {
  const t = useT("insights", en);
  const { accuracy, learning, mayConfigure, isAdmin: seesCalls, queue, areas, themes } = useLoaderData<typeof loader>();
  const { classes, matrix, judged, all, auto, model, waiting } = accuracy;
  useJudgeKeys();
  return (
    <InsightsPage title={t("accuracyTitle")} lead={t("accuracyLead")} tab="/insights/accuracy">
      {all === null
        ? <Notice className="mb-8">{t("accuracyNone")}</Notice>
        : (
          <dl className="mb-8 grid gap-6 border-y border-line py-4 sm:grid-cols-2">
            <div><dd className="tabular text-2xl font-semibold">{percent(all.share)} %</dd><dt className="text-sm text-ink-soft">{t("accuracyAll", { count: judged })}, {t("accuracyRange", { low: percent(all.low), high: percent(all.high) })}</dt></div>
            {auto && <div><dd className="tabular text-2xl font-semibold">{percent(auto.share)} %</dd><dt className="text-sm text-ink-soft">{t("accuracyAuto")}, {t("accuracyRange", { low: percent(auto.low), high: percent(auto.high) })}</dt></div>}
          </dl>
        )}
      <Section title={t("weekQueue")} lead={t("weekQueueLead", { judged: queue.judged, all: queue.all })} id="queue">
        {queue.quotes.length === 0
          ? <p className="py-2 text-sm text-ink-soft">{queue.all > 0 ? t("weekQueueDone") : t("nothingHere")}</p>
          : queue.quotes.map((quote) => <QuoteCard key={quote.id} quote={quote}><JudgeForm quote={quote} areas={areas} themes={themes} next="/insights/accuracy#queue" /></QuoteCard>)}
      </Section>
      {judged > 0 && (
        <Section title={t("classFigures")}>
          <table className="w-full max-w-2xl text-left text-sm">
            <thead><tr className="border-b border-line text-xs text-ink-soft"><th className="py-2 font-medium">{t("intent")}</th>{(["claimed", "wasRight", "precision", "interval", "missed"] as const).map((name) => <th key={name} className="text-right font-medium">{t(name)}</th>)}</tr></thead>
            <tbody>
              {classes.map(({ intent, claimed, right, precision, missed }) => (
                <tr key={intent} className="border-b border-line tabular"><td className="py-2">{t(`intent_${intent}`)}</td><td className="text-right">{claimed}</td><td className="text-right">{right}</td><td className="text-right">{precision ? `${percent(precision.share)} %` : "–"}</td><td className="text-right text-ink-soft">{precision ? `${percent(precision.low)}–${percent(precision.high)} %` : "–"}</td><td className="text-right">{missed}</td></tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
      {judged > 0 && (
        <Section title={t("matrix")} lead={t("matrixLead")}>
          <MatrixTable matrix={matrix} label={t("matrix")} />
        </Section>
      )}
      {model?.measured && (
        <Section title={t("shippedFigures")} lead={t("shippedFiguresLead")}>
          <h3 className="mb-2 text-sm font-medium">{t("shippedStatements", shareRight(model.measured.statement))}</h3>
          <MatrixTable matrix={model.measured.statement} label={t("shippedFigures")} />
          <details className="mt-4">
            <summary className="w-fit cursor-pointer text-sm text-accent-strong hover:underline">{t("shippedPosts", shareRight(model.measured.post))}</summary>
            <MatrixTable className="mt-3" matrix={model.measured.post} label={t("shippedPosts", shareRight(model.measured.post))} />
          </details>
        </Section>
      )}
      <LearningSection learning={learning} mayGoBack={mayConfigure} areaNames={new Map(areas.map(({ id, name }) => [id, name]))} />
      <Section title={t("modelTitle")}>
        <div className="max-w-[68ch] space-y-2 text-sm">
          <p>{model ? t("modelVersion", { version: model.version, date: model.trainedAt }) : t("noModel")}</p>
          {waiting !== null && <p>{waiting === 0 ? t("readTwice") : t("readTwiceSoon", { count: waiting })}</p>}
          {accuracy.statements > 0 && <p>{t("coverage", { percent: percent(accuracy.sure / accuracy.statements), count: accuracy.statements })}</p>}
          {seesCalls && <p><Link to="/insights/model" className="text-accent-strong hover:underline">{t("lmTitle")}</Link></p>}
          {model && <ul className="list-disc pl-5 text-ink-soft">{model.trainedOn.map(({ name, examples, licence }) => <li key={name}>{t("modelSource", { name, count: examples, licence })}</li>)}</ul>}
        </div>
      </Section>
    </InsightsPage>
  );
}
