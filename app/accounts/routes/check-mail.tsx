import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { safePath } from "#app/core/safe-path.ts";
import { requireMember } from "#app/core/viewer.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { Card } from "../components/card.tsx";
import { readPendingEmail, resendConfirmation } from "../confirm-email.ts";
import { CONFIRM_HOURS } from "../mail-link.ts";
import en from "../messages/en.json";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const { searchParams } = new URL(request.url);
  const next = safePath(searchParams.get("next"));
  const email = await readPendingEmail(db, requireMember(viewer).id);
  if (!email) throw redirect(next);
  return { email, next, hours: CONFIRM_HOURS, isResent: searchParams.has("resent"), title: translate(viewer.locale, "accounts.checkMailTitle") };
});

export const action = defineAction({ params: noParams, input: z.object({}) }, async ({ viewer }) => {
  await resendConfirmation(requireMember(viewer));
  return redirect("/check-mail?resent=1");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function CheckMailPage() {
  const t = useT("accounts", en);
  const { email, next, hours, isResent } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const lead = t.rich("checkMailLead", { email, b: (parts) => <b className="font-semibold text-ink">{parts}</b> });
  const foot = <p>{t("wrongAddress")} <Link to="/settings/account/email" className="font-medium text-accent-strong underline underline-offset-2">{t("correctAddress")}</Link></p>;
  return (
    <Card title={t("checkMailTitle")} lead={lead} foot={foot}>
      <div className="space-y-4">
        {problem && <Notice tone="danger">{problem.message}</Notice>}
        {!problem && isResent && <Notice tone="success">{t("resent")}</Notice>}
        <p className="text-sm text-ink-soft">{t("checkMailHint", { hours })}</p>
        <Form method="post" action="/check-mail" className="flex flex-wrap gap-3">
          <ButtonLink to={next} look="primary">{t("lookAround")}</ButtonLink>
          <Button>{t("resend")}</Button>
        </Form>
      </div>
    </Card>
  );
}
