import type { Problem } from "#app/core/http.ts";
import { Checkbox, Field, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "./words.ts";

type Values = { name: string; description: string; isSingle: boolean; tags: { slug: string }[] };

/** What staff say of a group of tags; what was typed comes back. */
export function TagGroupFields({ group, problem }: { group?: Values; problem?: Problem }) {
  const t = useT("forums", en);
  const sent = problem?.values;
  return (
    <>
      <Field name="name" label={t("tagGroup.name")} required maxLength={60} defaultValue={sent?.name ?? group?.name} errors={problem?.fields.name} />
      <Field name="description" label={t("tagGroup.description")} hint={t("tagGroup.descriptionHint")} maxLength={300} defaultValue={sent?.description ?? group?.description} errors={problem?.fields.description} />
      <TextArea name="tags" label={t("tagGroup.tags")} hint={t("tagGroup.tagsHint")} rows={3} maxLength={10_000} spellCheck={false} autoCapitalize="none" defaultValue={sent?.tags ?? group?.tags.map(({ slug }) => slug).join(", ")} errors={problem?.fields.tags} />
      <Checkbox name="isSingle" label={t("tagGroup.isSingle")} hint={t("tagGroup.isSingleHint")} defaultChecked={sent ? sent.isSingle === "on" : (group?.isSingle ?? false)} />
    </>
  );
}
