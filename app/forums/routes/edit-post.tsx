import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { requireMember } from "#app/core/viewer.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { RichTextField } from "#app/ui/rich-text-field.tsx";
import { db } from "#db/client.ts";
import { editPost, stampOf } from "../edit-post.ts";
import { editPostInput, postParams } from "../inputs.ts";
import { accessPost } from "../lock-topic.ts";
import en from "../messages/en.json";
import { topicPath } from "../paths.ts";
import { canEditPost } from "../policy.ts";
import { accessTopic } from "../topics.ts";

export const loader = defineLoader({ params: postParams }, async ({ viewer, params: { topicId, postNumber } }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const post = await accessPost(db, requireMember(viewer), topic, postNumber);
  enforce(canEditPost(viewer, topic, post));
  return {
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    title: translate(viewer.locale, "forums.editPostTitle", { number: postNumber }),
    topicTitle: topic.title,
    path: topicPath(topic, postNumber),
    number: postNumber,
    source: documentToMarkdown(post.body),
    html: post.bodyHtml,
    stamp: stampOf(post),
  };
});

export const action = defineAction({ params: postParams, input: editPostInput }, async ({ viewer, params, input }) => {
  const topic = await editPost(requireMember(viewer), params, input);
  return redirect(`${topicPath(topic, params.postNumber)}#post-${params.postNumber}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function EditPostPage() {
  const { number, topicTitle, path, source, html, stamp } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("forums", en);
  const busy = useNavigation().state !== "idle";
  const isConflict = problem?.status === 409;
  return (
    <Page>
      <PageHeader title={t("editPostTitle", { number })} lead={t("editPostLead", { title: topicTitle })} />
      {isConflict && (
        <div className="mb-6 space-y-4">
          <Notice tone="warning" title={t("conflictTitle")}><p>{problem.message}</p><p>{t("conflictLead")}</p></Notice>
          <section aria-label={t("theirText")} className="rounded-md border border-line p-4">
            <h2 className="mb-2 text-sm font-semibold text-ink-soft">{t("theirText")}</h2>
            <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
          </section>
          <h2 className="text-sm font-semibold text-ink-soft">{t("yourText")}</h2>
        </div>
      )}
      {problem && !isConflict && !problem.fields.body && <Notice tone="danger" className="mb-4">{problem.message}</Notice>}
      <Form method="post" className="space-y-4" aria-busy={busy || undefined}>
        <input type="hidden" name="stamp" value={stamp} />
        <RichTextField name="body" label={t("yourText")} defaultValue={problem?.values.body ?? source} errors={problem?.fields.body} rows={14} />
        <Field name="reason" label={t("editReason")} hint={t("editReasonHint")} maxLength={300} defaultValue={problem?.values.reason} errors={problem?.fields.reason} />
        <p className="text-sm text-ink-soft">{t("graceHint")}</p>
        <div className="flex gap-2"><Button look="primary" busy={busy}>{t("saveEdit")}</Button><Link to={path} className={buttonClass("quiet")}>{t("cancel")}</Link></div>
      </Form>
    </Page>
  );
}
