import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readAccount } from "../account.ts";
import { SettingsSection } from "../components/settings-section.tsx";
import en from "../messages/en.json";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => ({
  account: await readAccount(db, requireMember(viewer).id),
  done: new URL(request.url).searchParams.get("done"),
  title: translate(viewer.locale, "accounts.account"),
}));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function AccountPage() {
  const t = useT("accounts", en);
  const { account, done } = useLoaderData<typeof loader>();
  const { username, email, pendingEmail, hasPassword } = account;
  return (
    <SettingsSection title={t("account")} lead={t("accountLead")}>
      {done === "email" && <Notice tone="success" className="mb-6">{t("emailChangeSent")}</Notice>}
      {done === "password" && <Notice tone="success" className="mb-6">{t("passwordChanged")}</Notice>}
      <dl className="divide-y divide-line border-y border-line">
        <Row name={t("username")}>@{username}</Row>
        <Row name={t("email")} action={<ButtonLink to="/settings/account/email" size="small">{t("change")}</ButtonLink>}>
          {email ?? t("emailNone")}
          {pendingEmail && (
            <p className="mt-1 text-sm text-ink-soft">
              {t.rich("emailPending", { email: pendingEmail, b: (parts) => <b className="font-semibold text-ink">{parts}</b> })}{" "}
              <Link to="/check-mail" className="text-accent-strong underline underline-offset-2">{t("resend")}</Link>
            </p>
          )}
        </Row>
        <Row name={t("password")} action={hasPassword && <ButtonLink to="/settings/account/password" size="small">{t("change")}</ButtonLink>}>
          {hasPassword ? t("passwordSet") : t("passwordNone")}
        </Row>
      </dl>
    </SettingsSection>
  );
}

function Row({ name, action, children }: { name: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 py-4">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="col-start-1">{children}</dd>
      {action && <dd className="col-start-2 row-span-2 row-start-1">{action}</dd>}
    </div>
  );
}
