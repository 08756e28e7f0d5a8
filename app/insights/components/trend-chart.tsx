import { cx } from "#app/ui/class-names.ts";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

export type TrendWeek = { week: string; voices: number; negative: number };

const HEIGHT = 150;
const LEFT = 26;

type TrendChartProps = { weeks: TrendWeek[]; /** Days on which something was decided. */ marks: { week: string; label: string }[] };

/** Voices week by week as bars, the unhappy share darker, with the same numbers as a table. Reads in print, too. */
export function TrendChart(chart: TrendChartProps) {
  const t = useT("insights", en);
  const { weeks } = chart;
  const named = useNameOfDay();
  // Axes without a bar look like a fault.
  if (weeks.every(({ voices }) => voices === 0)) return <p className="text-sm text-ink-soft">{t("trendQuiet")}</p>;
  return (
    <figure>
      {/* Drawn for the width it is shown at: letters made smaller with the picture cannot be read on a phone. */}
      <Bars {...chart} width={340} className="sm:hidden print:hidden" />
      <Bars {...chart} width={640} className="hidden sm:block print:block" />
      <figcaption className="mt-1 flex flex-wrap gap-x-4 text-xs text-ink-soft">
        <span className="inline-flex items-center gap-1.5"><span className="size-2.5 rounded-sm" style={{ backgroundColor: "color-mix(in oklab, var(--accent) 45%, var(--paper))" }} />{t("voices")}</span>
        <span className="inline-flex items-center gap-1.5"><span className="size-2.5 rounded-sm bg-accent" />{t("unhappy")}</span>
      </figcaption>
      <details className="mt-2 text-sm print:hidden">
        <summary className="opens text-ink-soft">{t("trendTable")}</summary>
        <table className="mt-2 w-full max-w-sm text-left">
          <thead><tr className="border-b border-line text-xs text-ink-soft"><th className="py-1 font-medium">{t("week")}</th><th className="text-right font-medium">{t("voices")}</th><th className="text-right font-medium">{t("unhappy")}</th></tr></thead>
          <tbody>{weeks.map(({ week, voices, negative }) => <tr key={week} className="border-b border-line tabular"><td className="py-1"><time dateTime={week}>{named(week)}</time></td><td className="text-right">{voices}</td><td className="text-right">{negative}</td></tr>)}</tbody>
        </table>
      </details>
    </figure>
  );
}

function useNameOfDay(): (week: string) => string {
  const { locale } = useLanguage();
  const day = new Intl.DateTimeFormat(locale === "en-XA" ? "en" : locale, { month: "short", day: "numeric", timeZone: "UTC" });
  return (week) => day.format(new Date(`${week}T00:00:00Z`));
}

function Bars({ weeks, marks, width, className }: TrendChartProps & { width: number; className: string }) {
  const t = useT("insights", en);
  const named = useNameOfDay();
  const most = Math.max(4, ...weeks.map(({ voices }) => voices));
  const step = (width - LEFT) / weeks.length;
  const gap = Math.min(2, step / 6);
  const every = Math.ceil(60 / step);
  const x = (at: number) => LEFT + at * step + gap;
  const y = (count: number) => HEIGHT - 22 - (count / most) * (HEIGHT - 40);
  return (
    <svg role="img" aria-label={t("voicesByWeek", { list: weeks.map(({ voices }) => voices).join(", ") })} viewBox={`0 0 ${width} ${HEIGHT}`} className={cx("h-auto w-full", className)}>
      {[0, Math.round(most / 2), most].map((count) => (
        <g key={count}>
          <line x1={LEFT} x2={width} y1={y(count)} y2={y(count)} stroke="var(--line)" />
          <text x={LEFT - 6} y={y(count) + 4} textAnchor="end" fontSize="11" fill="var(--ink-faint)">{count}</text>
        </g>
      ))}
      {weeks.map(({ week, voices, negative }, at) => (
        <g key={week}>
          {voices > 0 && <rect x={x(at)} y={y(voices)} width={step - 2 * gap} height={y(0) - y(voices)} rx={gap} fill="color-mix(in oklab, var(--accent) 45%, var(--paper))" />}
          {negative > 0 && <rect x={x(at)} y={y(Math.min(negative, voices))} width={step - 2 * gap} height={y(0) - y(Math.min(negative, voices))} rx={gap} fill="var(--accent)" />}
          {at % every === 0 && x(at) < width - 40 && <text x={x(at)} y={HEIGHT - 6} fontSize="11" fill="var(--ink-faint)">{named(week)}</text>}
        </g>
      ))}
      {marks.flatMap(({ week, label }) => {
        const at = weeks.findIndex((one) => one.week === week);
        if (at < 0) return [];
        const middle = LEFT + (at + 0.5) * step;
        const isLate = middle > width - 80;
        return [<g key={`${week}${label}`}><line x1={middle} x2={middle} y1={12} y2={y(0)} stroke="var(--ink-soft)" strokeDasharray="2 3" /><text x={isLate ? middle - 4 : middle + 4} y={11} textAnchor={isLate ? "end" : "start"} fontSize="11" fill="var(--ink-soft)">{label}</text></g>];
      })}
    </svg>
  );
}
