import { Form } from "@remix-run/react";
import { useState } from "react";
import type { Problem } from "#app/core/http.ts";
import type { Division } from "#db/schema/community.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import { AccentPreview } from "./accent-preview.tsx";

/** Makes or changes a division; posts to the page it stands on. */
export function DivisionForm({ division, problem, submit }: { division?: Division; problem?: Problem; submit: string }) {
  const t = useT("community", en);
  const was = (name: "name" | "slug" | "tagline" | "description" | "accent") => problem?.values[name] ?? division?.[name] ?? "";
  const [accent, setAccent] = useState(was("accent") || "#2f6f5e");
  const menu = problem?.values.menu ?? division?.menu.map(({ label, href }) => `${label} | ${href}`).join("\n") ?? "";
  return (
    <Form method="post" className="space-y-5">
      <div className="side-by-side sm:grid-cols-2">
        <Field name="name" label={t("name")} required maxLength={60} defaultValue={was("name")} errors={problem?.fields.name} />
        <Field name="slug" label={t("address")} hint={t("divisionAddressHint")} required maxLength={40} autoCapitalize="none" spellCheck={false} defaultValue={was("slug")} errors={problem?.fields.slug} />
      </div>
      <Field name="tagline" label={t("tagline")} hint={t("taglineHint")} maxLength={140} defaultValue={was("tagline")} errors={problem?.fields.tagline} />
      <TextArea name="description" label={t("description")} hint={t("divisionDescriptionHint")} rows={3} maxLength={2000} defaultValue={was("description")} errors={problem?.fields.description} />
      <div className="space-y-3">
        <Field name="accent" type="color" label={t("accent")} hint={t("accentHint")} value={accent} onChange={(event) => setAccent(event.target.value)} errors={problem?.fields.accent} className="w-24! p-1!" />
        <AccentPreview hex={accent} />
      </div>
      <TextArea name="menu" label={t("menu")} hint={t("menuHint")} rows={4} defaultValue={menu} errors={problem?.fields.menu} className="font-mono text-sm!" spellCheck={false} />
      <Button look="primary">{submit}</Button>
    </Form>
  );
}
