import { useLanguage, useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

export type TrendWeek = { week: string; voices: number; negative: number };

const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 26;

/** Voices week by week as bars, the unhappy share darker, with the same numbers as a table. Reads in print, too. */
export function TrendChart({ weeks, marks }: { weeks: TrendWeek[]; /** Days on which something was decided. */ marks: { week: string; label: string }[] }) {
  const t = useT("insights", en);
  const { locale } = useLanguage();
  const most = Math.max(4, ...weeks.map(({ voices }) => voices));
  const step = (WIDTH - LEFT) / weeks.length;
  const y = (count: number) => HEIGHT - 22 - (count / most) * (HEIGHT - 40);
  const day = new Intl.DateTimeFormat(locale === "en-XA" ? "en" : locale, { month: "short", day: "numeric", timeZone: "UTC" });
  const named = (week: string) => day.format(new Date(`${week}T00:00:00Z`));
  return (
    <figure>
      <svg role="img" aria-label={t("voicesByWeek", { list: weeks.map(({ voices }) => voices).join(", ") })} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full">
        {[0, Math.round(most / 2), most].map((count) => (
          <g key={count}>
            <line x1={LEFT} x2={WIDTH} y1={y(count)} y2={y(count)} stroke="var(--line)" />
            <text x={LEFT - 6} y={y(count) + 4} textAnchor="end" fontSize="11" fill="var(--ink-faint)">{count}</text>
          </g>
        ))}
        {weeks.map(({ week, voices, negative }, at) => (
          <g key={week}>
            {voices > 0 && <rect x={LEFT + at * step + 2} y={y(voices)} width={step - 4} height={y(0) - y(voices)} rx={2} fill="color-mix(in oklab, var(--accent) 45%, var(--paper))" />}
            {negative > 0 && <rect x={LEFT + at * step + 2} y={y(Math.min(negative, voices))} width={step - 4} height={y(0) - y(Math.min(negative, voices))} rx={2} fill="var(--accent)" />}
            {at % 5 === 0 && <text x={LEFT + at * step + 2} y={HEIGHT - 6} fontSize="11" fill="var(--ink-faint)"><tspan>{named(week)}</tspan></text>}
          </g>
        ))}
        {marks.flatMap(({ week, label }) => {
          const at = weeks.findIndex((one) => one.week === week);
          if (at < 0) return [];
          const x = LEFT + (at + 0.5) * step;
          return [<g key={`${week}${label}`}><line x1={x} x2={x} y1={12} y2={y(0)} stroke="var(--ink-soft)" strokeDasharray="2 3" /><text x={x > WIDTH - 80 ? x - 4 : x + 4} y={11} textAnchor={x > WIDTH - 80 ? "end" : "start"} fontSize="11" fill="var(--ink-soft)">{label}</text></g>];
        })}
      </svg>
      <figcaption className="mt-1 flex flex-wrap gap-x-4 text-xs text-ink-soft">
        <span className="inline-flex items-center gap-1.5"><span className="size-2.5 rounded-sm" style={{ backgroundColor: "color-mix(in oklab, var(--accent) 45%, var(--paper))" }} />{t("voices")}</span>
        <span className="inline-flex items-center gap-1.5"><span className="size-2.5 rounded-sm bg-accent" />{t("unhappy")}</span>
      </figcaption>
      <details className="mt-2 text-sm print:hidden">
        <summary className="cursor-pointer text-ink-soft">{t("trendTable")}</summary>
        <table className="mt-2 w-full max-w-sm text-left">
          <thead><tr className="border-b border-line text-xs text-ink-soft"><th className="py-1 font-medium">{t("week")}</th><th className="text-right font-medium">{t("voices")}</th><th className="text-right font-medium">{t("unhappy")}</th></tr></thead>
          <tbody>{weeks.map(({ week, voices, negative }) => <tr key={week} className="border-b border-line tabular"><td className="py-1"><time dateTime={week}>{named(week)}</time></td><td className="text-right">{voices}</td><td className="text-right">{negative}</td></tr>)}</tbody>
        </table>
      </details>
    </figure>
  );
}
