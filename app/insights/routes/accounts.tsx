import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams, refusalOf, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { canConfigure, requireInsights } from "../access.ts";
import { InsightsPage, Section } from "../components/insights-page.tsx";
import { deleteAccount, joinAccount, leaveAccount, listAccounts, saveAccount } from "../customer-accounts.ts";
import { accountPageInput } from "../inputs.ts";
import en from "../messages/en.json";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const member = requireInsights(viewer);
  return { title: translate(viewer.locale, "insights.accountsTitle"), accounts: await listAccounts(db), refusal: refusalOf(member, canConfigure(member)) };
});

export const action = defineAction({ params: noParams, input: accountPageInput }, async ({ viewer, input }) => {
  const member = requireInsights(viewer);
  if (input.intent === "create") await saveAccount(member, null, { name: input.name, segment: input.segment, value: input.value, externalKey: input.externalKey });
  if (input.intent === "edit") await saveAccount(member, input.accountId, { name: input.name, segment: input.segment, value: input.value, externalKey: input.externalKey });
  if (input.intent === "delete") await deleteAccount(member, input.accountId);
  if (input.intent === "join") await joinAccount(member, input.accountId, input.username);
  if (input.intent === "leave") await leaveAccount(member, input.memberId);
  return redirect("/insights/accounts?saved");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function InsightsAccounts() {
  const t = useT("insights", en);
  const { accounts, refusal } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const of = (intent: string, accountId?: number) => (problem?.values.intent === intent && (accountId === undefined || problem.values.accountId === String(accountId)) ? problem : undefined);
  return (
    <InsightsPage title={t("accountsTitle")} lead={t("accountsLead")} tab="/insights/accounts" problem={problem && Object.keys(problem.fields).length === 0 ? problem.message : refusal}>
      {accounts.length === 0 && <EmptyState icon="users" title={t("noAccounts")}>{t("noAccountsLead")}</EmptyState>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {accounts.map((account) => (
          <li key={account.id} className="py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-6">
              <span className="min-w-0"><span className="font-medium">{account.name}</span> <span className="text-sm text-ink-soft">{account.segment}</span></span>
              <span className="tabular text-sm">{t("valueYear", { value: account.value })}</span>
              <span className="min-w-0 flex-1 basis-full text-sm text-ink-soft sm:basis-0">{account.members.map(({ name }) => name).join(", ")}</span>
              {account.themeCount > 0 && <Link to={`/insights/themes?account=${account.id}`} className="text-sm text-accent-strong hover:underline touch:py-2.5">{t("accountThemes", { count: account.themeCount })}</Link>}
            </div>
            {!refusal && (
              <details open={of("edit", account.id) !== undefined || of("join", account.id) !== undefined}>
                <summary aria-label={t("changeNamed", { name: account.name })} className="opens w-fit py-1 text-sm text-ink-soft hover:text-ink touch:py-2.5">{t("change")}</summary>
                <div className="max-w-xl space-y-6 py-4">
                  <AccountForm intent="edit" account={account} problem={of("edit", account.id)} submit={t("save")} />
                  <ul className="space-y-1 text-sm">{account.members.map(({ id, name }) => <li key={id} className="flex items-center justify-between gap-4"><span>{name}</span><Form method="post"><input type="hidden" name="intent" value="leave" /><input type="hidden" name="memberId" value={id} /><Button look="quiet" size="small">{t("removeMember", { name })}</Button></Form></li>)}</ul>
                  <Form method="post" className="flex items-end gap-2"><input type="hidden" name="intent" value="join" /><input type="hidden" name="accountId" value={account.id} /><div className="min-w-0 flex-1"><Field name="username" label={t("addMember")} placeholder={t("username")} required maxLength={60} defaultValue={of("join", account.id)?.values.username} errors={of("join", account.id)?.fields.username} /></div><Button>{t("add")}</Button></Form>
                  <ConfirmButton label={t("deleteAccount")} question={t("deleteAccountQuestion")} confirm={t("deleteAccount")} fields={{ intent: "delete", accountId: account.id }} look="quiet" />
                </div>
              </details>
            )}
          </li>
        ))}
      </ul>
      {!refusal && <Section title={t("newAccount")} className="mt-10 max-w-xl"><AccountForm intent="create" problem={of("create")} submit={t("createAccount")} /></Section>}
    </InsightsPage>
  );
}

type AccountFormProps = { intent: "create" | "edit"; account?: { id: number; name: string; segment: string; value: number; externalKey: string | null }; problem?: Problem; submit: string };

function AccountForm({ intent, account, problem, submit }: AccountFormProps) {
  const t = useT("insights", en);
  return (
    <Form method="post" className="grid gap-4 sm:grid-cols-2">
      <input type="hidden" name="intent" value={intent} />
      {account && <input type="hidden" name="accountId" value={account.id} />}
      <Field name="name" label={t("accountName")} required maxLength={120} defaultValue={problem?.values.name ?? account?.name} errors={problem?.fields.name} />
      <Field name="segment" label={t("accountSegment")} maxLength={80} defaultValue={problem?.values.segment ?? account?.segment} errors={problem?.fields.segment} />
      <Field name="value" label={t("accountValue")} inputMode="decimal" defaultValue={problem?.values.value ?? String(account?.value ?? "")} errors={problem?.fields.value} />
      <Field name="externalKey" label={t("accountKey")} maxLength={120} defaultValue={problem?.values.externalKey ?? account?.externalKey ?? ""} errors={problem?.fields.externalKey} />
      <div><Button look={account ? "plain" : "primary"}>{submit}</Button></div>
    </Form>
  );
}
