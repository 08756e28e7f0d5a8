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
import { browserOf } from "../browser.ts";
import { NewPasswordField } from "../components/account-fields.tsx";
import { SettingsSection } from "../components/settings-section.tsx";
import { changePassword } from "../credentials.ts";
import { changePasswordInput } from "../inputs.ts";
import en from "../messages/en.json";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireMember(viewer);
  return { title: translate(viewer.locale, "accounts.changePasswordTitle") };
});

export const action = defineAction({ params: noParams, input: changePasswordInput }, async ({ viewer, input, request, context }) => {
  const cookie = await changePassword(requireMember(viewer), input, browserOf(request, context));
  return redirect("/settings/account?done=password", { headers: { "Set-Cookie": cookie } });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function ChangePasswordPage() {
  const t = useT("accounts", en);
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  return (
    <SettingsSection title={t("changePasswordTitle")} lead={t("changePasswordLead")}>
      <Form method="post" className="max-w-md space-y-4">
        {problem && problem.status !== 422 && <Notice tone="danger">{problem.message}</Notice>}
        <Field label={t("currentPassword")} name="current" type="password" autoComplete="current-password" required errors={problem?.fields.current} />
        <NewPasswordField label={t("nextPassword")} errors={problem?.fields.password} />
        <div className="flex gap-3">
          <Button look="primary" busy={isBusy}>{t("savePassword")}</Button>
          <ButtonLink to="/settings/account" look="quiet">{t("cancel")}</ButtonLink>
        </div>
      </Form>
    </SettingsSection>
  );
}
