import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { Field, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { addSynonym, deleteTag, editTag, listSynonyms, mergeTags } from "../manage-tags.ts";
import en from "../components/words.ts";
import { tagPath } from "../paths.ts";
import { canManageTags } from "../policy.ts";
import { accessTag } from "../tags.ts";

const params = z.object({ name: z.string().max(200) });
const word = z.string().trim().min(1, "core.required").max(40);

const input = z.discriminatedUnion("do", [
  z.object({ do: z.literal("edit"), name: word, description: z.string().trim().max(500) }),
  z.object({ do: z.literal("merge"), into: word }),
  z.object({ do: z.literal("synonym"), synonym: word }),
  z.object({ do: z.literal("delete") }),
]);

export const loader = defineLoader({ params }, async ({ viewer, params: { name } }) => {
  requireMember(viewer);
  const tag = await accessTag(db, viewer, name);
  enforce(canManageTags(viewer));
  if (tag.synonymOf) throw redirect(`${tagPath(tag.synonymOf)}/manage`, 301);
  return { tag, synonyms: await listSynonyms(db, tag.id), title: translate(viewer.locale, "forums.tag.manageTitle", { name: tag.name }) };
});

export const action = defineAction({ params, input }, async ({ viewer, params: { name }, input }) => {
  const staff = requireMember(viewer);
  const tag = await accessTag(db, staff, name);
  if (input.do === "edit") return redirect(tagPath(await editTag(staff, tag.id, input)));
  if (input.do === "merge") return redirect(tagPath(await mergeTags(staff, tag.id, input.into)));
  if (input.do === "synonym") {
    await addSynonym(staff, tag.id, input.synonym);
    return redirect(`${tagPath(tag)}/manage`);
  }
  await deleteTag(staff, tag.id);
  return redirect("/tags");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function ManageTagPage() {
  const { tag, synonyms, title } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const t = useT("forums", en);
  return (
    <Page>
      <PageHeader title={title} place={<Link to={tagPath(tag)} className="hover:text-ink hover:underline">#{tag.name}</Link>} />
      {problem && <Notice tone="danger" className="mb-6">{problem.message}</Notice>}
      <div className="max-w-xl space-y-10">
        <Form method="post" className="space-y-4">
          <input type="hidden" name="do" value="edit" />
          <Field label={t("tag.name")} hint={t("tag.nameHint")} name="name" maxLength={40} defaultValue={problem?.values.name ?? tag.name} errors={problem?.fields.name} />
          <TextArea label={t("tag.description")} hint={t("tag.descriptionHint")} name="description" rows={3} maxLength={500} defaultValue={problem?.values.description ?? tag.description} errors={problem?.fields.description} />
          <Button look="primary">{t("save")}</Button>
        </Form>
        <Form method="post" className="space-y-4 border-t border-line pt-8">
          <input type="hidden" name="do" value="synonym" />
          <Field label={t("tag.addSynonym")} hint={synonyms.length > 0 ? t("tag.also", { names: synonyms.map(({ name }) => `#${name}`).join(", ") }) : t("tag.synonymHint")} name="synonym" maxLength={40} defaultValue={problem?.values.synonym} errors={problem?.fields.synonym} />
          <Button>{t("tag.add")}</Button>
        </Form>
        <Form method="post" className="space-y-4 border-t border-line pt-8">
          <input type="hidden" name="do" value="merge" />
          <Field label={t("tag.mergeInto")} hint={t("tag.mergeHint", { name: tag.name })} name="into" maxLength={40} defaultValue={problem?.values.into} errors={problem?.fields.into} />
          <Button>{t("tag.merge")}</Button>
        </Form>
        <div className="border-t border-line pt-8">
          <ConfirmButton label={t("tag.delete")} icon="trash-2" question={t("tag.deleteQuestion")} confirm={t("tag.delete")} fields={{ do: "delete" }} />
        </div>
      </div>
    </Page>
  );
}
