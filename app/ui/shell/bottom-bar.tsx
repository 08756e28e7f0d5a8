import { Link, useLocation } from "@remix-run/react";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import type { IconName } from "../icon-names.ts";
import en from "../messages/en.json";
import type { ShellData, ShellDivision } from "#app/community/shell.ts";
import { writePath } from "./header.tsx";
import { UnreadBadge } from "./unread-badge.tsx";

/** The five ways that a thumb needs, on phones and small windows. */
export function BottomBar({ shell, division }: { shell: ShellData; division: ShellDivision | undefined }) {
  const t = useT("ui", en);
  const { viewer } = shell;
  return (
    <nav aria-label={t("quickLinks")} className="bottom-bar">
      <BarLink to={division ? `/d/${division.slug}` : "/"} icon="home" label={t("home")} />
      <BarLink to="/search" icon="search" label={t("search")} />
      <BarLink to={viewer.kind === "member" ? writePath(division) : `/sign-in?next=${encodeURIComponent(writePath(division))}`} icon="square-pen" label={t("write")} />
      {viewer.kind === "member" ? (
        <>
          <BarLink to="/notifications" icon="inbox" label={t("inbox")} count={shell.unreadCount} />
          <BarLink to={`/u/${viewer.username}`} icon="user" label={t("me")} />
        </>
      ) : (
        <>
          <BarLink to="/latest" icon="clock" label={t("latest")} />
          <BarLink to="/sign-in" icon="log-in" label={t("signIn")} />
        </>
      )}
    </nav>
  );
}

function BarLink({ to, icon, label, count = 0 }: { to: string; icon: IconName; label: string; count?: number }) {
  const { pathname } = useLocation();
  return (
    <Link to={to} aria-current={pathname === to ? "page" : undefined} className="bottom-bar-link">
      <span className="relative px-2"><Icon name={icon} size={20} /><UnreadBadge count={count} /></span>
      <span className="max-w-full truncate">{label}</span>
    </Link>
  );
}
