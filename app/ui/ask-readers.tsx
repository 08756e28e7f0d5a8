import { Form, useActionData } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "./button.tsx";
import { Checkbox } from "./field.tsx";
import { useT } from "./i18n.tsx";
import more from "./messages/more/en.json";
import { Notice } from "./notice.tsx";
import { Page } from "./page.tsx";
import { RefusedAct } from "./refused-act.tsx";

type AskReadersProps = { problem: Pick<Problem, "fields" | "values"> | undefined; /** Where the form that was refused had been sent; here when left out. */ action?: string; className?: string };

/**
 * Asked of whoever brings back, or takes along, quotes of a private place to where more people read: the form that was
 * refused, to be sent again with a box that says they know. Nothing at all where there is nothing to ask.
 */
export function AskReaders({ problem, action, className }: AskReadersProps) {
  const t = useT("ui", more);
  const asked = problem?.fields.knowsReaders?.[0];
  if (!problem || !asked) return null;
  return (
    <Notice tone="warning" title={t("readersTitle")} className={className}>
      <p className="mb-3">{asked}</p>
      <Form method="post" action={action} className="space-y-3">
        {Object.entries(problem.values).filter(([name]) => name !== "knowsReaders").map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <KnowsReaders />
        <Button size="small">{t("goOn")}</Button>
      </Form>
    </Notice>
  );
}

/** The box alone, for a form that comes back with all its fields. */
export function KnowsReaders({ checked = false }: { checked?: boolean }) {
  const t = useT("ui", more);
  return <Checkbox name="knowsReaders" value="on" label={t("readersKnown")} defaultChecked={checked} required autoFocus={!checked} />;
}

/** The page of an act that may ask this, for its `default`. Refused for anything else it says why, as others do. */
export function AskedOrRefused() {
  const problem = useActionData<Problem>();
  return problem?.fields.knowsReaders ? <Page><AskReaders problem={problem} className="max-w-2xl" /></Page> : <RefusedAct />;
}
