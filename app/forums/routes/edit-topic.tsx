import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { KnowsReaders } from "#app/ui/ask-readers.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { topicKind } from "#db/schema/topic-kind.ts";
import { editTopic } from "../change-topic.ts";
import { TagsField } from "../components/tags-field.tsx";
import { usePostingForm } from "../components/use-posting-form.ts";
import { kindLooks } from "../components/post-words.ts";
import { listPlacesFor } from "../creatable-places.ts";
import { editTopicInput, topicParams } from "../inputs.ts";
import en from "../components/words.ts";
import { topicPath } from "../paths.ts";
import { readPostingForm } from "../posting-form.ts";
import { canEditTopic, canUseKind } from "../policy.ts";
import { listTopicTags } from "../tags.ts";
import { accessTopic } from "../topics.ts";

export const loader = defineLoader({ params: topicParams }, async ({ viewer, params: { topicId } }) => {
  const topic = await accessTopic(db, viewer, topicId);
  enforce(canEditTopic(requireMember(viewer), topic));
  const [tags, places] = await Promise.all([listTopicTags(db, topicId), listPlacesFor(db, viewer, topic.categoryId)]);
  return {
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    title: translate(viewer.locale, "forums.editTopicTitle"),
    path: topicPath(topic),
    values: { title: topic.title, kind: topic.kind, categoryId: topic.categoryId, tags: tags.map(({ slug }) => slug).join(", ") },
    posting: await readPostingForm(db, topic.categoryId),
    places: places.map(({ id, name, division }) => ({ id, name, division })),
    kinds: topicKind.enumValues.filter((kind) => kind === topic.kind || canUseKind(viewer, { allowedKinds: topicKind.enumValues }, kind).allowed),
  };
});

export const action = defineAction({ params: topicParams, input: editTopicInput }, async ({ viewer, params: { topicId }, input }) =>
  redirect(topicPath(await editTopic(requireMember(viewer), topicId, input))),
);

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function EditTopicPage() {
  const { path, values, places, kinds, posting: known } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("forums", en);
  const typed = { ...values, reason: "", ...problem?.values };
  const [chosen, setChosen] = useState(String(typed.categoryId));
  const carries = problem?.fields.knowsReaders;
  const posting = usePostingForm(chosen, [known]);
  return (
    <Page>
      <PageHeader title={t("editTopicTitle")} lead={values.title} />
      {problem && !carries && <Notice tone="danger" className="mb-4">{problem.message}</Notice>}
      <Form method="post" className="max-w-2xl space-y-5">
        <Field name="title" label={t("titleLabel")} defaultValue={typed.title} required maxLength={200} errors={problem?.fields.title} />
        <Select name="kind" label={t("kindLabel")} defaultValue={typed.kind} errors={problem?.fields.kind}>
          {kinds.map((kind) => <option key={kind} value={kind}>{t(kindLooks[kind].label)}</option>)}
        </Select>
        <Select name="categoryId" label={t("categoryLabel")} value={chosen} onChange={(event) => setChosen(event.target.value)} errors={problem?.fields.categoryId}>
          {places.map(({ id, name, division }) => <option key={id} value={id}>{`${division} › ${name}`}</option>)}
        </Select>
        <TagsField defaultValue={typed.tags} errors={problem?.fields.tags} rules={posting?.tagRules} />
        {(carries || problem?.values.knowsReaders) && <Notice tone="warning">{carries && <p className="mb-2">{carries.join(" ")}</p>}<KnowsReaders checked={!carries} /></Notice>}
        <Field name="reason" label={t("editReason")} hint={t("editReasonHint")} defaultValue={typed.reason} maxLength={300} errors={problem?.fields.reason} />
        <div className="flex gap-2"><Button look="primary">{t("saveEdit")}</Button><Link to={path} className={buttonClass("quiet")}>{t("cancel")}</Link></div>
      </Form>
    </Page>
  );
}
