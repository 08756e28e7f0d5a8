import { Link, useLocation } from "@remix-run/react";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import type { IconName } from "../icon-names.ts";
import { useKept } from "../kept.tsx";
import en from "../messages/en.json";
import type { ShellData, ShellDivision } from "#app/community/shell.ts";
import { writePath } from "./header.tsx";
import { UnreadBadge } from "./unread-badge.tsx";

/** The five ways that a thumb needs, on phones and small windows. */
export function BottomBar({ shell, division }: { shell: ShellData; division: ShellDivision | undefined }) {
  const t = useT("ui", en);
  const { pathname } = useLocation();
  const { viewer } = shell;
  const write = writePath(division);
  const links: BarLinkProps[] = [
    { to: division ? `/d/${division.slug}` : "/", icon: "home", label: t("home") },
    { to: "/search", icon: "search", label: t("search") },
    { to: viewer.kind === "member" ? write : `/sign-in?next=${encodeURIComponent(write)}`, icon: "square-pen", label: t("write") },
    ...(viewer.kind === "member"
      ? [{ to: "/notifications", icon: "inbox", label: t("inbox"), count: shell.unreadCount } as const, { to: `/u/${viewer.username}`, icon: "user", label: t("me") } as const]
      : [{ to: "/latest", icon: "clock", label: t("latest") } as const, { to: "/sign-in", icon: "log-in", label: t("signIn") } as const]),
  ];
  const of = links.map((link) => ({ ...link, isHere: link.to === pathname }));
  const kept = useKept(`<nav class="bottom-bar"`, "</nav>", of, (known) => known.map((link) => <BarLink key={link.to} {...link} />));
  return <nav className="bottom-bar" aria-label={t("quickLinks")} {...kept} />;
}

type BarLinkProps = { to: string; icon: IconName; label: string; count?: number };

function BarLink({ to, icon, label, count = 0, isHere }: BarLinkProps & { isHere: boolean }) {
  return (
    <Link to={to} aria-current={isHere ? "page" : undefined} className="bottom-bar-link">
      <span className="relative px-2"><Icon name={icon} size={20} /><UnreadBadge count={count} /></span>
      <span className="max-w-full truncate">{label}</span>
    </Link>
  );
}
