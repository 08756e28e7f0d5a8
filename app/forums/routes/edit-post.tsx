import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { idParam } from "#app/core/ids.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { EditPostForm } from "../components/edit-post-form.tsx";
import { readDraft } from "#app/core/drafts.ts";
import { editPost, isFresh, stampOf } from "../edit-post.ts";
import { editPostInput, postParams } from "../inputs.ts";
import { accessPost } from "../lock-topic.ts";
import en from "../components/words.ts";
import { topicPath } from "../paths.ts";
import { canEditPost } from "../policy.ts";
import { homeOfPost } from "../talk-subject.ts";
import { accessTopic } from "../topics.ts";

const asked = z.object({ draft: idParam.optional().catch(undefined), /** Begin with what the post says, whatever drafts there are. */ fresh: z.string().optional() });

export const loader = defineLoader({ params: postParams }, async ({ viewer, params: { topicId, postNumber }, request }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const member = requireMember(viewer);
  const post = await accessPost(db, member, topic, postNumber);
  enforce(canEditPost(viewer, topic, post));
  const search = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const kept = await readDraft(member, `edit:${post.id}`, search.draft);
  const draft = search.fresh === undefined ? kept.current : null;
  return {
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    title: translate(viewer.locale, "forums.editPostTitle", { number: postNumber }),
    topicTitle: topic.title,
    path: topicPath(topic, postNumber),
    home: await homeOfPost(db, topic, postNumber),
    number: postNumber,
    postId: post.id,
    draft,
    others: [...(draft || !kept.current ? [] : [kept.current]), ...kept.conflicts].map(({ id, updatedAt }) => ({ id, updatedAt })),
    source: documentToMarkdown(post.body),
    html: post.bodyHtml,
    stamp: stampOf(post),
    mayMend: isFresh(post) && post.authorId === member.id,
  };
});

export const action = defineAction({ params: postParams, input: editPostInput }, async ({ viewer, params, input }) => {
  const topic = await editPost(requireMember(viewer), params, input);
  return redirect(await homeOfPost(db, topic, params.postNumber));
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function EditPostPage() {
  const { number, topicTitle, path, html, title: _title, place: _place, ...form } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("forums", en);
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
        </div>
      )}
      {problem && !isConflict && !problem.fields.body && !problem.fields.knowsReaders && <Notice tone="danger" className="mb-4">{problem.message}</Notice>}
      <EditPostForm {...form} key={form.draft?.id ?? 0} path={path} problem={problem} t={t} />
    </Page>
  );
}
