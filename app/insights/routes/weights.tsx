import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { enforce } from "#app/core/policy.ts";
import { defineAction, defineLoader, noParams, refusalOf, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { canConfigure, requireInsights } from "../access.ts";
import { InsightsPage } from "../components/insights-page.tsx";
import { weightsInput } from "../inputs.ts";
import en from "../messages/en.json";
import { intents } from "../paths.ts";
import { scoreAllThemes } from "../score-themes.ts";
import { readScoreSettings, writeScoreSettings } from "../settings.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const member = requireInsights(viewer);
  return { title: translate(viewer.locale, "insights.weightsTitle"), settings: await readScoreSettings(db), refusal: refusalOf(member, canConfigure(member)) };
});

export const action = defineAction({ params: noParams, input: weightsInput }, async ({ viewer, input }) => {
  const member = requireInsights(viewer);
  enforce(canConfigure(member));
  await db.transaction(async (tx) => {
    const halfLifeDays = Object.fromEntries(intents.map((intent) => [intent, input[`days-${intent}`]])) as Record<(typeof intents)[number], number>;
    await writeScoreSettings(tx, member.id, { valueUnit: input.valueUnit, halfLifeDays });
    await scoreAllThemes(tx);
  });
  return redirect("/insights/weights?saved");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function InsightsWeights() {
  const t = useT("insights", en);
  const { settings, refusal } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <InsightsPage title={t("weightsTitle")} lead={t("weightsLead")} tab="/insights/themes" problem={refusal}>
      <Form method="post" className="max-w-xl space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {intents.map((intent) => <Field key={intent} name={`days-${intent}`} label={`${t(`intent_${intent}`)} (${t("days")})`} inputMode="numeric" required defaultValue={problem?.values[`days-${intent}`] ?? settings.halfLifeDays[intent]} errors={problem?.fields[`days-${intent}`]} />)}
        </div>
        <Field name="valueUnit" label={t("valueUnit")} hint={t("valueUnitHint")} inputMode="numeric" required defaultValue={problem?.values.valueUnit ?? settings.valueUnit} errors={problem?.fields.valueUnit} />
        {!refusal && <Button look="primary">{t("save")}</Button>}
      </Form>
    </InsightsPage>
  );
}
