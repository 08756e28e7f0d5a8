import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { config } from "#app/core/config.ts";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { safePath } from "#app/core/safe-path.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { browserOf } from "../browser.ts";
import { Card } from "../components/card.tsx";
import { DemoMembers } from "../components/demo-members.tsx";
import { signInInput } from "../inputs.ts";
import en from "../messages/en.json";
import { signIn } from "../sign-in.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const { searchParams } = new URL(request.url);
  const next = safePath(searchParams.get("next"));
  if (viewer.kind === "member") throw redirect(next);
  return { next, done: searchParams.get("done"), isDemo: config.demo, title: translate(viewer.locale, "accounts.signInTitle") };
});

export const action = defineAction({ params: noParams, input: signInInput, openTo: "guests" }, async ({ viewer, input, request, context }) => {
  const cookie = await signIn(viewer, input, browserOf(request, context));
  return redirect(safePath(input.next), { headers: { "Set-Cookie": cookie } });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function SignInPage() {
  const t = useT("accounts", en);
  const { next, done, isDemo } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";

  const foot = (
    <>
      <p>
        {t("newHere")} <Link to={`/sign-up?next=${encodeURIComponent(next)}`} className="font-medium text-accent-strong underline underline-offset-2">{t("createAccount")}</Link>
      </p>
      {isDemo && <DemoMembers next={next} />}
    </>
  );
  return (
    <Card title={t("signInTitle")} lead={t("signInLead")} foot={foot}>
      {/* A whole new page: nothing that was loaded for the guest stays behind. */}
      <Form method="post" reloadDocument className="space-y-4">
        {!problem && done === "confirmed" && <Notice tone="success">{t("addressConfirmedSignIn")}</Notice>}
        {!problem && done === "password" && <Notice tone="success">{t("passwordSetSignIn")}</Notice>}
        {problem && !problem.fields.password && <Notice tone="danger">{problem.message}</Notice>}
        <Field label={t("login")} name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} required defaultValue={problem?.values.login} errors={problem?.fields.login} />
        <Field label={t("password")} name="password" type="password" autoComplete="current-password" required errors={problem?.fields.password} />
        <input type="hidden" name="next" value={problem?.values.next ?? next} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button look="primary" busy={isBusy}>{t("signIn")}</Button>
          <Link to="/reset-password" className="text-sm text-ink-soft underline underline-offset-2 hover:text-ink">{t("forgotPassword")}</Link>
        </div>
      </Form>
    </Card>
  );
}
