import { data, redirect, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readDraft } from "#app/core/drafts.ts";
import { AppError, InvalidInputError } from "#app/core/errors.ts";
import { cameWithForm, defineAction, defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { richTextField } from "#app/core/rich-text.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { useAnswer } from "#app/ui/use-answer.ts";
import { db } from "#db/client.ts";
import { MergeForm } from "../components/merge-form.tsx";
import { PageForm } from "../components/page-form.tsx";
import { mergedInput, pageParams } from "../inputs.ts";
import { joinedPieces } from "../merge-page.ts";
import { readMergeView } from "../merge-view.ts";
import { accessPage } from "../pages.ts";
import { pathOf } from "../paths.ts";
import { canEditPage, canPublish } from "../policy.ts";
import { savePage } from "../save-page.ts";
import { RETURNS_UP_TO } from "./new-page.tsx";

/** There is nothing to merge before something was sent: whoever comes by the address alone begins an edit. */
export const loader = defineLoader({ params: pageParams }, async ({ viewer, params, request, context }) => {
  const page = await accessPage(db, viewer, params.pageId);
  enforce(canEditPage(requireMember(viewer), page));
  if (!context.asksForData && !cameWithForm(request)) throw redirect(pathOf(page, "edit"));
  return { place: { divisionId: page.divisionId, categoryId: page.categoryId }, title: translate(viewer.locale, "wikis.editTitle", { title: page.title }), wiki: page.wiki.slug, path: pathOf(page), pageId: page.id, base: page.revision, maySeeAtOnce: canPublish(viewer, page).allowed };
});

export const action = defineAction({ params: pageParams, input: mergedInput, returnsUpTo: RETURNS_UP_TO }, async ({ viewer, params, input: { step, title, reason, isMinor, intent, base, draftId, ...fields } }) => {
  const editor = requireMember(viewer);
  const whole = joinedPieces(fields);
  /** The form with the whole text. What was typed is a draft already: the form goes on with it, or there would be two. */
  const asOneText = async (refused: Record<string, string[]>, status: number) => {
    const values = { title, reason, isMinor: isMinor ? "1" : "", base: String(base), body: whole };
    const { current: draft } = await readDraft(editor, `page-edit:${params.pageId}`, draftId);
    return data({ ok: false as const, status: 422, message: "", fields: refused, values, draft }, { status });
  };
  if (step === "edit") return asOneText({}, 200);
  try {
    await limitRate("page", editor.id, { points: 60, perSeconds: 600 });
    const body = richTextField.safeParse(whole);
    if (!body.success) throw new InvalidInputError("form", "core.writeSomething");
    const sent = { title, reason, isMinor, intent, base, draftId, body: body.data };
    const { page, isStale } = await savePage(editor, params.pageId, sent);
    if (isStale) return data({ merge: await readMergeView(db, page, sent) }, { status: 409 });
    return redirect(pathOf(page));
  } catch (error) {
    if (!(error instanceof AppError) || error.status === 404) throw error;
    return asOneText({ [error instanceof InvalidInputError ? error.field : "form"]: [translate(editor.locale, error.key, error.values)] }, error.status);
  }
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function Merge() {
  const { path, title, pageId, ...form } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  return (
    <Page width={answer && "merge" in answer ? "wide" : "normal"}>
      <PageHeader title={title} />
      {answer && "merge" in answer ? (
        <MergeForm view={answer.merge} action={`${path}/merge`} />
      ) : (
        <PageForm {...form} action={`${path}/edit`} back={path} draftKey={`page-edit:${pageId}`} draft={answer && "draft" in answer ? answer.draft : null} others={[]} title="" source="" problem={answer as never} />
      )}
    </Page>
  );
}
