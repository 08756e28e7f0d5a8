import { Link, useFetcher } from "@remix-run/react";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { UnreadBadge } from "#app/ui/shell/unread-badge.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";
import { inboxPath } from "../paths.ts";
import type { loader } from "../routes/latest.ts";
import { LineFace, LineSentence } from "./inbox-line.tsx";

/** The bell of the frame: the latest lines, loaded when it is opened. Without scripts it leads to the inbox. */
export function Bell({ count }: { count: number }) {
  const t = useT("notifications", en);
  const latest = useFetcher<typeof loader>();
  const lines = latest.data?.lines;
  return (
    <details data-menu className="relative" onToggle={(event) => event.currentTarget.open && latest.load("/notifications/latest")}>
      <summary aria-label={t("bell", { count })} title={t("title")} className="header-icon relative cursor-pointer list-none">
        <Icon name="bell" size={20} />
        <UnreadBadge count={count} />
      </summary>
      <div className="menu-panel right-0 w-96 max-w-[calc(100vw-24px)] max-sm:fixed max-sm:top-14 max-sm:right-3 max-sm:left-3 max-sm:w-auto">
        {lines?.map((line) => (
          <Link key={line.id} to={line.href} className={cx("flex gap-3 rounded px-2.5 py-2 hover:bg-sunken", !line.isRead && "bg-accent-soft/45")}>
            <LineFace line={line} size={32} />
            <span className="min-w-0 flex-1 text-sm">
              <span className="block text-ink-soft"><LineSentence line={line} />{!line.isRead && <span className="sr-only"> ({t("unread")})</span>}</span>
              <span className={cx("line-clamp-1 block", !line.isRead && "font-semibold")}>{line.title}</span>
              <span className="block truncate text-xs text-ink-faint"><Time at={line.updatedAt} /> · {line.categoryName ? t("placeOf", { division: line.divisionName ?? "", category: line.categoryName }) : t("groups")}</span>
            </span>
          </Link>
        ))}
        {lines?.length === 0 && <p className="px-2.5 py-4 text-center text-sm text-ink-soft">{t("bellEmpty")}</p>}
        {!lines && latest.state === "loading" && <p role="status" className="px-2.5 py-4 text-center text-sm text-ink-soft">{t("loading")}</p>}
        <Link to={inboxPath()} className="mt-1 flex min-h-10 items-center justify-center rounded border-t border-line text-sm font-medium text-accent-strong hover:bg-sunken touch:min-h-11">{t("seeAll")}</Link>
      </div>
    </details>
  );
}
