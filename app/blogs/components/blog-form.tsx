import { Form } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, Select, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { BlogVoice } from "#db/schema/blogs.ts";
import en from "../messages/en.json";

type BlogFormProps = { blog?: { name: string; slug: string; description: string; voice: BlogVoice; owner: string | null }; /** Where a new one may stand. */ divisions?: { id: number; name: string }[]; problem?: Problem; submit: string };

const voices: BlogVoice[] = ["division", "team", "person"];

/** Makes or changes a blog; posts to the page it stands on. */
export function BlogForm({ blog, divisions, problem, submit }: BlogFormProps) {
  const t = useT("blogs", en);
  const was = (name: "name" | "slug" | "description" | "voice" | "owner") => problem?.values[name] ?? blog?.[name] ?? "";
  return (
    <Form method="post" className="space-y-5">
      {divisions && (
        <Select name="divisionId" label={t("division")} required defaultValue={problem?.values.divisionId} errors={problem?.fields.divisionId}>
          {divisions.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </Select>
      )}
      <div className="side-by-side sm:grid-cols-2">
        <Field name="name" label={t("name")} required maxLength={60} defaultValue={was("name")} errors={problem?.fields.name} />
        <Field name="slug" label={t("address")} hint={t("addressHint")} required maxLength={40} autoCapitalize="none" spellCheck={false} defaultValue={was("slug")} errors={problem?.fields.slug} />
      </div>
      <TextArea name="description" label={t("description")} hint={t("descriptionHint")} rows={2} maxLength={500} defaultValue={was("description")} errors={problem?.fields.description} />
      <div className="side-by-side sm:grid-cols-2">
        <Select name="voice" label={t("voice")} hint={t("voiceHint")} defaultValue={was("voice") || "division"} errors={problem?.fields.voice}>
          {voices.map((voice) => <option key={voice} value={voice}>{t(`voice_${voice}`)}</option>)}
        </Select>
        <Field name="owner" label={t("owner")} hint={t("ownerHint")} maxLength={60} autoCapitalize="none" defaultValue={was("owner")} errors={problem?.fields.owner} />
      </div>
      <Button look="primary">{submit}</Button>
    </Form>
  );
}
