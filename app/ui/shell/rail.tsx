import { Link, useLocation } from "@remix-run/react";
import { createContext, useContext, type ReactNode } from "react";
import { cx } from "../class-names.ts";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import { iconNames, type IconName } from "../icon-names.ts";
import { useKept } from "../kept.tsx";
import en from "../messages/en.json";
import type { ShellData, ShellDivision, ShellKnowledge } from "#app/community/shell.ts";
import { treeOf, type CategoryBranch, type Place } from "./place.ts";

type RailProps = { shell: ShellData; place: Place | null; division: ShellDivision | undefined; open: boolean; onClose: () => void };

/** Where one can go from anywhere: on the left on wide screens, a panel that opens over the page on small ones. */
export function Rail({ shell, place, division, open, onClose }: RailProps) {
  const t = useT("ui", en);
  const { pathname } = useLocation();
  const { viewer, divisions, canAdminister } = shell;
  const knowledge = division ? shell.knowledge.filter(({ divisionId }) => divisionId === division.id) : shell.knowledge.filter(({ kind }) => kind === "wiki");
  const within = knowledge.map(pathOf).find((path) => pathname === path || pathname.startsWith(`${path}/`)) ?? null;
  const isMember = viewer.kind === "member";
  const of = {
    divisions: division ? [] : divisions, division, branches: division ? treeOf(shell.categories, division.id) : [], categoryId: place?.categoryId, knowledge, hasBlogs: shell.knowledge.some(({ kind }) => kind === "blog"), isMember, canAdminister,
    mines: isMember && viewer.roles.some(({ role }) => role === "product_manager" || role === "owner" || role === "admin"),
    // A page that is none of those named here is nowhere in it: the rail is the same on all topics of a category.
    here: isNamed(pathname, division) ? pathname : within ?? partOf(pathname),
  };
  const kept = useKept(`<nav id="places"`, "</nav>", of, (known) => <Here.Provider value={known.here}><Inside {...known} onClose={onClose} /></Here.Provider>);
  return <nav id="places" aria-label={t("places")} data-open={open || undefined} className="rail" {...kept} />;
}

/** The page shown, where the rail leads to it. */
const Here = createContext<string | null>(null);

const NAMED = /^\/(latest|new|unread|top|unanswered|tags|divisions|notifications|drafts|groups|blogs|settings|insights|admin|d\/[^/]+)?$/;

function isNamed(pathname: string, division: ShellDivision | undefined): boolean {
  return NAMED.test(pathname) || division?.menu.some(({ href }) => href === pathname) === true;
}

/** The entry of the rail under which all pages of an area lie. */
function partOf(pathname: string): string | null {
  return /^\/(?:settings|groups|insights|admin)(?=\/)/.exec(pathname)?.[0] ?? null;
}

type InsideProps = { divisions: ShellDivision[]; division: ShellDivision | undefined; branches: CategoryBranch[]; categoryId: number | undefined; /** The blogs and wikis of the division; in none, all wikis. */ knowledge: ShellKnowledge[]; hasBlogs: boolean; isMember: boolean; canAdminister: boolean; mines: boolean; onClose: () => void };

function Inside({ divisions, division, branches, categoryId, knowledge, hasBlogs, isMember, canAdminister, mines, onClose }: InsideProps) {
  const t = useT("ui", en);
  const own = divisions.filter(({ isJoined }) => isJoined);
  const shown = own.length > 0 ? own : divisions;
  return (
    <>
      <a href="#content" onClick={(event) => { event.preventDefault(); onClose(); }} aria-label={t("closeMenu")} className="header-icon absolute top-1.5 right-3 wide:hidden"><Icon name="x" size={20} /></a>
      {division ? (
        <RailGroup title={division.name} href={`/d/${division.slug}`}>
          <RailLink to={`/d/${division.slug}`} icon="home">{t("divisionHome")}</RailLink>
          {division.menu.map(({ label, href }) => (href.startsWith("/") ? <RailLink key={href} to={href} icon="link">{label}</RailLink> : <li key={href}><a href={href} rel="noopener" className="rail-link"><Icon name="external-link" size={16} />{label}</a></li>))}
          <Branches branches={branches} categoryId={categoryId} />
          <Knowledge all={knowledge} />
        </RailGroup>
      ) : null}
      <RailGroup title={division ? t("wholeCommunity") : undefined}>
        <RailLink to="/" icon={division ? "globe" : "home"}>{t("home")}</RailLink>
        <RailLink to="/latest" icon="clock">{t("latest")}</RailLink>
        {isMember && <RailLink to="/new" icon="sparkles">{t("new")}</RailLink>}
        {isMember && <RailLink to="/unread" icon="circle">{t("unread")}</RailLink>}
        <RailLink to="/top" icon="trophy">{t("top")}</RailLink>
        <RailLink to="/unanswered" icon="circle-help">{t("unanswered")}</RailLink>
        <RailLink to="/tags" icon="tag">{t("tags")}</RailLink>
        {hasBlogs && <RailLink to="/blogs" icon="newspaper">{t("blogs")}</RailLink>}
        {!division && <Knowledge all={knowledge} />}
      </RailGroup>
      {!division && divisions.length > 0 && (
        <RailGroup title={own.length > 0 ? t("yourDivisions") : t("divisions")} href="/divisions">
          {shown.map(({ id, slug, name, accent }) => (
            <RailLink key={id} to={`/d/${slug}`} dot={accent}>{name}</RailLink>
          ))}
          {shown.length < divisions.length && <RailLink to="/divisions" icon="layers">{t("allDivisions")}</RailLink>}
        </RailGroup>
      )}
      {isMember && (
        <RailGroup title={t("yourThings")}>
          <RailLink to="/notifications" icon="bell">{t("notifications")}</RailLink>
          <RailLink to="/drafts" icon="file-text">{t("drafts")}</RailLink>
          <RailLink to="/groups" icon="users">{t("groups")}</RailLink>
          <RailLink to="/settings" icon="settings">{t("settings")}</RailLink>
          {mines && <RailLink to="/insights" icon="sparkles">{t("insights")}</RailLink>}
          {canAdminister && <RailLink to="/admin" icon="shield">{t("administration")}</RailLink>}
        </RailGroup>
      )}
    </>
  );
}

function Knowledge({ all }: { all: ShellKnowledge[] }) {
  return all.map((each) => <RailLink key={pathOf(each)} to={pathOf(each)} icon={each.kind === "blog" ? "newspaper" : "book-open"}>{each.name}</RailLink>);
}

function pathOf({ kind, slug }: ShellKnowledge): string {
  return `/${kind === "blog" ? "b" : "w"}/${slug}`;
}

function Branches({ branches, categoryId }: { branches: CategoryBranch[]; categoryId: number | undefined }) {
  return branches.map((branch) => (
    <li key={branch.id}>
      <Link to={`/c/${branch.slug}/${branch.id}`} aria-current={categoryId === branch.id ? "page" : undefined} className="rail-link">
        <Icon name={iconOf(branch.icon)} size={16} />
        <span className="min-w-0 truncate">{branch.name}</span>
      </Link>
      {branch.children.length > 0 && <ul className="ml-[7px] border-l border-line pl-2"><Branches branches={branch.children} categoryId={categoryId} /></ul>}
    </li>
  ));
}

function RailGroup({ title, href, children }: { title?: string; href?: string; children: ReactNode }) {
  return (
    <div className="rail-group">
      {title && <h2 className="rail-title">{href ? <Link to={href} className="hover:text-ink">{title}</Link> : title}</h2>}
      <ul>{children}</ul>
    </div>
  );
}

function RailLink({ to, icon, dot, children }: { to: string; icon?: IconName; dot?: string; children: ReactNode }) {
  const here = useContext(Here);
  return (
    <li>
      <Link to={to} aria-current={here === to ? "page" : undefined} className={cx("rail-link")}>
        {icon && <Icon name={icon} size={16} />}
        {dot && <span className="mx-[3px] size-2.5 shrink-0 rounded-full" style={{ backgroundColor: dot }} />}
        <span className="min-w-0 truncate">{children}</span>
      </Link>
    </li>
  );
}

/** An icon's name out of the database; one that is not drawn becomes the ordinary one. */
export function iconOf(name: string): IconName {
  return (iconNames as readonly string[]).includes(name) ? (name as IconName) : "message-circle";
}
