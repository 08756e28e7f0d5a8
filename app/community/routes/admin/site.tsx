import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { AdminPage } from "../../components/admin-page.tsx";
import { siteInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { requireAdmin } from "../../require-admin.ts";
import { readSite, saveSite } from "../../site.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireAdmin(viewer);
  return { title: translate(viewer.locale, "community.adminSite"), own: await readSite(db) };
});

export const action = defineAction({ params: noParams, input: siteInput }, async ({ viewer, input }) => {
  await saveSite(requireAdmin(viewer), input);
  return redirect("/admin/site?saved");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminSite() {
  const t = useT("community", en);
  const { own } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <AdminPage title={t("adminSite")} lead={t("siteLead")} tab="/admin/site">
      <Form method="post" className="space-y-5">
        <Field name="name" label={t("siteName")} required maxLength={60} defaultValue={problem?.values.name ?? own.name} errors={problem?.fields.name} />
        <Field name="tagline" label={t("tagline")} hint={t("siteTaglineHint")} maxLength={140} defaultValue={problem?.values.tagline ?? own.tagline} errors={problem?.fields.tagline} />
        <TextArea name="welcome" label={t("welcome")} hint={t("welcomeHint")} rows={4} maxLength={2000} defaultValue={problem?.values.welcome ?? own.welcome} errors={problem?.fields.welcome} />
        <Button look="primary">{t("save")}</Button>
      </Form>
    </AdminPage>
  );
}
