import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { aroundChanges, diffDocuments } from "#app/core/document-diff.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { freshAfterConflict } from "#app/ui/after-conflict.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { DocumentDiff } from "../components/document-diff.tsx";
import { pageParams, reviewInput } from "../inputs.ts";
import en from "../messages/en.json";
import { accessPage, readLatest, readWords } from "../pages.ts";
import { pathOf, wikiPath } from "../paths.ts";
import { canReview } from "../policy.ts";
import { approvePage, sendBack } from "../review-page.ts";

export const loader = defineLoader({ params: pageParams }, async ({ viewer, params }) => {
  // By any name: behind an act that was refused, a step to the right one would lose what was typed.
  const page = await accessPage(db, viewer, params.pageId);
  if (page.level !== "create") throw new NotFoundError("review");
  const [latest, { body }] = await Promise.all([readLatest(db, page), readWords(db, page.id)]);
  return {
    place: { divisionId: page.divisionId, categoryId: page.categoryId }, title: translate(viewer.locale, "wikis.reviewTitle", { title: latest.title }), path: pathOf(page), pageTitle: page.title,
    revision: page.revision, hasDraft: page.revision > page.publishedRevision, titles: page.publishedRevision > 0 && page.title !== latest.title ? [page.title, latest.title] : null,
    blocks: aroundChanges(await diffDocuments(body, latest.body)), mayReview: canReview(viewer, page).allowed,
  };
});

export const action = defineAction({ params: pageParams, input: reviewInput }, async ({ viewer, params: { pageId }, input }) => {
  const reviewer = requireMember(viewer);
  if (input.intent === "approve") return redirect(pathOf(await approvePage(reviewer, pageId, input.revision)));
  const page = await sendBack(reviewer, pageId, input.revision, input.note);
  return redirect(`${wikiPath(page.wiki.slug)}/review`);
});

export const shouldRevalidate = freshAfterConflict;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function ReviewPage() {
  const t = useT("wikis", en);
  const { title, path, pageTitle, revision, hasDraft, titles, blocks, mayReview } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <Page width="wide">
      <PageHeader title={title} place={<Link to={path} className="hover:text-ink hover:underline">← {pageTitle}</Link>} lead={hasDraft && t("reviewLead")} />
      {problem && <Notice tone="danger" className="mb-4">{problem.fields.form?.[0] ?? problem.message}</Notice>}
      {titles && <p className="mb-4"><span className="text-sm font-semibold text-ink-soft">{t("titleWas")}</span> <span className="diff"><del>{titles[0]}</del> <ins>{titles[1]}</ins></span></p>}
      {!hasDraft && <EmptyState icon="clipboard-check" title={t("nothingToReview")} action={<ButtonLink to={path} size="small">{t("backToPage")}</ButtonLink>} />}
      {hasDraft && <DocumentDiff blocks={blocks} as="inline" t={t} />}
      {hasDraft && mayReview && (
        <div className="mt-8 grid gap-8 border-t border-line pt-6 md:grid-cols-2">
          <Form method="post" className="space-y-3">
            <input type="hidden" name="revision" value={revision} />
            <p className="text-sm text-ink-soft">{t("approveHint")}</p>
            <Button look="primary" name="intent" value="approve">{t("approve")}</Button>
          </Form>
          <Form method="post" className="space-y-3">
            <input type="hidden" name="revision" value={revision} />
            <TextArea name="note" label={t("whatToChange")} rows={3} maxLength={1000} defaultValue={problem?.values.note} errors={problem?.fields.note} />
            <Button name="intent" value="send-back">{t("sendBack")}</Button>
          </Form>
        </div>
      )}
    </Page>
  );
}
