import type { MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { aroundChanges, diffDocuments } from "#app/core/document-diff.ts";
import { ForbiddenError } from "#app/core/errors.ts";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { DocumentDiff } from "../components/document-diff.tsx";
import { RevisionList } from "../components/revision-list.tsx";
import { pageParams } from "../inputs.ts";
import en from "../messages/en.json";
import { pageAt } from "../page-at.ts";
import { pathOf } from "../paths.ts";
import { canEditPage, canModerate } from "../policy.ts";
import { listRevisions, readRevision } from "../revisions.ts";

const number = z.coerce.number().int().min(1).max(2 ** 31 - 1).optional().catch(undefined);
const asked = z.object({ from: number, to: number, before: number, as: z.enum(["inline", "side"]).catch("inline"), whole: z.string().optional() });
const SHOWN = 50;

export const loader = defineLoader({ params: pageParams }, async ({ viewer, params, request }) => {
  const page = await pageAt(viewer, params, request);
  const { from, before, as, whole, ...search } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  // From one revision on: to what readers see now.
  const to = search.to ?? (from ? Math.max(page.publishedRevision, 1) : undefined);
  const lines = await listRevisions(db, viewer, page, { before, limit: SHOWN + 1 });
  return {
    place: { divisionId: page.divisionId, categoryId: page.categoryId }, title: translate(viewer.locale, "wikis.historyTitle"), pageTitle: page.title, path: pathOf(page), wiki: page.wiki.slug,
    lines: lines.slice(0, SHOWN), more: lines.length > SHOWN ? lines[SHOWN - 1]!.revision : null, revision: page.revision, publishedRevision: page.publishedRevision,
    mayEdit: canEditPage(viewer, page).allowed, mayHide: canModerate(viewer, page).allowed, as,
    compared: to ? await compare(from ?? to - 1, to, whole !== undefined) : null,
  };

  async function compare(left: number, right: number, isWhole: boolean) {
    try {
      const now = await readRevision(db, viewer, page, right);
      const old = left < 1 ? { title: "", body: { type: "doc" as const, content: [{ type: "paragraph" }] } } : await readRevision(db, viewer, page, left);
      const blocks = await diffDocuments(old.body, now.body);
      return { from: left, to: right, titles: left > 0 && old.title !== now.title ? [old.title, now.title] : null, blocks: isWhole ? blocks : aroundChanges(blocks), isWhole, isHidden: false };
    } catch (error) {
      // What was hidden is said to be hidden, on the page that leads to the others.
      if (!(error instanceof ForbiddenError)) throw error;
      return { from: left, to: right, titles: null, blocks: [], isWhole, isHidden: true };
    }
  }
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export default function History() {
  const t = useT("wikis", en);
  const { pageTitle, path, lines, more, revision, publishedRevision, mayEdit, mayHide, as, compared } = useLoaderData<typeof loader>();
  const address = `${path}/history`;
  return (
    <Page width="wide">
      <PageHeader title={t("historyTitle")} place={<Link to={path} className="hover:text-ink hover:underline">← {pageTitle}</Link>} />
      {compared && (
        <section aria-label={t("comparing", { from: compared.from, to: compared.to })} className="mb-10">
          <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
            <h2 className="text-lg font-semibold">{t("comparing", { from: compared.from, to: compared.to })}</h2>
            {mayEdit && compared.from > 0 && !compared.isHidden && (
              <Form method="post" action={`${path}/revert`}>
                <input type="hidden" name="base" value={revision} /><input type="hidden" name="revision" value={compared.from} />
                <Button size="small">{t("revertTo", { number: compared.from })}</Button>
              </Form>
            )}
          </div>
          {compared.isHidden ? <Notice tone="warning">{t("revisionHidden")}</Notice> : (
            <>
              <TabLinks label={t("howToCompare")} className="mb-4" items={[
                { to: `${address}?from=${compared.from}&to=${compared.to}`, label: t("inline"), current: as === "inline" },
                { to: `${address}?from=${compared.from}&to=${compared.to}&as=side`, label: t("sideBySide"), current: as === "side" },
              ]} />
              {compared.titles && <p className="mb-4"><span className="text-sm font-semibold text-ink-soft">{t("titleWas")}</span> <span className="diff"><del>{compared.titles[0]}</del> <ins>{compared.titles[1]}</ins></span></p>}
              <DocumentDiff blocks={compared.blocks} as={as} t={t} />
              <p className="mt-4 text-sm"><Link to={`${address}?from=${compared.from}&to=${compared.to}&as=${as}${compared.isWhole ? "" : "&whole=1"}`} preventScrollReset className="text-accent-strong hover:underline">{t(compared.isWhole ? "onlyChanges" : "wholeText")}</Link></p>
            </>
          )}
        </section>
      )}
      <RevisionList {...{ lines, more, revision, publishedRevision, mayEdit, mayHide, path, shown: compared?.to ?? null, t }} />
    </Page>
  );
}
