import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { isModeratorOf } from "#app/core/viewer.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { wikiParams } from "../inputs.ts";
import { listDraftPages, listOrphans, listRemovedPages, listWanted } from "../loose-ends.ts";
import en from "../messages/en.json";
import { newPagePath, pagePath, wikiPath } from "../paths.ts";
import { canEdit } from "../policy.ts";
import { accessWiki } from "../wikis.ts";

const asked = z.object({ show: z.enum(["wanted", "orphans", "drafts", "removed"]).catch("wanted"), after: idParam.optional().catch(undefined) });
const SHOWN = 100;

export const loader = defineLoader({ params: wikiParams }, async ({ viewer, params, request }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  const { search, searchParams } = new URL(request.url);
  if (wiki.slug !== params.wiki) throw redirect(`${wikiPath(wiki.slug)}/loose-ends${search}`, 301);
  const { show, after } = asked.parse(Object.fromEntries(searchParams));
  return {
    place: { divisionId: wiki.divisionId, categoryId: wiki.categoryId }, title: translate(viewer.locale, "wikis.looseEnds"), wiki: { slug: wiki.slug, name: wiki.name }, show,
    mayEdit: canEdit(viewer, wiki).allowed, mayModerate: isModeratorOf(viewer, wiki.divisionId),
    wanted: show === "wanted" ? await listWanted(db, viewer, wiki.id) : [], orphans: show === "orphans" ? await listOrphans(db, viewer, wiki.id, { after, limit: SHOWN }) : [],
    drafts: show === "drafts" ? await listDraftPages(db, viewer, wiki.id) : [], removed: show === "removed" ? await listRemovedPages(db, viewer, wiki) : [],
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function LooseEnds() {
  const t = useT("wikis", en);
  const { wiki, show, mayEdit, mayModerate, wanted, orphans, drafts, removed } = useLoaderData<typeof loader>();
  const address = `${wikiPath(wiki.slug)}/loose-ends`;
  const shows = (["wanted", "orphans", "drafts", "removed"] as const).filter((each) => (each === "drafts" ? mayEdit : each === "removed" ? mayModerate : true));
  const lists = { wanted, orphans, drafts, removed };
  const hrefOf = (page: { id: number; slug: string }) => pagePath({ wiki: wiki.slug, ...page });
  return (
    <Page>
      <PageHeader title={t("looseEnds")} place={<Link to={wikiPath(wiki.slug)} className="hover:text-ink hover:underline">← {wiki.name}</Link>} />
      <TabLinks label={t("looseEnds")} className="mb-4" items={shows.map((each) => ({ to: `${address}?show=${each}`, label: t(`loose.${each}`), current: each === show }))} />
      <p className="mb-6 max-w-[62ch] text-sm text-ink-soft">{t(`looseHint.${show}`)}</p>
      {lists[show].length === 0 && <EmptyState icon="check-circle-2" title={t("nothingLoose")} />}
      <ul className="divide-y divide-line">
        {wanted.map(({ title, count, by }) => (
          <li key={title} className="flex min-h-12 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <span><span className="font-medium">{title}</span> <span className="text-sm text-ink-soft">{t("wishedBy", { count })} <Link to={hrefOf(by)} className="hover:underline">{by.title}</Link></span></span>
            {mayEdit && <ButtonLink to={newPagePath(wiki.slug, { title })} size="small">{t("writeIt")}</ButtonLink>}
          </li>
        ))}
        {orphans.map((page) => <li key={page.id} className="flex min-h-12 items-center py-2"><Link to={hrefOf(page)} className="font-medium hover:underline">{page.title}</Link></li>)}
        {drafts.map((page) => <li key={page.id} className="flex min-h-12 flex-wrap items-center gap-x-3 py-2"><Link to={page.publishedRevision > 0 ? `${hrefOf(page)}/review` : hrefOf(page)} className="font-medium hover:underline">{page.title}</Link><span className="text-sm text-ink-soft">{page.reviewAskedAt ? t("waitsForReview") : t(page.publishedRevision > 0 ? "draftBeside" : "neverPublished")}</span></li>)}
        {removed.map((page) => (
          <li key={page.id} className="flex min-h-12 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <span><Link to={hrefOf(page)} className="font-medium hover:underline">{page.title}</Link> <span className="text-sm text-ink-soft">{page.by && `${page.by} · `}{page.removedAt && <Time at={page.removedAt} />}{page.reason && ` · ${page.reason}`}</span></span>
            <Form method="post" action={`${hrefOf(page)}/restore`}><Button size="small">{t("restore")}</Button></Form>
          </li>
        ))}
      </ul>
      <LoadMore href={orphans.length === SHOWN ? `${address}?show=orphans&after=${orphans.at(-1)!.id}` : null} />
    </Page>
  );
}
