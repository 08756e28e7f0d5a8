import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { db } from "#db/client.ts";
import { pageParams } from "../inputs.ts";
import { listBacklinks } from "../loose-ends.ts";
import en from "../messages/en.json";
import { pageAt } from "../page-at.ts";
import { pagePath, pathOf } from "../paths.ts";

const SHOWN = 50;

export const loader = defineLoader({ params: pageParams }, async ({ viewer, params, request }) => {
  const page = await pageAt(viewer, params, request);
  const after = idParam.optional().catch(undefined).parse(new URL(request.url).searchParams.get("after") ?? undefined);
  const links = await listBacklinks(db, viewer, page.id, { after, limit: SHOWN });
  return { place: { divisionId: page.divisionId, categoryId: page.categoryId }, title: translate(viewer.locale, "wikis.backlinks"), path: pathOf(page), pageTitle: page.title, wiki: page.wiki.slug, links };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export default function Backlinks() {
  const t = useT("wikis", en);
  const { path, pageTitle, wiki, links } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader title={t("backlinks")} place={<Link to={path} className="hover:text-ink hover:underline">← {pageTitle}</Link>} />
      {links.length === 0 && <EmptyState icon="link" title={t("noBacklinks")}>{t("noBacklinksHint")}</EmptyState>}
      <ul className="divide-y divide-line">{links.map(({ id, slug, title }) => <li key={id} className="flex min-h-12 items-center py-2"><Link to={pagePath({ wiki, slug, id })} className="font-medium hover:underline">{title}</Link></li>)}</ul>
      <LoadMore href={links.length === SHOWN ? `${path}/links?after=${links.at(-1)!.id}` : null} />
    </Page>
  );
}
