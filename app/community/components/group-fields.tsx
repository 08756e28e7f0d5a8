import type { Problem } from "#app/core/http.ts";
import { Checkbox, Field, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

type Values = { name: string; description: string; joining: "closed" | "request" | "open"; isListed: boolean };
const ways = ["closed", "request", "open"] as const;

/** What admins say of a group; what was typed comes back. */
export function GroupFields({ group, problem }: { group?: Values; problem?: Problem }) {
  const t = useT("community", en);
  return (
    <>
      <Field name="name" label={t("name")} required maxLength={60} defaultValue={problem?.values.name ?? group?.name} errors={problem?.fields.name} />
      <Field name="description" label={t("description")} hint={t("groupDescriptionHint")} maxLength={500} defaultValue={problem?.values.description ?? group?.description} errors={problem?.fields.description} />
      <Select name="joining" label={t("joining")} hint={t("joiningHint")} defaultValue={problem?.values.joining ?? group?.joining ?? "closed"} errors={problem?.fields.joining}>
        {ways.map((way) => <option key={way} value={way}>{t(`joins_${way}`)}</option>)}
      </Select>
      <Checkbox name="isListed" label={t("isListed")} hint={t("isListedHint")} defaultChecked={problem ? problem.values.isListed === "on" : (group?.isListed ?? false)} />
    </>
  );
}
