import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { isModeratorOf, requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { postParams, reasonInput } from "../inputs.ts";
import { accessPost } from "../lock-topic.ts";
import en from "../components/words.ts";
import { canRemovePost, canRemoveTopic } from "../policy.ts";
import { removePost } from "../remove-post.ts";
import { homeOfPost } from "../talk-subject.ts";
import { accessTopic } from "../topics.ts";

export const loader = defineLoader({ params: postParams }, async ({ viewer, params: { topicId, postNumber } }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const post = await accessPost(db, requireMember(viewer), topic, postNumber);
  enforce(postNumber === 1 ? canRemoveTopic(viewer, topic) : canRemovePost(viewer, topic, post));
  return {
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    title: translate(viewer.locale, postNumber === 1 ? "forums.removeTopicTitle" : "forums.removePostTitle", { number: postNumber }),
    isOpening: postNumber === 1,
    home: await homeOfPost(db, topic, postNumber),
    html: post.removedAt ? "" : post.bodyHtml,
  };
});

export const action = defineAction({ params: postParams, input: reasonInput }, async ({ viewer, params, input }) => {
  const member = requireMember(viewer);
  const topic = await removePost(member, params, input);
  const isGone = params.postNumber === 1 && !isModeratorOf(member, topic.divisionId);
  return redirect(isGone ? "/" : await homeOfPost(db, topic, params.postNumber));
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function RemovePostPage() {
  const { title, isOpening, home, html } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("forums", en);
  return (
    <Page>
      <PageHeader title={title} lead={isOpening ? t("removeTopicLead") : t("removePostLead")} />
      {problem && <Notice tone="danger" className="mb-4">{problem.message}</Notice>}
      <div className="prose mb-6 max-h-64 overflow-y-auto rounded-md border border-line p-4" dangerouslySetInnerHTML={{ __html: html }} />
      <Form method="post" className="space-y-4">
        <Field name="reason" label={t("removeReason")} maxLength={300} defaultValue={problem?.values.reason} errors={problem?.fields.reason} />
        <div className="flex gap-2"><Button look="danger">{t("remove")}</Button><Link to={home} className={buttonClass("quiet")}>{t("cancel")}</Link></div>
      </Form>
    </Page>
  );
}
