import type { Problem } from "#app/core/http.ts";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

/** What every new account needs: a name, an address, a password. */
export function AccountFields({ problem }: { problem: Problem | undefined }) {
  const t = useT("accounts", en);
  return (
    <>
      <Field label={t("username")} hint={t("usernameHint")} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required minLength={2} maxLength={30} defaultValue={problem?.values.username} errors={problem?.fields.username} />
      <Field label={t("email")} hint={t("emailHint")} name="email" type="email" autoComplete="email" required maxLength={254} defaultValue={problem?.values.email} errors={problem?.fields.email} />
      <NewPasswordField label={t("newPassword")} errors={problem?.fields.password} />
    </>
  );
}

export function NewPasswordField({ label, errors }: { label: string; errors?: string[] }) {
  const t = useT("accounts", en);
  return <Field label={label} hint={t("passwordHint")} name="password" type="password" autoComplete="new-password" required minLength={10} errors={errors} />;
}
