import { useEffect, useState } from "react";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import en from "../messages/en.json";

const schemes = ["system", "light", "dark"] as const;
type Scheme = (typeof schemes)[number];
const icons = { system: "monitor", light: "sun", dark: "moon" } as const;

/**
 * Runs before the first paint of a guest's page, so that a chosen scheme does not flash. Guests' pages are the same for
 * all of them, so the choice is kept in their browser and not on the server.
 */
export const schemeScript = `try{var s=localStorage.getItem("scheme");if(s==="light"||s==="dark")document.documentElement.dataset.scheme=s}catch(e){}`;

/** Light, dark or as the device wishes, for guests; members choose in their settings. Without scripts the device decides. */
export function SchemeSwitch() {
  const t = useT("ui", en);
  const [scheme, setScheme] = useState<Scheme | null>(null);
  useEffect(() => setScheme((localStorage.getItem("scheme") as Scheme | null) ?? "system"), []);
  if (!scheme) return <span className="h-9 w-27" />;
  const choose = (wanted: Scheme) => {
    setScheme(wanted);
    if (wanted === "system") localStorage.removeItem("scheme");
    else localStorage.setItem("scheme", wanted);
    applyScheme(wanted);
  };
  return (
    <div role="group" aria-label={t("colourScheme")} className="flex rounded-md border border-line">
      {schemes.map((each) => (
        <button key={each} type="button" aria-pressed={scheme === each} title={t(each)} aria-label={t(each)} onClick={() => choose(each)} className="flex size-9 items-center justify-center rounded-md text-ink-faint hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink touch:size-11">
          <Icon name={icons[each]} size={16} />
        </button>
      ))}
    </div>
  );
}

export function applyScheme(scheme: Scheme): void {
  if (scheme === "system") delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = scheme;
}
