import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import { intents } from "../paths.ts";

/** What was claimed, row by row, of what was truly each, column by column. Wide on a phone, so it scrolls by itself. */
export function MatrixTable({ matrix, label, className }: { matrix: number[][]; label: string; className?: string }) {
  const t = useT("insights", en);
  return (
    <div className={`overflow-x-auto ${className ?? ""}`} tabIndex={0} role="group" aria-label={label}>
      <table className="text-sm">
        <thead><tr><th className="pr-3 text-left text-xs font-medium text-ink-soft">{t("machineSaid")}</th>{intents.map((intent) => <th key={intent} className="px-1 pb-2 text-left text-xs font-medium text-ink-soft [writing-mode:vertical-rl]">{t(`intent_${intent}`)}</th>)}</tr></thead>
        <tbody>
          {matrix.map((row, at) => (
            <tr key={intents[at]}>
              <th className="pr-3 text-left text-xs font-medium whitespace-nowrap text-ink-soft">{t(`intent_${intents[at]!}`)}</th>
              {row.map((count, to) => <td key={intents[to]} className={`tabular h-9 min-w-10 border border-line text-center ${tone(count, at === to)}`}>{count || "·"}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function tone(count: number, isRight: boolean): string {
  if (count === 0) return "text-ink-faint";
  return isRight ? "bg-success-soft font-semibold text-success" : "bg-danger-soft text-danger";
}
