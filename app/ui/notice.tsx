import type { ReactNode } from "react";
import { cx } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

type Tone = "info" | "success" | "warning" | "danger";

const tones: Record<Tone, { box: string; icon: IconName }> = {
  info: { box: "bg-info-soft text-info", icon: "info" },
  success: { box: "bg-success-soft text-success", icon: "check-circle-2" },
  warning: { box: "bg-warning-soft text-warning", icon: "triangle-alert" },
  danger: { box: "bg-danger-soft text-danger", icon: "triangle-alert" },
};

type NoticeProps = { tone?: Tone; title?: string; children?: ReactNode; className?: string };

/** Something the reader should know here. Errors and warnings are read out at once. */
export function Notice({ tone = "info", title, children, className }: NoticeProps) {
  const { box, icon } = tones[tone];
  return (
    <div role={tone === "danger" || tone === "warning" ? "alert" : "status"} className={cx("flex gap-3 rounded-md px-4 py-3 text-sm", box, className)}>
      <Icon name={icon} className="mt-0.5" />
      <div className="min-w-0 space-y-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
    </div>
  );
}
