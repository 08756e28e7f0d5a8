import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { defineAction, defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { safePath } from "#app/core/safe-path.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { browserOf } from "../browser.ts";
import { AccountFields } from "../components/account-fields.tsx";
import { Card } from "../components/card.tsx";
import { signUpInput } from "../inputs.ts";
import en from "../messages/en.json";
import { signUp } from "../sign-up.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const next = safePath(new URL(request.url).searchParams.get("next"));
  if (viewer.kind === "member") throw redirect(next);
  return { next, title: translate(viewer.locale, "accounts.signUpTitle") };
});

export const action = defineAction({ params: noParams, input: signUpInput, openTo: "guests" }, async ({ input, request, context }) => {
  const cookie = await signUp(input, browserOf(request, context));
  return redirect(`/check-mail?next=${encodeURIComponent(safePath(input.next))}`, { headers: { "Set-Cookie": cookie } });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function SignUpPage() {
  const t = useT("accounts", en);
  const { next } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const isBusy = useNavigation().state === "submitting";
  const signIn = <Link to={`/sign-in?next=${encodeURIComponent(next)}`} className="font-medium text-accent-strong underline underline-offset-2">{t("signIn")}</Link>;
  return (
    <Card title={t("signUpTitle")} lead={t("signUpLead")} foot={<p>{t("haveAccount")} {signIn}</p>}>
      <Form method="post" reloadDocument className="space-y-4">
        {problem && problem.status !== 422 && <Notice tone="danger">{problem.message}</Notice>}
        <AccountFields problem={problem} />
        <input type="hidden" name="next" value={problem?.values.next ?? next} />
        <Button look="primary" busy={isBusy} className="w-full">{t("createAccount")}</Button>
      </Form>
    </Card>
  );
}
