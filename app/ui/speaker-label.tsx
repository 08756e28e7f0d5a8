import { cx } from "./class-names.ts";
import { useT } from "./i18n.tsx";
import en from "./messages/en.json";

const looks = {
  employee: "bg-accent-soft text-accent-strong",
  partner: "bg-info-soft text-info",
  champion: "bg-warning-soft text-warning",
} as const;

/** Who is speaking, where it matters for how their words are read. Nothing for everybody else. */
export function SpeakerBadge({ label, className }: { label: keyof typeof looks | null; className?: string }) {
  const t = useT("ui", en);
  if (!label) return null;
  return <span className={cx("rounded px-1.5 py-px text-xs font-semibold", looks[label], className)}>{t(label)}</span>;
}
