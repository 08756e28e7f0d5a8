import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { enforce } from "#app/core/policy.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { TagGroupFields } from "../components/tag-group-fields.tsx";
import { tagGroupInput } from "../inputs.ts";
import en from "../components/words.ts";
import { canManageTags } from "../policy.ts";
import { deleteTagGroup, editTagGroup, readTagGroup } from "../tag-groups.ts";

const params = z.object({ groupId: idParam });
const input = z.union([z.object({ intent: z.literal("delete") }), tagGroupInput.extend({ intent: z.literal("edit") })]);

export const loader = defineLoader({ params }, async ({ viewer, params: { groupId } }) => {
  enforce(canManageTags(requireMember(viewer)));
  const group = await readTagGroup(db, groupId);
  return { title: group.name, group };
});

export const action = defineAction({ params, input }, async ({ viewer, params: { groupId }, input }) => {
  const staff = requireMember(viewer);
  if (input.intent === "delete") await deleteTagGroup(staff, groupId);
  else {
    const { intent: _intent, ...fields } = input;
    await editTagGroup(staff, groupId, fields);
  }
  return redirect("/tags/groups");
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function TagGroupPage() {
  const { title, group } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const t = useT("forums", en);
  return (
    <Page>
      <PageHeader title={title} place={<Link to="/tags/groups" className="hover:text-ink hover:underline">{t("tagGroups")}</Link>} />
      {problem && <Notice tone="danger" className="mb-6">{problem.message}</Notice>}
      <div className="max-w-xl space-y-10">
        <Form method="post" className="space-y-4"><input type="hidden" name="intent" value="edit" /><TagGroupFields group={group} problem={problem} /><Button look="primary">{t("save")}</Button></Form>
        <div className="border-t border-line pt-8"><ConfirmButton label={t("tagGroup.delete")} icon="trash-2" question={t("tagGroup.deleteQuestion")} confirm={t("tagGroup.delete")} fields={{ intent: "delete" }} /></div>
      </div>
    </Page>
  );
}
