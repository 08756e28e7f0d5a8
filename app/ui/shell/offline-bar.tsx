import { useSyncExternalStore } from "react";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import { isWaiting, WAITING } from "../live/patient-fetch.ts";
import en from "../messages/en.json";

/** Says that what was sent or asked for waits for a connection. */
export function OfflineBar() {
  const t = useT("ui", en);
  const isShown = useSyncExternalStore(subscribe, isWaiting, () => false);
  return (
    <div role="status" className="notice-place print:hidden">
      {isShown && (
        <div className="notice-bar">
          <Icon name="globe" size={18} className="shrink-0 text-warning" />
          <p className="min-w-0 flex-1 basis-60">{t("noConnection")}</p>
        </div>
      )}
    </div>
  );
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(WAITING, onChange);
  return () => window.removeEventListener(WAITING, onChange);
}
