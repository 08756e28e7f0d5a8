import { Form } from "@remix-run/react";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { Quote } from "../quotes.ts";
import en from "../messages/en.json";
import { intents } from "../paths.ts";

/** Letters that stand for the kinds, after `i`. */
export const intentKeys: Record<Quote["intent"], string> = { bug: "b", feature: "w", question: "q", complaint: "c", praise: "p", churn: "l", purchase: "u", competitor: "r", docs_gap: "d", other: "n" };

type JudgeFormProps = { quote: Quote; areas: { id: number; name: string; depth: number }[]; themes: { id: number; label: string }[]; /** Where to come back to. */ next: string; /** Where it is all that there is to do. */ isOpen?: true };

/** Right, or what it is instead. One button for the common case, one form for the others. */
export function JudgeForm({ quote, areas, themes, next, isOpen }: JudgeFormProps) {
  const t = useT("insights", en);
  const action = `/insights/statements/${quote.id}`;
  const hidden = <><input type="hidden" name="statementId" value={quote.id} /><input type="hidden" name="next" value={next} /></>;
  return (
    <div className="mt-2 flex flex-wrap items-start gap-2 print:hidden">
      <Form method="post" action={action} preventScrollReset data-judge="y">{hidden}<input type="hidden" name="to" value={quote.intent} /><Button size="small" aria-label={t("rightOf", { intent: t(`intent_${quote.intent}`) })}>{t("right")}</Button></Form>
      <details className={cx("min-w-0", isOpen ? "basis-full" : "flex-1")} open={isOpen}>
        <summary className="opens inline-flex min-h-8 items-center px-2 text-sm text-ink-soft hover:text-ink touch:min-h-11">{t("correct")}</summary>
        <Form method="post" action={action} preventScrollReset data-judge="i" className="mt-2 flex flex-wrap items-end gap-3">
          {hidden}
          <Select name="to" label={t("chooseIntent")} defaultValue={quote.intent} className="w-auto!">{intents.map((intent) => <option key={intent} value={intent}>{t(`intent_${intent}`)}</option>)}</Select>
          {areas.length > 0 && <Select name="areaId" label={t("chooseArea")} defaultValue={quote.areaId ?? "none"} className="w-auto! max-w-52"><option value="none">{t("noArea")}</option>{areas.map(({ id, name, depth }) => <option key={id} value={id}>{`${"\u2003".repeat(depth)}${name}`}</option>)}</Select>}
          <Select name="themeId" label={t("chooseTheme")} defaultValue="" className="w-full! sm:max-w-72"><option value="">{t("unchanged")}</option><option value="none">{t("noTheme")}</option>{themes.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}</Select>
          <Button size="small" look="primary">{t("saveJudgement")}</Button>
        </Form>
      </details>
    </div>
  );
}
