import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { RailSection } from "#app/ui/page.tsx";
import en from "../messages/en.json";

type Answer = { fieldId: number; name: string; value: string; staffOnly: boolean };
type ProfileAsideProps = { username: string; label: string | null; answers: Answer[]; maySetLabel: boolean };

const labels = ["employee", "partner", "champion"] as const;

/** Beside a profile: what admins asked, and for admins in whose name the member speaks. Null when there is neither. */
export function profileAside({ username, label, answers, maySetLabel }: ProfileAsideProps): ReactNode {
  const open = answers.filter(({ staffOnly }) => !staffOnly);
  const inHouse = answers.filter(({ staffOnly }) => staffOnly);
  if (answers.length === 0 && !maySetLabel) return null;
  return (
    <div className="space-y-6">
      {open.length > 0 && <Answers title="about" answers={open} />}
      {inHouse.length > 0 && <Answers title="forStaff" answers={inHouse} />}
      {maySetLabel && <LabelForm username={username} label={label} />}
    </div>
  );
}

function Answers({ title, answers }: { title: "about" | "forStaff"; answers: Answer[] }) {
  const t = useT("profiles", en);
  return (
    <RailSection title={t(title)}>
      <dl className="space-y-3 text-sm">
        {answers.map(({ fieldId, name, value }) => (
          <div key={fieldId}><dt className="text-ink-faint">{name}</dt><dd>{value}</dd></div>
        ))}
      </dl>
    </RailSection>
  );
}

function LabelForm({ username, label }: { username: string; label: string | null }) {
  const t = useT("profiles", en);
  return (
    <RailSection title={t("forStaff")}>
      <Form method="post" action={`/u/${username}/label`} className="space-y-3">
        <Select label={t("speaksAs")} hint={t("speaksAsHint")} name="label" defaultValue={label ?? ""} key={label}>
          <option value="">{t("noLabel")}</option>
          {labels.map((one) => <option key={one} value={one}>{t(one)}</option>)}
        </Select>
        <Button size="small">{t("saveLabel")}</Button>
      </Form>
    </RailSection>
  );
}
