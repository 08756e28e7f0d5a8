import { useEffect, useId, useRef, type ReactNode } from "react";
import { cx } from "./class-names.ts";
import { useT } from "./i18n.tsx";
import { Icon } from "./icon.tsx";
import en from "./messages/en.json";

type DialogProps = { open: boolean; onClose: () => void; title: string; children: ReactNode; className?: string };

/** A window over the page for what scripts alone can offer. The browser keeps the focus inside and gives it back. */
export function Dialog({ open, onClose, title, children, className }: DialogProps) {
  const t = useT("ui", en);
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
      className={cx("m-auto w-[min(92vw,34rem)] rounded-lg border border-line bg-surface p-0 text-ink backdrop:bg-black/40", className)}
    >
      {open && (
        <div className="p-5">
          <div className="mb-4 flex items-start justify-between gap-4">
            <h2 id={titleId} className="text-lg font-semibold">{title}</h2>
            <button type="button" onClick={onClose} aria-label={t("close")} className="-m-2 flex size-9 items-center justify-center rounded-md text-ink-soft hover:bg-sunken touch:size-11"><Icon name="x" /></button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
