import { Form } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox, Field, Select, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { ThemePageData } from "../theme-page.ts";
import en from "../messages/en.json";
import { states } from "../paths.ts";
import { titleOf } from "./theme-title.ts";

type FormProps = { data: ThemePageData; problem?: Problem };

/**
 * What becomes of a theme, why, and whether those who asked shall know. What staff have told in an idea's own topic is
 * offered for a theme that nobody has decided, and told again only if others than its topic would hear of it.
 */
export function DecisionForm({ data: { theme, toTell, ideas, refusal }, problem }: FormProps) {
  const t = useT("insights", en);
  if (refusal) return <Notice>{refusal}</Notice>;
  const sent = problem?.values.intent === "decide" ? problem : undefined;
  const offered = theme.state === "new" || theme.state === "triaged" ? ideas[0] : undefined;
  return (
    <Form method="post" className="space-y-4">
      <input type="hidden" name="intent" value="decide" />
      <Select name="state" label={t("decision")} defaultValue={sent?.values.state ?? offered?.status ?? theme.state} errors={sent?.fields.state}>{states.map((state) => <option key={state} value={state}>{t(`state_${state}`)}</option>)}</Select>
      <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} rows={3} maxLength={1000} defaultValue={sent?.values.reason ?? offered?.reason ?? theme.reason} errors={sent?.fields.reason} />
      <Checkbox name="tell" label={t("tell")} hint={t("tellHint", toTell)} defaultChecked={sent ? sent.values.tell === "on" : !offered || toTell.topics > ideas.length} />
      <Button look="primary">{t("saveDecision")}</Button>
    </Form>
  );
}

export function PlanForm({ data: { theme, owners }, problem }: FormProps) {
  const t = useT("insights", en);
  const sent = problem?.values.intent === "plan" ? problem : undefined;
  return (
    <Form method="post" className="space-y-4">
      <input type="hidden" name="intent" value="plan" />
      <Select name="ownerId" label={t("ownedBy")} defaultValue={sent?.values.ownerId ?? String(theme.ownerId ?? "")} errors={sent?.fields.ownerId}><option value="">{t("nobody")}</option>{owners.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</Select>
      <Field name="dueOn" type="date" label={t("dueOn")} defaultValue={sent?.values.dueOn ?? theme.dueOn ?? ""} errors={sent?.fields.dueOn} />
      <Field name="trackerUrl" type="url" inputMode="url" label={t("tracker")} hint={t("trackerHint")} maxLength={500} defaultValue={sent?.values.trackerUrl ?? theme.trackerUrl ?? ""} errors={sent?.fields.trackerUrl} />
      <Button>{t("save")}</Button>
    </Form>
  );
}

/** Its name, and what else it can be put together with. */
export function ShapeForms({ data: { theme, similar, merges, summary }, problem }: FormProps) {
  const t = useT("insights", en);
  const sent = (intent: string) => (problem?.values.intent === intent ? problem : undefined);
  return (
    <div className="space-y-6">
      <Form method="post" className="space-y-3">
        <input type="hidden" name="intent" value="rename" />
        <Field name="title" label={t("themeName")} hint={t("themeNameHint")} maxLength={160} defaultValue={sent("rename")?.values.title ?? (theme.isNamed ? (theme.title ?? "") : "")} errors={sent("rename")?.fields.title} />
        <Button size="small">{t("rename")}</Button>
      </Form>
      {summary && summary.titles.length > 0 && (
        <div>
          <h3 className="mb-2 text-sm font-medium">{t("proposedNames")}</h3>
          <ul className="flex flex-wrap gap-2">
            {summary.titles.map((title) => <li key={title}><Form method="post"><input type="hidden" name="intent" value="rename" /><input type="hidden" name="title" value={title} /><Button size="small" aria-label={t("takeName", { name: title })}>{title}</Button></Form></li>)}
          </ul>
        </div>
      )}
      <Form method="post" className="space-y-3">
        <input type="hidden" name="intent" value="merge" />
        <Field name="into" label={t("mergeInto")} list="themes-alike" required maxLength={300} defaultValue={sent("merge")?.values.into} errors={sent("merge")?.fields.into} />
        <datalist id="themes-alike">{similar.map((other) => <option key={other.id} value={other.id}>{titleOf(other, t)}</option>)}</datalist>
        <Button size="small">{t("merge")}</Button>
      </Form>
      {merges.length > 0 && (
        <div>
          <h3 className="mb-2 text-sm font-medium">{t("mergedParts")}</h3>
          <ul className="space-y-2 text-sm">
            {merges.map(({ id, theme: part }) => (
              <li key={id} className="flex items-center justify-between gap-3">
                <span className="min-w-0 truncate">{part ? titleOf(part, t) : ""}</span>
                <Form method="post"><input type="hidden" name="intent" value="unmerge" /><input type="hidden" name="mergeId" value={id} /><Button size="small">{t("unmerge")}</Button></Form>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
