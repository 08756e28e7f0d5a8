import { Link, useFetcher } from "@remix-run/react";
import { useState, type ComponentType } from "react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { UnreadBadge } from "#app/ui/shell/unread-badge.tsx";
import en from "../messages/en.json";
import { inboxPath } from "../paths.ts";
import type { loader } from "../routes/latest.ts";
import type { BellLinesProps } from "./bell-lines.tsx";

/** The bell of the frame: the latest lines, and what shows them, loaded when it is opened. Without scripts it leads to the inbox. */
export function Bell({ count }: { count: number }) {
  const t = useT("notifications", en);
  const latest = useFetcher<typeof loader>();
  const [Lines, setLines] = useState<ComponentType<BellLinesProps>>();
  const lines = latest.data?.lines;

  function open() {
    latest.load("/notifications/latest");
    // Without a connection it is tried again when the bell is opened again.
    import("./bell-lines.tsx").then(({ BellLines }) => setLines(() => BellLines), () => {});
  }

  return (
    <details data-menu className="relative" onToggle={(event) => event.currentTarget.open && open()}>
      <summary aria-label={t("bell", { count })} title={t("title")} className="header-icon relative cursor-pointer list-none">
        <Icon name="bell" size={20} />
        <UnreadBadge count={count} />
      </summary>
      <div className="menu-panel right-0 w-96 max-w-[calc(100vw-24px)] max-sm:fixed max-sm:top-14 max-sm:right-3 max-sm:left-3 max-sm:w-auto">
        {Lines && lines ? <Lines lines={lines} /> : (lines || latest.state === "loading") && <p role="status" className="px-2.5 py-4 text-center text-sm text-ink-soft">{t("loading")}</p>}
        <Link to={inboxPath()} className="mt-1 flex min-h-10 items-center justify-center rounded border-t border-line text-sm font-medium text-accent-strong hover:bg-sunken touch:min-h-11">{t("seeAll")}</Link>
      </div>
    </details>
  );
}
