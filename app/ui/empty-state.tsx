import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

type EmptyStateProps = { icon: IconName; title: string; /** What to do about it. */ children?: ReactNode; action?: ReactNode };

/** What stands where a list would, when there is nothing in it yet. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-md border border-dashed border-line-strong px-6 py-12 text-center">
      <Icon name={icon} size={28} className="text-ink-faint" />
      <p className="text-lg font-semibold">{title}</p>
      {children && <div className="max-w-md text-sm text-ink-soft">{children}</div>}
      {action}
    </div>
  );
}
