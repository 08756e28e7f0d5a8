import { useT } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import type { ThemePageData } from "../theme-page.ts";
import en from "../messages/en.json";
import { states } from "../paths.ts";
import type { T } from "./theme-title.ts";

const known = new Set(["state", "owner", "due", "title", "tracker", "merged", "absorbed", "unmerged", "split", "split-off", "captured", "created"]);

/** Themes that a person made begin with one of these. */
const beginnings = new Set(["created", "split-off", "captured"]);

/** What was done with a theme, by whom, when and why, back to where it began. */
export function ThemeHistory({ events, createdAt }: { events: ThemePageData["events"]; createdAt: Date }) {
  const t = useT("insights", en);
  return (
    <ol className="space-y-3 text-sm">
      {events.map(({ id, kind, from, to, reason, at, actor }) => (
        <li key={id} className="border-l-2 border-line-strong pl-3">
          <p>{known.has(kind) ? t(`event_${kind as "state"}`, { from: valueOf(kind, from, t), to: valueOf(kind, to, t) }) : t("event_other")}</p>
          {reason && <p className="text-ink-soft">{reason}</p>}
          <p className="text-xs text-ink-faint">{t("by", { name: actor ?? t("theMachine") })} · <Time at={at} /></p>
        </li>
      ))}
      {!events.some(({ kind }) => beginnings.has(kind)) && <li className="border-l-2 border-line-strong pl-3"><p>{t("event_found")}</p><p className="text-xs text-ink-faint">{t("by", { name: t("theMachine") })} · <Time at={createdAt} /></p></li>}
    </ol>
  );
}

function valueOf(kind: string, value: string | null, t: T): string {
  if (value === null) return t("nothing");
  return kind === "state" && (states as readonly string[]).includes(value) ? t(`state_${value as "new"}`) : value;
}
