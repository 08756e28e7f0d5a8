import { useEffect, useState } from "react";
import { useT } from "./i18n.tsx";
import { Icon } from "./icon.tsx";
import en from "./messages/en.json";

type ToastMessage = { text: string; tone?: "success" | "danger"; /** Such as "Undo". */ action?: { label: string; run: () => void } };
const SHOWN_SECONDS = 6;

/** Says in the corner that something is done. For scripts; a plain form says it on the page it leads to. */
export function showToast(message: ToastMessage): void {
  window.dispatchEvent(new CustomEvent("wellspring:toast", { detail: message }));
}

/** Where toasts appear; in the frame, once. */
export function Toast() {
  const t = useT("ui", en);
  const [message, setMessage] = useState<ToastMessage | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (event: Event) => {
      clearTimeout(timer);
      setMessage((event as CustomEvent<ToastMessage>).detail);
      timer = setTimeout(() => setMessage(null), SHOWN_SECONDS * 1000);
    };
    window.addEventListener("wellspring:toast", show);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("wellspring:toast", show);
    };
  }, []);
  return (
    <div aria-live="polite" className="toast-place">
      {message && (
        <div className="pointer-events-auto flex items-center gap-3 rounded-md bg-ink px-4 py-2.5 text-sm text-paper">
          <Icon name={message.tone === "danger" ? "triangle-alert" : "check"} size={16} />
          <span>{message.text}</span>
          {message.action && <button type="button" className="min-h-8 px-1 font-semibold underline" onClick={() => { message.action!.run(); setMessage(null); }}>{message.action.label}</button>}
          <button type="button" aria-label={t("close")} onClick={() => setMessage(null)}><Icon name="x" size={16} /></button>
        </div>
      )}
    </div>
  );
}
