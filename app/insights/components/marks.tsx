import { cx } from "#app/ui/class-names.ts";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import type { ThemeCard } from "../themes.ts";
import en from "../messages/en.json";

const icons: Record<ThemeCard["intent"], IconName> = {
  churn: "log-out", bug: "bug", feature: "lightbulb", competitor: "users", purchase: "tag", docs_gap: "book-open", complaint: "triangle-alert", praise: "heart", question: "circle-help", other: "message-circle",
};

/** What kind of thing was said. */
export function IntentMark({ intent, className }: { intent: ThemeCard["intent"]; className?: string }) {
  const t = useT("insights", en);
  return <span className={cx("inline-flex items-center gap-1 whitespace-nowrap", className)}><Icon name={icons[intent]} size={14} />{t(`intent_${intent}`)}</span>;
}

const tones: Record<ThemeCard["state"], string> = {
  new: "border-line-strong text-ink-soft", triaged: "border-line-strong text-ink", accepted: "border-transparent bg-info-soft text-info", planned: "border-transparent bg-warning-soft text-warning",
  shipped: "border-transparent bg-success-soft text-success", declined: "border-transparent bg-danger-soft text-danger",
};

/** Where a theme stands with the company. */
export function StateMark({ state }: { state: ThemeCard["state"] }) {
  const t = useT("insights", en);
  return <span className={cx("inline-flex min-h-6 items-center rounded-full border px-2.5 text-xs font-semibold whitespace-nowrap", tones[state])}>{t(`state_${state}`)}</span>;
}

const trendIcons: Record<ThemeCard["trend"], IconName | null> = { rising: "arrow-up", fading: "arrow-down", emerging: "sparkles", steady: null };

export function TrendMark({ trend }: { trend: ThemeCard["trend"] }) {
  const t = useT("insights", en);
  const icon = trendIcons[trend];
  return <span className={cx("inline-flex items-center gap-1 whitespace-nowrap", trend === "rising" && "font-semibold text-warning")}>{icon && <Icon name={icon} size={13} />}{t(`trend_${trend}`)}</span>;
}

/** Twelve weeks as twelve bars; told in words to those who do not see them. */
export function Spark({ weeks, className }: { weeks: number[]; className?: string }) {
  const t = useT("insights", en);
  const most = Math.max(3, ...weeks);
  return (
    <svg role="img" aria-label={t("voicesByWeek", { list: weeks.join(", ") })} viewBox="0 0 84 26" width={84} height={26} className={cx("shrink-0", className)}>
      {weeks.map((count, at) => {
        const height = count === 0 ? 1 : Math.max(3, (count / most) * 24);
        return <rect key={at} x={at * 7} y={25 - height} width={5} height={height} rx={1} fill={count === 0 ? "var(--line-strong)" : at >= 10 ? "var(--accent)" : "color-mix(in oklab, var(--accent) 45%, var(--paper))"} />;
      })}
    </svg>
  );
}
