import { Form } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import type { RoleName } from "#db/schema/community.ts";
import type { SpeakerLabel } from "#db/schema/accounts.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";
import { adminMemberPath } from "../paths.ts";

const roleNames = ["owner", "admin", "moderator", "product_manager", "editor"] as const;
type RolesFormProps = {
  member: { id: number; name: string };
  roles: { role: RoleName; divisionId: number | null; division: string | null }[];
  divisions: { id: number; name: string }[];
  mayMakeAdmins: boolean;
  problem?: Problem;
};

/** The duties of a member, each with a way to end it, and a form for one more. */
export function RolesForm({ member, roles, divisions, mayMakeAdmins, problem }: RolesFormProps) {
  const t = useT("community", en);
  const mayGrant = (role: RoleName) => mayMakeAdmins || !["owner", "admin"].includes(role);
  return (
    <div className="space-y-5">
      {roles.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {roles.map(({ role, divisionId, division }) => (
            <li key={`${role}:${divisionId}`} className="flex min-h-12 flex-wrap items-center justify-between gap-2 py-1.5 text-sm">
              <span><span className="font-medium">{t(role)}</span> <span className="text-ink-soft">{division ?? t("wholeCommunity")}</span></span>
              {mayGrant(role) && (
                <ConfirmButton action={adminMemberPath(member.id)} label={t("endRole")} look="quiet" confirm={t("endRole")} fields={{ intent: "revoke", role, divisionId: divisionId ?? "" }} question={t("endRoleQuestion", { name: member.name, role: t(role) })} />
              )}
            </li>
          ))}
        </ul>
      )}
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="intent" value="grant" />
        <Select name="role" label={t("role")} defaultValue={problem?.values.role ?? "moderator"} errors={problem?.fields.role}>
          {roleNames.filter(mayGrant).map((role) => <option key={role} value={role}>{t(role)}</option>)}
        </Select>
        <Select name="divisionId" label={t("scope")} defaultValue={problem?.values.divisionId ?? ""} errors={problem?.fields.divisionId}>
          <option value="">{t("wholeCommunity")}</option>
          {divisions.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </Select>
        <Button>{t("giveRole")}</Button>
      </Form>
    </div>
  );
}

export function LabelForm({ member, problem }: { member: { label: SpeakerLabel | null; title: string }; problem?: Problem }) {
  const t = useT("community", en);
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="intent" value="label" />
      <Select name="label" label={t("speaksAs")} defaultValue={problem?.values.label ?? member.label ?? ""} errors={problem?.fields.label}>
        <option value="">{t("noLabel")}</option>
        {(["employee", "partner", "champion"] as const).map((label) => <option key={label} value={label}>{t(label)}</option>)}
      </Select>
      <div className="min-w-48 flex-1"><Field name="title" label={t("jobTitle")} maxLength={80} defaultValue={problem?.values.title ?? member.title} errors={problem?.fields.title} /></div>
      <Button>{t("save")}</Button>
    </Form>
  );
}

export function SuspensionForm({ member, refusal, problem }: { member: { suspendedUntil: Date | null; suspendedReason: string | null }; refusal: string | null; problem?: Problem }) {
  const t = useT("community", en);
  if (refusal) return <p className="text-sm text-ink-soft">{refusal}</p>;
  if (member.suspendedUntil && member.suspendedUntil > new Date()) {
    return (
      <Form method="post" className="space-y-4">
        <input type="hidden" name="intent" value="unsuspend" />
        <Notice tone="warning" title={t("isSuspended")}><Time at={member.suspendedUntil} /> · {member.suspendedReason}</Notice>
        <Button>{t("unsuspend")}</Button>
      </Form>
    );
  }
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="intent" value="suspend" />
      <div className="w-28"><Field name="days" type="number" min={1} max={3650} label={t("days")} required defaultValue={problem?.values.days ?? "7"} errors={problem?.fields.days} /></div>
      <div className="min-w-48 flex-1"><Field name="reason" label={t("reason")} required maxLength={300} defaultValue={problem?.values.reason} errors={problem?.fields.reason} /></div>
      <Button look="danger">{t("suspend")}</Button>
    </Form>
  );
}
