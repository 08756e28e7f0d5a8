import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { Checkbox, Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { OrderButtons } from "../../components/tree-editor.tsx";
import { profileFieldsPageInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { createProfileField, deleteProfileField, editProfileField, listProfileFields, orderProfileField } from "../../profile-fields.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireAdmin(viewer);
  return { title: translate(viewer.locale, "community.adminProfileFields"), fields: await listProfileFields(db) };
});

export const action = defineAction({ params: noParams, input: profileFieldsPageInput }, async ({ viewer, input }) => {
  const admin = requireAdmin(viewer);
  if (input.intent === "create") await createProfileField(admin, input);
  if (input.intent === "edit") await editProfileField(admin, input.fieldId, input);
  if (input.intent === "delete") await deleteProfileField(admin, input.fieldId);
  if (input.intent === "up" || input.intent === "down") await orderProfileField(admin, input.fieldId, input.intent);
  return redirect("/admin/profile-fields?saved");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminProfileFields() {
  const t = useT("community", en);
  const { fields } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const of = (intent: string, fieldId?: number) => (problem?.values.intent === intent && (fieldId === undefined || problem.values.fieldId === String(fieldId)) ? problem : undefined);
  return (
    <AdminPage title={t("adminProfileFields")} lead={t("profileFieldsLead")} tab="/admin/profile-fields" problem={problem && Object.keys(problem.fields).length === 0 ? problem.message : null}>
      <ul className="divide-y divide-line border-y border-line">
        {fields.map((field) => (
          <li key={field.id} className="py-2">
            <div className="flex min-h-11 items-center gap-3">
              <details className="min-w-0 flex-1" open={of("edit", field.id) !== undefined}>
                <summary className="opens">
                  <span className="font-medium hover:underline">{field.name}</span> {field.staffOnly && <span className="rounded bg-sunken px-1.5 text-xs text-ink-soft">{t("staffOnly")}</span>}
                  <span className="block text-sm text-ink-soft">{field.hint} {t("answerCount", { count: field.answerCount })}</span>
                </summary>
                <div className="py-4"><QuestionForm intent="edit" field={field} problem={of("edit", field.id)} submit={t("save")} /></div>
              </details>
              <div className="flex self-start">
                <OrderButtons name={field.name} fields={{ fieldId: field.id }} />
                <ConfirmButton label={t("delete")} look="quiet" confirm={t("deleteNamed", { name: field.name })} fields={{ intent: "delete", fieldId: field.id }} question={t("deleteFieldQuestion", { count: field.answerCount })} />
              </div>
            </div>
          </li>
        ))}
      </ul>
      <div className="mt-10"><Section title={t("newProfileField")}><QuestionForm intent="create" problem={of("create")} submit={t("createProfileField")} /></Section></div>
    </AdminPage>
  );
}

type QuestionFormProps = { intent: "create" | "edit"; field?: { id: number; name: string; hint: string; staffOnly: boolean }; problem?: Problem; submit: string };

function QuestionForm({ intent, field, problem, submit }: QuestionFormProps) {
  const t = useT("community", en);
  return (
    <Form method="post" className="space-y-5">
      <input type="hidden" name="intent" value={intent} />
      {field && <input type="hidden" name="fieldId" value={field.id} />}
      <Field name="name" label={t("question_name")} required maxLength={60} defaultValue={problem?.values.name ?? field?.name} errors={problem?.fields.name} />
      <Field name="hint" label={t("question_hint")} maxLength={160} defaultValue={problem?.values.hint ?? field?.hint} errors={problem?.fields.hint} />
      <Checkbox name="staffOnly" label={t("staffOnly")} hint={t("staffOnlyHint")} defaultChecked={problem ? problem.values.staffOnly === "on" : field?.staffOnly} />
      <Button look={field ? "plain" : "primary"}>{submit}</Button>
    </Form>
  );
}
