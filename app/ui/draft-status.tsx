import { useT } from "./i18n.tsx";
import { Icon } from "./icon.tsx";
import en from "./words.ts";
import type { DraftStatus as Status } from "./use-draft.ts";

/** Says whether what is typed is safe. Stands still: its place is there before there is anything to say. */
export function DraftStatus({ status, isConflict }: { status: Status; isConflict: boolean }) {
  const t = useT("ui", en);
  return (
    <span role="status" className="inline-flex min-h-6 items-center gap-1.5 text-sm text-ink-faint">
      {status === "saved" && <><Icon name="check" size={15} className="text-success" />{t(isConflict ? "draft.savedApart" : "draft.saved")}</>}
      {(status === "unsaved" || status === "saving") && t("draft.saving")}
      {status === "failed" && <><Icon name="triangle-alert" size={15} className="text-warning" />{t("draft.failed")}</>}
    </span>
  );
}
