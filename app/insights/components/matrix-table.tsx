import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import { intents } from "../paths.ts";
import { percent } from "./percent.ts";

/** What was claimed, row by row, of what was truly each, column by column; beside and below it in how many of a hundred that was right. Wide on a phone, so it scrolls by itself. */
export function MatrixTable({ matrix, label, className }: { matrix: number[][]; label: string; className?: string }) {
  const t = useT("insights", en);
  return (
    <div className={`overflow-x-auto ${className ?? ""}`} tabIndex={0} role="group" aria-label={label}>
      <table className="text-sm">
        <thead><tr><th className="pr-3 text-left text-xs font-medium text-ink-soft">{t("machineSaid")}</th>{intents.map((intent) => <th key={intent} className="px-1 pb-2 text-left text-xs font-medium text-ink-soft [writing-mode:vertical-rl]">{t(`intent_${intent}`)}</th>)}<th className="pb-2 pl-3 text-right align-bottom text-xs font-medium text-ink-soft">{t("precision")}</th></tr></thead>
        <tbody>
          {matrix.map((row, at) => (
            <tr key={intents[at]}>
              <th className="pr-3 text-left text-xs font-medium whitespace-nowrap text-ink-soft">{t(`intent_${intents[at]!}`)}</th>
              {row.map((count, to) => <td key={intents[to]} className={`tabular h-9 min-w-11 border border-line px-1 text-center ${tone(count, at === to)}`}>{count || "·"}</td>)}
              <td className="tabular pl-3 text-right text-ink-soft">{shareOf(row[at]!, row)}</td>
            </tr>
          ))}
          <tr>
            <th className="pr-3 text-left text-xs font-medium whitespace-nowrap text-ink-soft">{t("recall")}</th>
            {matrix.map((row, at) => <td key={intents[at]} className="tabular h-9 text-center text-ink-soft">{shareOf(row[at]!, matrix.map((one) => one[at]!))}</td>)}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function tone(count: number, isRight: boolean): string {
  if (count === 0) return "text-ink-faint";
  return isRight ? "bg-success-soft font-semibold text-success" : "bg-danger-soft text-danger";
}

function shareOf(right: number, all: number[]): string {
  const count = all.reduce((sum, one) => sum + one, 0);
  return count === 0 ? "–" : `${percent(right / count)} %`;
}
