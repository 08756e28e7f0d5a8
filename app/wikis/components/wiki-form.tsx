import { Form } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox, Field, Select, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import en from "../messages/en.json";

type WikiFormProps = { wiki?: { name: string; slug: string; description: string; needsReview: boolean }; /** For a new one: where it may be. */ divisions?: { id: number; name: string }[]; problem: Problem | undefined; submit: string };

/** Makes or changes a wiki; posts to the page it stands on. */
export function WikiForm({ wiki, divisions, problem, submit }: WikiFormProps) {
  const t = useT("wikis", en);
  const was = problem?.values;
  return (
    <Form method="post" className="space-y-5">
      {problem && problem.status !== 422 && <Notice tone="danger">{problem.message}</Notice>}
      <div className="side-by-side sm:grid-cols-2">
        <Field name="name" label={t("name")} required maxLength={60} defaultValue={was?.name ?? wiki?.name} errors={problem?.fields.name} />
        <Field name="slug" label={t("address")} required maxLength={40} autoCapitalize="none" spellCheck={false} defaultValue={was?.slug ?? wiki?.slug} errors={problem?.fields.slug} />
      </div>
      <TextArea name="description" label={t("description")} rows={2} maxLength={500} defaultValue={was?.description ?? wiki?.description} errors={problem?.fields.description} />
      {divisions && (
        <div className="side-by-side sm:grid-cols-2">
          <Select name="divisionId" label={t("division")} defaultValue={was?.divisionId} errors={problem?.fields.divisionId}>{divisions.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
          <Select name="editors" label={t("whoEdits")} hint={t("whoEditsHint")} defaultValue={was?.editors}><option value="members">{t("editors.members")}</option><option value="staff">{t("editors.staff")}</option></Select>
        </div>
      )}
      <Checkbox name="needsReview" value="1" label={t("needsReview")} hint={t("needsReviewHint")} defaultChecked={was ? was.needsReview === "1" : wiki?.needsReview} />
      <Button look="primary">{submit}</Button>
    </Form>
  );
}
