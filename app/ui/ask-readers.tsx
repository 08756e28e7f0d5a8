import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button, buttonClass } from "./button.tsx";
import { Checkbox } from "./field.tsx";
import { useT } from "./i18n.tsx";
import { Notice } from "./notice.tsx";
import { Page, PageHeader } from "./page.tsx";
import { RefusedAct } from "./refused-act.tsx";
import en from "./words.ts";

type AskReadersProps = {
  problem: Pick<Problem, "fields" | "values"> | undefined;
  /** Where the form that was refused had been sent; here when left out. */
  action?: string;
  /** Where they were, on a page that asks nothing else and has the question for its heading. */
  backTo?: string;
  className?: string;
};

/**
 * Asked of whoever brings back, or takes along, quotes of a private place to where more people read: the form that was
 * refused, to be sent again with a box that says they know. Nothing at all where there is nothing to ask.
 */
export function AskReaders({ problem, action, backTo, className }: AskReadersProps) {
  const t = useT("ui", en);
  const asked = problem?.fields.knowsReaders?.[0];
  if (!problem || !asked) return null;
  return (
    <Notice tone="warning" title={backTo ? undefined : t("readersTitle")} className={className}>
      <p className="mb-3">{asked}</p>
      <Form method="post" action={action} className="space-y-3">
        {Object.entries(problem.values).filter(([name]) => name !== "knowsReaders").map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <KnowsReaders />
        <div className="flex flex-wrap gap-2"><Button size="small">{t("goOn")}</Button>{backTo && <Link to={backTo} className={buttonClass("quiet", "small")}>{t("goBack")}</Link>}</div>
      </Form>
    </Notice>
  );
}

/** The box alone, for a form that comes back with all its fields. */
export function KnowsReaders({ checked = false }: { checked?: boolean }) {
  const t = useT("ui", en);
  return <Checkbox name="knowsReaders" value="on" label={t("readersKnown")} defaultChecked={checked} required autoFocus={!checked} />;
}

/** The page of an act that may ask this, for its `default`. Refused for anything else it says why, as others do. */
export function AskedOrRefused() {
  const t = useT("ui", en);
  const problem = useActionData<Problem>();
  const loaded = useLoaderData<{ to: string } | null>();
  if (!problem?.fields.knowsReaders) return <RefusedAct />;
  return (
    <Page>
      <PageHeader title={t("readersTitle")} />
      <AskReaders problem={problem} backTo={loaded?.to ?? "/"} className="max-w-2xl" />
    </Page>
  );
}
