import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Menu, MenuDownload, MenuLink } from "#app/ui/menu.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader, RailSection } from "#app/ui/page.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { PageIndex } from "../components/page-index.tsx";
import { wikiParams } from "../inputs.ts";
import { listRecent } from "../loose-ends.ts";
import en from "../messages/en.json";
import { adminWikiPath, newPagePath, pagePath, wikiPath } from "../paths.ts";
import { canEdit, canSetRights, isStaffOf } from "../policy.ts";
import { listTree } from "../tree.ts";
import { accessWiki } from "../wikis.ts";

export const loader = defineLoader({ params: wikiParams }, async ({ viewer, params }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  if (wiki.slug !== params.wiki) throw redirect(wikiPath(wiki.slug), 301);
  const [tree, recent] = await Promise.all([listTree(db, viewer, wiki.id), listRecent(db, viewer, wiki.id)]);
  return {
    title: wiki.name, place: { divisionId: wiki.divisionId, categoryId: wiki.categoryId }, wiki: { id: wiki.id, slug: wiki.slug, name: wiki.name, description: wiki.description, needsReview: wiki.needsReview },
    found: { feeds: [{ path: wikiPath(wiki.slug), title: wiki.name }], card: { kind: "website", title: wiki.name, description: wiki.description } } satisfies Found,
    tree, recent, mayEdit: canEdit(viewer, wiki).allowed, mayTend: isStaffOf(viewer, wiki.divisionId), mayBuild: canSetRights(viewer).allowed,
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches, data?.wiki.description);

export default function WikiHome() {
  const t = useT("wikis", en);
  const { wiki, tree, recent, mayEdit, mayTend, mayBuild } = useLoaderData<typeof loader>();
  const path = wikiPath(wiki.slug);
  const newPage = <ButtonLink to={newPagePath(wiki.slug)} look="primary" size="small"><Icon name="file-plus" size={16} />{t("newPage")}</ButtonLink>;
  return (
    <Page
      aside={recent.length > 0 && (
        <RailSection title={t("recentlyChanged")}>
          <ul className="space-y-2">
            {recent.map(({ id, slug, title, editedAt, by }) => (
              <li key={id}><Link to={pagePath({ wiki: wiki.slug, slug, id })} className="font-medium hover:underline">{title}</Link><span className="block text-xs text-ink-soft">{by && `${by.name} · `}<Time at={editedAt} /></span></li>
            ))}
          </ul>
        </RailSection>
      )}
    >
      <PageHeader
        title={wiki.name}
        lead={wiki.description}
        actions={mayEdit && (
          <>
            {newPage}
            <Menu label={t("more")} icon="ellipsis" hideLabel>
              <MenuLink to={`${path}/arrange`} icon="list-tree">{t("arrange")}</MenuLink>
              <MenuLink to={`${path}/loose-ends`} icon="link">{t("looseEnds")}</MenuLink>
              {(wiki.needsReview || mayTend) && <MenuLink to={`${path}/review`} icon="clipboard-check">{t("reviewQueue")}</MenuLink>}
              <MenuDownload href={`${path}/export.zip`} icon="files">{t("exportZip")}</MenuDownload>
              <MenuLink to="/pages-to-verify" icon="badge-check">{t("toVerify")}</MenuLink>
              {mayBuild && <MenuLink to={adminWikiPath(wiki.id)} icon="settings">{t("settings")}</MenuLink>}
            </Menu>
          </>
        )}
      />
      {tree.length === 0 ? (
        <EmptyState icon="book-open" title={t("noPages")} action={mayEdit ? newPage : undefined}>{mayEdit ? t("noPagesHint") : t("noPagesReader")}</EmptyState>
      ) : (
        <section aria-labelledby="pages"><h2 id="pages" className="sr-only">{t("allPages")}</h2><PageIndex tree={tree} wiki={wiki.slug} /></section>
      )}
    </Page>
  );
}
