import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Card } from "../components/card.tsx";
import { askResetInput } from "../inputs.ts";
import { RESET_MINUTES } from "../mail-link.ts";
import en from "../messages/en.json";
import { askForReset } from "../reset-password.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const isSent = new URL(request.url).searchParams.has("sent");
  return { isSent, minutes: RESET_MINUTES, title: translate(viewer.locale, isSent ? "accounts.resetSentTitle" : "accounts.resetTitle") };
});

export const action = defineAction({ params: noParams, input: askResetInput, openTo: "guests" }, async ({ input, context }) => {
  await askForReset(input.email, context);
  return redirect("/reset-password?sent=1");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function AskResetPage() {
  const t = useT("accounts", en);
  const { isSent, minutes } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  if (isSent && !problem) {
    return (
      <Card title={t("resetSentTitle")} lead={t("resetSentLead", { minutes })}>
        <ButtonLink to="/sign-in">{t("backToSignIn")}</ButtonLink>
      </Card>
    );
  }
  return (
    <Card title={t("resetTitle")} lead={t("resetLead")}>
      <Form method="post" action="/reset-password" className="space-y-4">
        {problem && problem.status !== 422 && <Notice tone="danger">{problem.message}</Notice>}
        <Field label={t("email")} name="email" type="email" autoComplete="email" required defaultValue={problem?.values.email} errors={problem?.fields.email} />
        <div className="flex flex-wrap gap-3">
          <Button look="primary" busy={isBusy}>{t("sendLink")}</Button>
          <ButtonLink to="/sign-in" look="quiet">{t("backToSignIn")}</ButtonLink>
        </div>
      </Form>
    </Card>
  );
}
