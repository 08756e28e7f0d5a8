import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { isAdmin, requireMember } from "#app/core/viewer.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Menu, MenuForm } from "#app/ui/menu.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { Section } from "../components/admin-page.tsx";
import { DeleteForm } from "../components/tree-editor.tsx";
import { accessGroup, addToGroupByName, deleteGroup, editGroup, listGroupMembers, removeFromGroup, setGroupOwner } from "../groups.ts";
import { groupIdParams, groupPageInput } from "../inputs.ts";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";
import { canManageGroup } from "../policy.ts";

export const loader = defineLoader({ params: groupIdParams }, async ({ viewer, params }) => {
  const group = await accessGroup(db, requireMember(viewer), params.groupId);
  return { title: group.name, group, members: await listGroupMembers(db, group.id), mayManage: canManageGroup(viewer, group).allowed, mayAdminister: isAdmin(viewer) };
});

export const action = defineAction({ params: groupIdParams, input: groupPageInput }, async ({ viewer, params: { groupId }, input }) => {
  const actor = requireMember(viewer);
  if (input.intent === "edit") await editGroup(actor, groupId, { name: input.name, description: input.description });
  if (input.intent === "add") await addToGroupByName(actor, groupId, input.username);
  if (input.intent === "remove") await removeFromGroup(actor, { groupId, memberId: input.memberId });
  if (input.intent === "make-owner" || input.intent === "unmake-owner") await setGroupOwner(actor, { groupId, memberId: input.memberId, isOwner: input.intent === "make-owner" });
  if (input.intent === "delete") {
    await deleteGroup(actor, groupId);
    return redirect("/admin/groups?saved");
  }
  return redirect(`${groupPath({ id: groupId })}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function GroupPage() {
  const t = useT("community", en);
  const { group, members, mayManage, mayAdminister } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const of = (intent: string) => (problem?.values.intent === intent ? problem : undefined);
  return (
    <Page>
      <PageHeader title={group.name} lead={group.description} place={mayAdminister && <Link to="/admin/groups" className="hover:underline">← {t("adminGroups")}</Link>} />
      {problem && Object.keys(problem.fields).length === 0 && <Notice tone="danger" className="mb-6">{problem.message}</Notice>}
      {!problem && params.has("saved") && <Notice tone="success" className="mb-6">{t("saved")}</Notice>}
      <Section title={t("memberCount", { count: members.length })}>
        {mayManage && (
          <Form method="post" className="mb-5 flex flex-wrap items-end gap-3">
            <input type="hidden" name="intent" value="add" />
            <div className="min-w-48 flex-1 sm:max-w-72"><Field name="username" label={t("addByUsername")} required maxLength={60} autoCapitalize="none" spellCheck={false} defaultValue={of("add")?.values.username} errors={of("add")?.fields.username} /></div>
            <Button>{t("add")}</Button>
          </Form>
        )}
        {members.length === 0 ? <p className="text-sm text-ink-soft">{t("groupIsEmpty")}</p> : (
          <ul className="divide-y divide-line border-y border-line">
            {members.map(({ id, username, name, avatarFileId, isOwner }) => (
              <li key={id} className="flex min-h-14 items-center gap-3 py-2">
                <Avatar name={name} fileId={avatarFileId} size={32} />
                <Link to={`/u/${username}`} className="min-w-0 flex-1"><span className="font-medium">{name}</span> <span className="text-sm text-ink-soft">@{username}</span></Link>
                {isOwner && <span className="rounded bg-accent-soft px-1.5 text-xs font-semibold text-accent-strong">{t("groupOwner")}</span>}
                {mayManage && (
                  <Menu label={t("more", { name })} icon="ellipsis" hideLabel>
                    {mayAdminister && <MenuForm action={groupPath(group)} icon="star" fields={{ intent: isOwner ? "unmake-owner" : "make-owner", memberId: id }}>{t(isOwner ? "unmakeOwner" : "makeOwner")}</MenuForm>}
                    <MenuForm action={groupPath(group)} icon="x" tone="danger" fields={{ intent: "remove", memberId: id }}>{t("removeFromGroup")}</MenuForm>
                  </Menu>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {mayAdminister && group.kind === "custom" && (
        <>
          <Section title={t("edit")}>
            <Form method="post" className="space-y-5">
              <input type="hidden" name="intent" value="edit" />
              <Field name="name" label={t("name")} required maxLength={60} defaultValue={of("edit")?.values.name ?? group.name} errors={of("edit")?.fields.name} />
              <Field name="description" label={t("description")} hint={t("groupDescriptionHint")} maxLength={500} defaultValue={of("edit")?.values.description ?? group.description} errors={of("edit")?.fields.description} />
              <Button>{t("save")}</Button>
            </Form>
          </Section>
          <Section title={t("deleteGroup")} lead={t("deleteGroupLead")}><DeleteForm name={group.name} question={t("deleteGroupQuestion", { name: group.name })} /></Section>
        </>
      )}
    </Page>
  );
}
