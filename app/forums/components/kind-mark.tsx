import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import en from "./words.ts";

export const kindIcons: Record<TopicKind, IconName> = { discussion: "message-circle", question: "circle-help", idea: "lightbulb", announcement: "megaphone" };
const tones: Record<TopicKind, string> = { discussion: "text-ink-faint", question: "text-info", idea: "text-warning", announcement: "text-accent-strong" };

/** What a topic asks of its readers, in one sign that is also read out. A question that is solved wears a tick. */
export function KindMark({ kind, isSolved = false, size = 20, className }: { kind: TopicKind; isSolved?: boolean; size?: number; className?: string }) {
  const t = useT("forums", en);
  const label = isSolved ? t("kindSolved") : t(`kind.${kind}`);
  return (
    <span title={label} className={cx("inline-flex shrink-0", isSolved ? "text-success" : tones[kind], className)}>
      <Icon name={isSolved ? "check-circle-2" : kindIcons[kind]} size={size} />
      <span className="sr-only">{label}</span>
    </span>
  );
}
