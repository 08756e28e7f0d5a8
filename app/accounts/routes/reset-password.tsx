import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { clearedCookie } from "#app/core/session.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { NewPasswordField } from "../components/account-fields.tsx";
import { Card } from "../components/card.tsx";
import { DeadLink } from "../components/dead-link.tsx";
import { resetPasswordInput, tokenParams } from "../inputs.ts";
import en from "../messages/en.json";
import { oneTimeHeaders, oneTimePage } from "../one-time-page.ts";
import { canReset, resetPassword } from "../reset-password.ts";

export const headers = oneTimeHeaders;

export const loader = defineLoader({ params: tokenParams }, async ({ viewer, params }) =>
  oneTimePage(translate(viewer.locale, "accounts.resetTitle"), (await canReset(params.token)) ? {} : null),
);

export const action = defineAction({ params: tokenParams, input: resetPasswordInput, openTo: "guests" }, async ({ params, input }) => {
  await resetPassword(params.token, input.password);
  return redirect("/sign-in?done=password", { headers: { "Set-Cookie": clearedCookie() } });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function ResetPasswordPage() {
  const t = useT("accounts", en);
  const { shown } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  if (!shown) return <DeadLink newLinkAt="/reset-password" />;
  return (
    <Card title={t("resetTitle")} lead={t("chooseLead")}>
      <Form method="post" reloadDocument className="space-y-4">
        {problem && problem.status !== 422 && <Notice tone="danger">{problem.message}</Notice>}
        <NewPasswordField label={t("nextPassword")} errors={problem?.fields.password} />
        <Button look="primary" busy={isBusy}>{t("savePassword")}</Button>
      </Form>
    </Card>
  );
}
