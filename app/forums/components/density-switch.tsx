import { useEffect, useState } from "react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import en from "./words.ts";

/** Rows close together or with air. Kept in a cookie and applied by a script before the first paint, as pages of guests are shared. */
export function DensitySwitch() {
  const t = useT("forums", en);
  const [density, setDensity] = useState<"comfortable" | "compact" | null>(null);
  useEffect(() => setDensity(document.documentElement.dataset.density === "compact" ? "compact" : "comfortable"), []);
  const next = density === "compact" ? "comfortable" : "compact";
  const label = t(`density.${next}`);
  const change = () => {
    document.documentElement.dataset.density = next;
    document.cookie = `density=${next}; Path=/; Max-Age=31536000; SameSite=Lax`;
    setDensity(next);
  };
  return (
    <button type="button" hidden={!density} onClick={change} title={label} aria-label={label} className="inline-flex size-9 items-center justify-center rounded-md text-ink-faint hover:bg-sunken hover:text-ink touch:size-11 max-sm:hidden">
      <Icon name={next === "compact" ? "list" : "layers"} size={18} />
    </button>
  );
}
