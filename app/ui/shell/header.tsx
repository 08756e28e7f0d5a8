import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Avatar } from "../avatar.tsx";
import { ButtonLink } from "../button.tsx";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import { useKept } from "../kept.tsx";
import { Menu, MenuForm, MenuLink, MenuRule } from "../menu.tsx";
import en from "../messages/en.json";
import type { ShellData, ShellDivision } from "#app/community/shell.ts";
import { SiteMark } from "./site-mark.tsx";

type HeaderProps = { shell: ShellData; division: ShellDivision | undefined; onMenu: () => void; /** Until a script runs, these show nothing but the count in `shell`. */ search: ReactNode; bell: ReactNode };

export function Header({ shell, division, onMenu, search, bell }: HeaderProps) {
  const { pathname, search: query } = useLocation();
  const { viewer, site, divisions, canAdminister, unreadCount } = shell;
  const next = viewer.kind === "member" || pathname.startsWith("/sign-") ? "" : `?next=${encodeURIComponent(pathname + query)}`;
  const of = { viewer, site, divisions, canAdminister, unreadCount, division, next };
  // A guest's leads back to the very page it is on, and that page is kept whole.
  const kept = useKept(viewer.kind === "member" ? `<header class="site-header"` : null, "</header>", of, (known) => <Inside {...known} onMenu={onMenu} search={search} bell={bell} />);
  return <header className="site-header" {...kept} />;
}

type InsideProps = Pick<ShellData, "viewer" | "site" | "divisions" | "canAdminister"> & Omit<HeaderProps, "shell"> & { next: string };

function Inside({ viewer, site, divisions, canAdminister, division, next, onMenu, search, bell }: InsideProps) {
  const t = useT("ui", en);
  return (
    <div className="frame flex h-14 items-center gap-2 sm:gap-3">
      <a href="#places" onClick={(event) => { event.preventDefault(); onMenu(); }} aria-label={t("openMenu")} className="header-icon -ml-2 wide:hidden"><Icon name="menu" size={20} /></a>
      <Link to="/" className="flex min-h-11 min-w-0 items-center gap-2.5 font-semibold tracking-tight">
        <SiteMark />
        <span className="truncate">{site.name}</span>
      </Link>
      {division && (
        <>
          <span aria-hidden="true" className="hidden text-line-strong sm:inline">/</span>
          <DivisionSwitch division={division} divisions={divisions} />
        </>
      )}
      <div className="flex-1" />
      <div className="hidden w-full max-w-80 md:block">{search}</div>
      {viewer.kind === "member" ? (
        <>
          <span className="hidden sm:block"><ButtonLink to={writePath(division)} look="primary" size="small"><Icon name="square-pen" size={16} />{t("write")}</ButtonLink></span>
          {bell}
          <Menu label={t("accountMenu")} face={<Avatar name={viewer.name} fileId={viewer.avatarFileId} size={32} />}>
            <p className="px-2.5 pt-1.5 pb-1 text-sm"><span className="block font-semibold">{viewer.name}</span><span className="text-ink-soft">@{viewer.username}</span></p>
            <MenuRule />
            <MenuLink to={`/u/${viewer.username}`} icon="user">{t("profile")}</MenuLink>
            <MenuLink to="/drafts" icon="file-text">{t("drafts")}</MenuLink>
            <MenuLink to="/settings" icon="settings">{t("settings")}</MenuLink>
            {canAdminister && <MenuLink to="/admin" icon="shield">{t("administration")}</MenuLink>}
            <MenuRule />
            <MenuForm action="/sign-out" icon="log-out">{t("signOut")}</MenuForm>
          </Menu>
        </>
      ) : (
        <>
          <ButtonLink to={`/sign-in${next}`} look="quiet" size="small">{t("signIn")}</ButtonLink>
          <span className="hidden sm:block"><ButtonLink to={`/sign-up${next}`} look="primary" size="small">{t("signUp")}</ButtonLink></span>
        </>
      )}
    </div>
  );
}

function DivisionSwitch({ division, divisions }: { division: ShellDivision; divisions: ShellDivision[] }) {
  const t = useT("ui", en);
  return (
    <Menu
      label={t("switchDivision", { division: division.name })}
      align="start"
      className="min-w-0 max-sm:hidden"
      face={<span className="flex min-w-0 items-center gap-1.5 text-sm font-medium"><span className="truncate">{division.name}</span><Icon name="chevron-down" size={14} className="text-ink-faint" /></span>}
    >
      {divisions.map(({ id, slug, name, accent }) => (
        <MenuLink key={id} to={`/d/${slug}`}><span className="size-2.5 rounded-full" style={{ backgroundColor: accent }} />{name}</MenuLink>
      ))}
      <MenuRule />
      <MenuLink to="/" icon="globe">{t("wholeCommunity")}</MenuLink>
    </Menu>
  );
}

/** Where something new is begun: in the division one is in. */
export function writePath(division: ShellDivision | undefined): string {
  return division ? `/new-topic?division=${division.slug}` : "/new-topic";
}
