import { redirect, type MetaFunction } from "@remix-run/node";
import { NotFoundError } from "#app/core/errors.ts";
import { Form, useActionData, useNavigation } from "@remix-run/react";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { browserOf } from "../browser.ts";
import { AccountFields } from "../components/account-fields.tsx";
import { Card } from "../components/card.tsx";
import { claimOwnershipInput, tokenParams } from "../inputs.ts";
import en from "../messages/en.json";
import { oneTimeHeaders, oneTimePage } from "../one-time-page.ts";
import { canClaimOwnership, claimOwnership } from "../ownership.ts";

export const headers = oneTimeHeaders;

export const loader = defineLoader({ params: tokenParams }, async ({ viewer, params }) => {
  if (!(await canClaimOwnership(params.token))) throw new NotFoundError("setup link");
  return oneTimePage(translate(viewer.locale, "accounts.setupTitle"), {});
});

export const action = defineAction({ params: tokenParams, input: claimOwnershipInput, openTo: "guests" }, async ({ params, input, request, context }) => {
  const cookie = await claimOwnership(params.token, input, browserOf(request, context));
  return redirect("/", { headers: { "Set-Cookie": cookie } });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function SetupPage() {
  const t = useT("accounts", en);
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  return (
    <Card title={t("setupTitle")} lead={t("setupLead")}>
      <Form method="post" reloadDocument className="space-y-4">
        {problem && problem.status !== 422 && <Notice tone="danger">{problem.message}</Notice>}
        <AccountFields problem={problem} />
        <Button look="primary" busy={isBusy} className="w-full">{t("setupAction")}</Button>
      </Form>
    </Card>
  );
}
