import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { SettingsSection } from "#app/accounts/components/settings-section.tsx";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { chooseMail, listRefusedMails, optionalMails } from "#app/core/mail-choice.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import en from "../components/words.ts";

const tick = z.literal("on").optional().transform((value) => value === "on");
const input = z.object(Object.fromEntries(optionalMails.map((mail) => [mail, tick])) as Record<(typeof optionalMails)[number], typeof tick>);

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  const refused = await listRefusedMails(db, member.id);
  return { mails: optionalMails.map((mail) => ({ mail, isOn: !refused.includes(mail) })), isDone: new URL(request.url).searchParams.has("done"), title: translate(viewer.locale, "notifications.mailTitle") };
});

export const action = defineAction({ params: noParams, input }, async ({ viewer, input: wanted }) => {
  const member = requireMember(viewer);
  for (const mail of optionalMails) await chooseMail(member.id, mail, { on: wanted[mail] });
  return redirect("/settings/mail?done=1");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function MailSettings() {
  const t = useT("notifications", en);
  const { mails, isDone } = useLoaderData<typeof loader>();
  return (
    <SettingsSection title={t("mailTitle")} lead={t("mailLead")}>
      <Form method="post" className="space-y-4">
        {isDone && <Notice tone="success">{t("mailSaved")}</Notice>}
        {mails.map(({ mail, isOn }) => <Checkbox key={mail} name={mail} label={t(`mail_${mail}`)} hint={t(`mailHint_${mail}`)} defaultChecked={isOn} />)}
        <Button look="primary">{t("mailSave")}</Button>
      </Form>
    </SettingsSection>
  );
}
