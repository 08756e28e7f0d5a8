import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import type { Intent } from "../mining/kinds.ts";
import en from "../messages/en.json";
import { Section } from "./insights-page.tsx";
import { percent } from "./percent.ts";

type Interval = { share: number; low: number; high: number } | null;
type Entry = {
  id: number; version: string; labelCount: number; held: number; before: number; after: number; sensesBefore?: number; sensesAfter?: number; phrases: { areaId: number; words: string }[];
  classes: { intent: Intent; claimed: number; right: number; precision: Interval; before: Interval }[]; isTaken: boolean; refusal: "no_better" | "loses_sense" | null;
  retiredWhy: "by_hand" | "worse_since" | "labels_gone" | null; createdAt: Date;
};
type Learned = { count: number; fewest: number; inUse: Entry | null; latest: Entry | null; entries: Entry[] };
type LearningSectionProps = { learning: { intents: Learned; areas: Learned }; mayGoBack: boolean; areaNames: Map<number, string> };

/** The same as in learning/learn.ts, which a browser need not load. */
const MORE_AFTER_GOING_BACK = 20;

/** What is in use of what corrections taught, what it is worth, and the way back. */
export function LearningSection({ learning, mayGoBack, areaNames }: LearningSectionProps) {
  const t = useT("insights", en);
  const { intents, areas } = learning;
  const phrases = areas.inUse?.phrases.filter(({ areaId }) => areaNames.has(areaId)) ?? [];
  return (
    <Section title={t("learningTitle")} lead={t("learningLead")} id="learning">
      <div className="max-w-[68ch] space-y-4 text-sm">
        <Standing learned={intents} mayGoBack={mayGoBack} />
        {intents.inUse && <ClassTable classes={intents.inUse.classes} />}
        {(areas.count > 0 || areas.inUse) && (
          <div className="space-y-2">
            <h3 className="font-medium">{t("learningAreas")}</h3>
            <Standing learned={areas} mayGoBack={mayGoBack} />
            {phrases.length > 0 && <ul className="list-disc pl-5 text-ink-soft">{phrases.map(({ words, areaId }) => <li key={words}>{t("learningPhrase", { words, area: areaNames.get(areaId)! })}</li>)}</ul>}
          </div>
        )}
        <Earlier entries={[...intents.entries, ...areas.entries]} inUse={[intents.inUse?.id, areas.inUse?.id]} />
      </div>
    </Section>
  );
}

function Standing({ learned: { count, fewest, inUse, latest }, mayGoBack }: { learned: Learned; mayGoBack: boolean }) {
  const t = useT("insights", en);
  const refused = latest?.refusal ? latest : null;
  return (
    <div className="space-y-2">
      {inUse
        ? <p>{t.rich("learningInUse", { when: <Time at={inUse.createdAt} />, count: inUse.labelCount })} {t("learningBetter", { held: inUse.held, after: inUse.after, before: inUse.before })}</p>
        : <p>{t("learningShipped")} {count < fewest ? t("learningWaiting", { count, fewest }) : latest ? null : t("learningPending", { count })}</p>}
      {refused?.refusal === "no_better" && <p className="text-ink-soft">{t("learningNoBetter", { count: refused.labelCount, held: refused.held, after: refused.after, before: refused.before })}</p>}
      {refused?.refusal === "loses_sense" && <p className="text-ink-soft">{t("learningLosesSense", { count: refused.labelCount, before: refused.sensesBefore ?? 0, after: refused.sensesAfter ?? 0 })}</p>}
      {inUse && mayGoBack && <ConfirmButton label={t("goBack")} question={t("goBackQuestion", { count: MORE_AFTER_GOING_BACK })} confirm={t("goBackConfirm")} fields={{ intent: "go-back", learnedId: inUse.id }} />}
    </div>
  );
}

function ClassTable({ classes }: { classes: Entry["classes"] }) {
  const t = useT("insights", en);
  const between = (interval: Interval) => (interval ? t("precisionBetween", { percent: percent(interval.share), low: percent(interval.low), high: percent(interval.high) }) : "–");
  return (
    <table className="w-full text-left">
      <caption className="pb-1 text-left text-xs text-ink-soft">{t("learningByClass")}</caption>
      <thead><tr className="border-b border-line text-xs text-ink-soft"><th className="py-2 font-medium">{t("intent")}</th><th className="text-right font-medium">{t("claimed")}</th><th className="text-right font-medium">{t("wasRight")}</th><th className="text-right font-medium">{t("learningWith")}</th><th className="text-right font-medium">{t("learningWithout")}</th></tr></thead>
      <tbody>{classes.map(({ intent, claimed, right, precision, before }) => <tr key={intent} className="border-b border-line tabular"><td className="py-2">{t(`intent_${intent}`)}</td><td className="text-right">{claimed}</td><td className="text-right">{right}</td><td className="text-right">{between(precision)}</td><td className="text-right text-ink-soft">{between(before)}</td></tr>)}</tbody>
    </table>
  );
}

function Earlier({ entries, inUse }: { entries: Entry[]; inUse: (number | undefined)[] }) {
  const t = useT("insights", en);
  const before = entries.filter(({ id }) => !inUse.includes(id));
  if (before.length === 0) return null;
  return (
    <details>
      <summary className="opens text-ink-soft hover:text-ink">{t("learningEarlier")}</summary>
      <ul className="mt-2 space-y-1 text-ink-soft">
        {before.map((entry) => <li key={entry.id}>{t.rich("learningEntry", { when: <Time at={entry.createdAt} />, count: entry.labelCount })}, {t(`learningState_${entry.refusal ?? entry.retiredWhy ?? "followed"}`)}</li>)}
      </ul>
    </details>
  );
}
