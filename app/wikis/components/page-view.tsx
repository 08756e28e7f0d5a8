import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Menu, MenuForm, MenuLink, MenuRule } from "#app/ui/menu.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";
import type { OutlineEntry } from "../outline.ts";
import { newPagePath, pagePath } from "../paths.ts";
import type { Credit } from "../sources.ts";
import type { Branch } from "../tree.ts";
import { Crumbs, type Crumb } from "./crumbs.tsx";
import { FollowPage } from "./follow-page.tsx";
import { PageNotices, type Notices } from "./page-notices.tsx";
import { PageSources } from "./page-sources.tsx";
import { WikiLayout } from "./wiki-layout.tsx";

export type PageViewData = Notices & {
  wiki: { slug: string; name: string; isVisible: boolean };
  tree: Branch[];
  crumbs: Crumb[];
  children: (Crumb & { isPublished: boolean })[];
  html: string;
  outline: OutlineEntry[];
  lastEditor: { username: string; name: string } | null;
  backlinks: Crumb[];
  hasMoreBacklinks: boolean;
  sources: Credit[];
  follow: { level: "none" | "page" | "subtree"; isAbove: boolean } | null;
};

/** A page as readers see it: what is above and below it, its words, who keeps it, and what leads here. */
export function PageView({ data, children: talk }: { data: PageViewData; /** What people say about it. */ children?: ReactNode }) {
  const t = useT("wikis", en);
  const { wiki, tree, crumbs, children, html, outline, page, lastEditor, owner, verified, backlinks, hasMoreBacklinks, sources, follow, path, may } = data;
  return (
    <WikiLayout wiki={wiki} tree={tree} current={page.id}>
      <Crumbs wiki={wiki} crumbs={crumbs} />
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 flex-1 basis-64 text-3xl font-semibold tracking-tight text-balance">{page.title}</h1>
        <div className="flex flex-wrap items-center gap-1" data-menu>
          <FollowPage path={path} follow={follow} />
          {may.edit && <ButtonLink to={`${path}/edit`} size="small"><Icon name="pencil" size={16} />{t("edit")}</ButtonLink>}
          <Menu label={t("more")} icon="ellipsis" hideLabel>
            <MenuLink to={`${path}/history`} icon="history">{t("history")}</MenuLink>
            <MenuLink to={`${path}/links`} icon="link">{t("backlinks")}</MenuLink>
            <MenuLink to={`${path}/print`} icon="printer">{t("printView")}</MenuLink>
            {may.edit && (
              <>
                <MenuRule />
                <MenuLink to={newPagePath(wiki.slug, { parentId: page.id })} icon="file-plus">{t("newBelow")}</MenuLink>
                {page.isTemplate && <MenuLink to={`${newPagePath(wiki.slug)}?from=${page.id}`} icon="files">{t("beginFrom")}</MenuLink>}
                <MenuLink to={`${path}/manage`} icon="settings">{t("managePage")}</MenuLink>
              </>
            )}
            {may.moderate && page.removedAt && <MenuForm action={`${path}/restore`} icon="rotate-ccw">{t("restore")}</MenuForm>}
          </Menu>
        </div>
      </header>
      <PageNotices data={data} />
      {outline.length > 2 && (
        <details open className="wiki-outline">
          <summary>{t("onThisPage")}</summary>
          <ol>{outline.map(({ id, level, text }) => <li key={id} className={level === 3 ? "pl-4" : undefined}><a href={`#${id}`}>{text}</a></li>)}</ol>
        </details>
      )}
      <article className="prose wiki-words" dangerouslySetInnerHTML={{ __html: html }} />
      {sources.length > 0 && <PageSources sources={sources} />}
      {children.length > 0 && (
        <section aria-labelledby="below" className="mt-10 border-t border-line pt-5">
          <h2 id="below" className="mb-2 text-sm font-semibold text-ink-soft">{t("pagesBelow")}</h2>
          <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">{children.map(({ id, slug, title }) => <li key={id}><Link to={pagePath({ wiki: wiki.slug, slug, id })} className="inline-flex min-h-8 items-center font-medium text-accent-strong hover:underline touch:min-h-11">{title}</Link></li>)}</ul>
        </section>
      )}
      <footer className="mt-10 space-y-2 border-t border-line pt-5 text-sm text-ink-soft">
        <p>
          {lastEditor && t.rich("lastEditedBy", { who: <Link key="who" to={`/u/${lastEditor.username}`} className="font-medium text-ink hover:underline">{lastEditor.name}</Link>, when: <Time key="when" at={page.editedAt} /> })}
          {" · "}<Link to={`${path}/history`} className="hover:text-ink hover:underline">{t("revisionCount", { count: page.publishedRevision || page.revision })}</Link>
        </p>
        {(owner || (verified && !verified.isOverdue)) && (
          <p className="flex items-center gap-1.5">
            {verified && !verified.isOverdue && <Icon name="badge-check" size={16} className="text-success" />}
            {owner && t("ownedBy", { name: owner.name })}{owner && verified && !verified.isOverdue && " · "}{verified && !verified.isOverdue && t("verifiedUntil", { day: new Date(`${verified.until}T12:00Z`) })}
          </p>
        )}
        {backlinks.length > 0 && (
          <p>{t("linkedFrom")}{" "}{backlinks.map(({ id, slug, title }, at) => <span key={id}>{at > 0 && ", "}<Link to={pagePath({ wiki: wiki.slug, slug, id })} className="text-accent-strong hover:underline">{title}</Link></span>)}{hasMoreBacklinks && <>{", "}<Link to={`${path}/links`} className="text-accent-strong hover:underline">{t("moreLinks")}</Link></>}</p>
        )}
      </footer>
      {talk}
    </WikiLayout>
  );
}
