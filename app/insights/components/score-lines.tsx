import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import type { ThemeCard } from "../themes.ts";
import en from "../messages/en.json";

/** The score line by line: what goes in, what comes out. */
export function ScoreLines({ theme, mayChange }: { theme: ThemeCard; mayChange: boolean }) {
  const t = useT("insights", en);
  const { factors } = theme;
  if (!factors) return null;
  const lines: [string, number, string][] = [
    [t("scorePeople"), factors.people, t("scorePeopleWhy", { count: theme.peopleCount })],
    [t("scoreValue"), factors.value, t("scoreValueWhy", { accounts: theme.accountCount, value: theme.accountValue })],
    [t("scoreSeverity"), factors.severity, t("scoreSeverityWhy", { intent: t(`intent_${theme.intent}`), urgent: factors.urgent, negative: factors.negative, statements: theme.statementCount })],
    [t("scoreVelocity"), factors.velocity, t("scoreVelocityWhy", { recent: factors.recent, baseline: factors.baseline })],
    [t("scoreFreshness"), factors.freshness, t("scoreFreshnessWhy", { days: factors.ageDays, halfLife: factors.halfLifeDays })],
  ];
  return (
    <>
      <table className="w-full text-sm">
        <tbody>
          {lines.map(([name, value, why], at) => (
            <tr key={name} className="border-b border-line align-top">
              <td className="py-1.5 pr-2"><span className="font-medium">{name}</span><span className="block text-xs text-ink-soft">{why}</span></td>
              <td className="tabular py-1.5 text-right whitespace-nowrap">{at > 0 && <span className="text-ink-faint" aria-label={t("scoreTimes")}>× </span>}{value.toFixed(2)}</td>
            </tr>
          ))}
          <tr className="align-top">
            <td className="py-1.5 pr-2"><span className="font-semibold">{t("scoreTotal")}</span><span className="block text-xs text-ink-soft">{t("scoreTotalWhy")}</span></td>
            <td className="tabular py-1.5 text-right text-lg font-semibold">{theme.score.toFixed(1)}</td>
          </tr>
        </tbody>
      </table>
      {mayChange && <Link to="/insights/weights" className="text-xs text-ink-soft hover:underline print:hidden">{t("changeWeights")}</Link>}
    </>
  );
}
