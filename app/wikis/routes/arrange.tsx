import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { ArrangeTree } from "../components/arrange-tree.tsx";
import { wikiParams } from "../inputs.ts";
import en from "../messages/en.json";
import { wikiPath } from "../paths.ts";
import { canEdit } from "../policy.ts";
import { listTree } from "../tree.ts";
import { accessWiki } from "../wikis.ts";

export const loader = defineLoader({ params: wikiParams }, async ({ viewer, params }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  enforce(canEdit(requireMember(viewer), wiki));
  if (wiki.slug !== params.wiki) throw redirect(`${wikiPath(wiki.slug)}/arrange`, 301);
  return { place: { divisionId: wiki.divisionId, categoryId: wiki.categoryId }, title: translate(viewer.locale, "wikis.arrange"), wiki: { slug: wiki.slug, name: wiki.name }, tree: await listTree(db, viewer, wiki.id) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function Arrange() {
  const t = useT("wikis", en);
  const { wiki, tree } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader title={t("arrange")} lead={t("arrangeLead")} place={<Link to={wikiPath(wiki.slug)} className="hover:text-ink hover:underline">← {wiki.name}</Link>} />
      {tree.length === 0 ? <EmptyState icon="list-tree" title={t("noPages")} /> : <ArrangeTree tree={tree} wiki={wiki.slug} t={t} />}
    </Page>
  );
}
