import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { NotFoundError } from "#app/core/errors.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { safePath } from "#app/core/safe-path.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { requireInsights } from "../access.ts";
import { InsightsPage } from "../components/insights-page.tsx";
import { JudgeForm } from "../components/judge-form.tsx";
import { QuoteCard } from "../components/quote-card.tsx";
import { useJudgeKeys } from "../components/use-judge-keys.ts";
import { readAreaTree } from "../filter-choices.ts";
import { judgeInput } from "../inputs.ts";
import { judgeStatement } from "../judge.ts";
import en from "../messages/en.json";
import { themePath } from "../paths.ts";
import { readQuotes } from "../quotes.ts";
import { listThemeChoices } from "../theme-choices.ts";

const QUEUE = "/insights/statements";
const params = z.object({ statementId: idParam });

export const loader = defineLoader({ params }, async ({ viewer, params: { statementId }, request }) => {
  const member = requireInsights(viewer);
  const [[quote], areas, themes] = await Promise.all([readQuotes(db, member, { where: sql`s.id = ${statementId}`, limit: 1 }), readAreaTree(), listThemeChoices(member)]);
  if (!quote || quote.gone === "private") throw new NotFoundError("statement");
  const next = safePath(new URL(request.url).searchParams.get("next") ?? QUEUE);
  return { title: translate(viewer.locale, "insights.statementTitle"), quote, areas: areas.map(({ id, name, depth }) => ({ id, name, depth })), themes, next };
});

export const action = defineAction({ params, input: judgeInput }, async ({ viewer, params: { statementId }, input: { next, ...input } }) => {
  await judgeStatement(requireInsights(viewer), { ...input, statementId });
  return redirect(safePath(next ?? QUEUE));
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function InsightsStatement() {
  const t = useT("insights", en);
  const { quote, areas, themes, next } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const theme = themes.find(({ id }) => id === quote.themeId);
  useJudgeKeys();
  return (
    <InsightsPage
      title={t("statementTitle")}
      lead={t("statementLead")}
      place={<a href={next} className="hover:underline">← {t("statementBack")}</a>}
      tab="/insights/statements"
      problem={problem ? [problem.message, ...Object.values(problem.fields).flat()].join(" ") : null}
    >
      <QuoteCard quote={quote}>
        <p className="mt-2 text-sm text-ink-soft">{quote.themeId === null ? t("inNoTheme") : t.rich("inTheme", { theme: <Link key="theme" to={themePath(quote.themeId!)} className="font-medium text-ink hover:underline">{theme?.label ?? t("themeNumber", { id: quote.themeId! })}</Link> })}</p>
        <JudgeForm quote={quote} areas={areas} themes={themes} next={next} isOpen />
      </QuoteCard>
    </InsightsPage>
  );
}
