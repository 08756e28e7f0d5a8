import type { Problem } from "#app/core/http.ts";
import { Checkbox } from "./field.tsx";
import { useT } from "./i18n.tsx";
import en from "./messages/en.json";
import { Notice } from "./notice.tsx";

/** Asked of whoever quotes a private place where more people read. Nothing at all before there is something to ask. */
export function PrivateQuotes({ problem }: { problem: Pick<Problem, "fields" | "values"> | undefined }) {
  const t = useT("ui", en);
  const asked = problem?.fields.knowsReaders?.[0];
  const answered = problem?.values.knowsReaders === "on";
  if (!asked && !answered) return null;
  return (
    <Notice tone="warning">
      {asked && <p className="mb-2">{asked}</p>}
      <Checkbox name="knowsReaders" value="on" label={t("quoteAllTheSame")} defaultChecked={answered} autoFocus={asked ? true : undefined} />
    </Notice>
  );
}
