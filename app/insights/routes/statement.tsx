import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
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
import { readAreaTree } from "../filter-choices.ts";
import { judgeInput } from "../inputs.ts";
import { judgeStatement } from "../judge.ts";
import en from "../messages/en.json";
import { readQuotes } from "../quotes.ts";
import { listThemeChoices } from "../theme-choices.ts";

const QUEUE = "/insights/statements";
const params = z.object({ statementId: idParam });

export const loader = defineLoader({ params }, async ({ viewer, params: { statementId }, request }) => {
  const member = requireInsights(viewer);
  const [[quote], areas, themes] = await Promise.all([readQuotes(db, member, { where: sql`s.id = ${statementId}`, limit: 1 }), readAreaTree(), listThemeChoices(member)]);
  if (!quote || quote.gone === "private") throw new NotFoundError("statement");
  const next = safePath(new URL(request.url).searchParams.get("next") ?? QUEUE);
  return { title: translate(viewer.locale, "insights.correct"), quote, areas: areas.map(({ id, name, depth }) => ({ id, name, depth })), themes, next };
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
  return (
    <InsightsPage title={t("correct")} tab="/insights/statements" problem={problem ? [problem.message, ...Object.values(problem.fields).flat()].join(" ") : null}>
      <QuoteCard quote={quote}><JudgeForm quote={quote} areas={areas} themes={themes} next={next} /></QuoteCard>
    </InsightsPage>
  );
}
