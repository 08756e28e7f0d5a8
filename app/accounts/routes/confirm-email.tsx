import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { beginSession } from "#app/core/session.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { browserOf } from "../browser.ts";
import { Card } from "../components/card.tsx";
import { DeadLink } from "../components/dead-link.tsx";
import { confirmEmail, readConfirmation } from "../confirm-email.ts";
import { tokenParams } from "../inputs.ts";
import en from "../messages/en.json";
import { oneTimeHeaders, oneTimePage } from "../one-time-page.ts";
import { endSessions } from "../sessions.ts";

export const headers = oneTimeHeaders;

// Only shows a button. Programs that scan mail open every link in it, and must confirm nothing by that.
export const loader = defineLoader({ params: tokenParams }, async ({ viewer, params }) =>
  oneTimePage(translate(viewer.locale, "accounts.confirmTitle"), await readConfirmation(db, params.token)),
);

export const action = defineAction({ params: tokenParams, input: z.object({}), openTo: "guests" }, async ({ viewer, params, request, context }) => {
  const { memberId } = await confirmEmail(params.token);
  if (viewer.kind !== "member" || viewer.id !== memberId || !viewer.sessionId) return redirect("/sign-in?done=confirmed");
  // They may do more from now on, so what opened less is replaced.
  await endSessions(viewer.id, [viewer.sessionId]);
  return redirect("/", { headers: { "Set-Cookie": await beginSession(memberId, browserOf(request, context)) } });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function ConfirmEmailPage() {
  const t = useT("accounts", en);
  const { shown } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  if (!shown) return <DeadLink newLinkAt="/check-mail" />;
  const strong = (parts: React.ReactNode[]) => <b className="font-semibold text-ink">{parts}</b>;
  return (
    <Card title={t("confirmTitle")} lead={t.rich("confirmLead", { ...shown, b: strong })}>
      <Form method="post" reloadDocument className="space-y-4">
        {problem && <Notice tone="danger">{problem.message}</Notice>}
        <p className="text-sm text-ink-soft">{t("confirmHint")}</p>
        <Button look="primary">{t("confirm")}</Button>
      </Form>
    </Card>
  );
}
