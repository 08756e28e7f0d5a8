import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { wikiParams } from "../inputs.ts";
import en from "../messages/en.json";
import { pagePath, wikiPath } from "../paths.ts";
import { listInReview } from "../review-page.ts";
import { accessWiki } from "../wikis.ts";

export const loader = defineLoader({ params: wikiParams }, async ({ viewer, params }) => {
  const wiki = await accessWiki(db, viewer, params.wiki);
  if (wiki.level !== "create") throw new NotFoundError("review");
  return { place: { divisionId: wiki.divisionId, categoryId: wiki.categoryId }, title: translate(viewer.locale, "wikis.reviewQueue"), wiki: { slug: wiki.slug, name: wiki.name }, waiting: await listInReview(db, viewer, wiki.id) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function ReviewQueue() {
  const t = useT("wikis", en);
  const { wiki, waiting } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader title={t("reviewQueue")} lead={t("reviewQueueLead")} place={<Link to={wikiPath(wiki.slug)} className="hover:text-ink hover:underline">← {wiki.name}</Link>} />
      {waiting.length === 0 ? <EmptyState icon="clipboard-check" title={t("nothingWaits")} /> : (
        <ul className="divide-y divide-line border-y border-line">
          {waiting.map(({ id, slug, title, publishedRevision, askedAt, askedBy }) => (
            <li key={id} className="flex min-h-14 flex-wrap items-center justify-between gap-x-6 py-2">
              <Link to={`${pagePath({ wiki: wiki.slug, slug, id })}/review`} className="font-medium hover:underline">{title}</Link>
              <span className="text-sm text-ink-soft">{publishedRevision === 0 && `${t("newPage")} · `}{askedBy && `${askedBy} · `}{askedAt && <Time at={askedAt} />}</span>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
