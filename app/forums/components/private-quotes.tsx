import type { Problem } from "#app/core/http.ts";
import { Checkbox } from "#app/ui/field.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { T } from "./post-words.ts";

/** Asked of whoever quotes a private place where more people read. Nothing at all before there is something to ask. */
export function PrivateQuotes({ problem, t }: { problem: Pick<Problem, "fields" | "values"> | undefined; t: T }) {
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
