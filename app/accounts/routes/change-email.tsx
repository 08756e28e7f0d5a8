import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useNavigation } from "@remix-run/react";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { SettingsSection } from "../components/settings-section.tsx";
import { changeEmail } from "../credentials.ts";
import { changeEmailInput } from "../inputs.ts";
import en from "../messages/en.json";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireMember(viewer);
  return { title: translate(viewer.locale, "accounts.changeEmailTitle") };
});

export const action = defineAction({ params: noParams, input: changeEmailInput }, async ({ viewer, input }) => {
  await changeEmail(requireMember(viewer), input);
  return redirect("/settings/account?done=email");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function ChangeEmailPage() {
  const t = useT("accounts", en);
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  return (
    <SettingsSection title={t("changeEmailTitle")} lead={t("changeEmailLead")}>
      <Form method="post" className="max-w-md space-y-4">
        {problem && problem.status !== 422 && <Notice tone="danger">{problem.message}</Notice>}
        <Field label={t("newEmail")} name="email" type="email" autoComplete="email" required defaultValue={problem?.values.email} errors={problem?.fields.email} />
        <Field label={t("currentPassword")} name="current" type="password" autoComplete="current-password" required errors={problem?.fields.current} />
        <div className="flex gap-3">
          <Button look="primary" busy={isBusy}>{t("sendConfirmation")}</Button>
          <ButtonLink to="/settings/account" look="quiet">{t("cancel")}</ButtonLink>
        </div>
      </Form>
    </SettingsSection>
  );
}
