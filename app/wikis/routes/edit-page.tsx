import { data, redirect, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { readDraftForForm } from "#app/core/drafts.ts";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { useAnswer } from "#app/ui/use-answer.ts";
import { db } from "#db/client.ts";
import { MergeForm } from "../components/merge-form.tsx";
import { PageForm } from "../components/page-form.tsx";
import { editPageInput, pageParams } from "../inputs.ts";
import { readMergeView } from "../merge-view.ts";
import en from "../messages/en.json";
import { withPageLinks } from "../page-links.ts";
import { accessPage, readLatest } from "../pages.ts";
import { pathOf } from "../paths.ts";
import { canEditPage, canPublish } from "../policy.ts";
import { savePage } from "../save-page.ts";
import { RETURNS_UP_TO } from "./new-page.tsx";

const asked = z.object({ draft: idParam.optional().catch(undefined), /** Begin with what the page says, whatever drafts there are. */ fresh: z.string().optional() });

export const loader = defineLoader({ params: pageParams }, async ({ viewer, params, request }) => {
  // By any name: behind an act that was refused, a step to the right one would lose what was typed.
  const page = await accessPage(db, viewer, params.pageId);
  const member = requireMember(viewer);
  enforce(canEditPage(viewer, page));
  const search = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [latest, kept] = await Promise.all([readLatest(db, page), readDraftForForm(member, `page-edit:${page.id}`, { chosenId: search.draft, fresh: search.fresh !== undefined })]);
  const body = await withPageLinks(db, member, { wikiId: page.wikiId, categoryId: page.categoryId }, latest.body, [latest.body]);
  return {
    place: { divisionId: page.divisionId, categoryId: page.categoryId }, title: translate(viewer.locale, "wikis.editTitle", { title: page.title }),
    wiki: page.wiki.slug, path: pathOf(page), pageId: page.id, pageTitle: latest.title, source: documentToMarkdown(body), base: page.revision, reviewNote: page.reviewNote,
    ...kept, maySeeAtOnce: canPublish(viewer, page).allowed,
  };
});

export const action = defineAction({ params: pageParams, input: editPageInput, returnsUpTo: RETURNS_UP_TO }, async ({ viewer, params, input }) => {
  const editor = requireMember(viewer);
  await limitRate("page", editor.id, { points: 60, perSeconds: 600 });
  const { page, isStale } = await savePage(editor, params.pageId, input);
  // Nothing was written: both texts are shown, and nothing of either is lost.
  if (isStale) return data({ merge: await readMergeView(db, page, input) }, { status: 409 });
  return redirect(pathOf(page));
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function EditPage() {
  const t = useT("wikis", en);
  const { path, title, pageTitle, pageId, reviewNote, ...form } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const merge = answer && "merge" in answer ? answer.merge : null;
  const problem = answer && "fields" in answer ? answer : undefined;
  return (
    <Page width={merge ? "wide" : "normal"}>
      <PageHeader title={title} />
      {reviewNote && !merge && <Notice tone="warning" title={t("sentBack")} className="mb-4"><p className="whitespace-pre-line">{reviewNote}</p></Notice>}
      {merge ? <MergeForm view={merge} action={`${path}/merge`} /> : <PageForm {...form} key={pageId} action={`${path}/edit`} back={path} draftKey={`page-edit:${pageId}`} title={pageTitle} problem={problem} />}
    </Page>
  );
}
