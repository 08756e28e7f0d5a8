import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, refusalOf, type Problem } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { MemberFacts } from "../../components/member-facts.tsx";
import { LabelForm, RolesForm, SuspensionForm } from "../../components/member-forms.tsx";
import { listDivisions } from "../../divisions.ts";
import { memberIdParams, memberPageInput } from "../../inputs.ts";
import { readMemberForAdmins, setLabel, suspendMember, unsuspendMember } from "../../member-admin.ts";
import en from "../../messages/en.json";
import { adminMemberPath } from "../../paths.ts";
import { canGrantRole, canSuspend } from "../../policy.ts";
import { requireAdmin } from "../../require-admin.ts";
import { grantRole, listRoles, readTarget, revokeRole } from "../../roles.ts";

export const loader = defineLoader({ params: memberIdParams }, async ({ viewer, params }) => {
  const admin = requireAdmin(viewer);
  const member = await readMemberForAdmins(db, params.memberId);
  const divisions = await listDivisions(db, admin);
  return {
    title: member.name, member, roles: await listRoles(member.id), divisions: divisions.map(({ id, name }) => ({ id, name })),
    mayMakeAdmins: canGrantRole(admin, "admin").allowed, suspendRefusal: refusalOf(viewer, canSuspend(admin, await readTarget(member.id))),
  };
});

export const action = defineAction({ params: memberIdParams, input: memberPageInput }, async ({ viewer, params: { memberId }, input }) => {
  const admin = requireAdmin(viewer);
  if (input.intent === "grant") await grantRole(admin, memberId, input);
  if (input.intent === "revoke") await revokeRole(admin, memberId, input);
  if (input.intent === "label") await setLabel(admin, memberId, { label: input.label, title: input.title });
  if (input.intent === "suspend") await suspendMember(admin, memberId, input);
  if (input.intent === "unsuspend") await unsuspendMember(admin, memberId);
  return redirect(`${adminMemberPath(memberId)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminMember() {
  const t = useT("community", en);
  const { member, roles, divisions, mayMakeAdmins, suspendRefusal } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const of = (intent: string) => (problem?.values.intent === intent ? problem : undefined);
  return (
    <AdminPage
      title={member.name}
      lead={`@${member.username}`}
      tab="/admin/members"
      up={{ to: "/admin/members", label: t("adminMembers") }}
      actions={<ButtonLink to={`/u/${member.username}`} size="small">{t("profile")}</ButtonLink>}
      problem={problem && Object.keys(problem.fields).length === 0 ? problem.message : null}
    >
      <MemberFacts member={member} />
      <Section title={t("roles")} lead={t("rolesLead")}><RolesForm member={member} roles={roles} divisions={divisions} mayMakeAdmins={mayMakeAdmins} problem={of("grant")} /></Section>
      <Section title={t("label")} lead={t("labelLead")}><LabelForm member={member} problem={of("label")} /></Section>
      <Section title={t("suspension")} lead={t("suspensionLead")}><SuspensionForm member={member} refusal={suspendRefusal} problem={of("suspend")} /></Section>
    </AdminPage>
  );
}
