import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { enforce } from "#app/core/policy.ts";
import { db } from "#db/client.ts";
import { Section } from "../components/admin-page.tsx";
import { GroupFields } from "../components/group-fields.tsx";
import { GroupPage } from "../components/group-page.tsx";
import { DeleteForm } from "../components/tree-editor.tsx";
import { addRule, endRule, listRules } from "../group-rules.ts";
import { accessGroup, deleteGroup, editGroup } from "../groups.ts";
import { groupIdParams, groupSettingsInput } from "../inputs.ts";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";
import { canAdminister } from "../policy.ts";
import { shownGroup } from "../shown-group.ts";

export const loader = defineLoader({ params: groupIdParams }, async ({ viewer, params }) => {
  const member = requireMember(viewer);
  const group = await accessGroup(db, member, params.groupId);
  enforce(canAdminister(member));
  if (group.kind !== "custom") throw new NotFoundError("group");
  return { title: group.name, group: { ...(await shownGroup(db, viewer, group)), isListed: group.isListed }, rules: await listRules(db, group.id) };
});

export const action = defineAction({ params: groupIdParams, input: groupSettingsInput }, async ({ viewer, params: { groupId }, input: { intent, ...input } }) => {
  const actor = requireMember(viewer);
  // Whoever may not see it learns nothing of what there is to set.
  await accessGroup(db, actor, groupId);
  if (intent === "delete") {
    await deleteGroup(actor, groupId);
    return redirect("/admin/groups?saved");
  }
  if ("name" in input) await editGroup(actor, groupId, input);
  if ("domain" in input) await addRule(actor, groupId, input.domain);
  if ("ruleId" in input) await endRule(actor, groupId, input.ruleId);
  return redirect(`${groupPath({ id: groupId }, "settings")}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function GroupSettings() {
  const t = useT("community", en);
  const { group, rules } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const of = (intent: string) => (problem?.values.intent === intent ? problem : undefined);
  return (
    <GroupPage group={group} tab="settings" problem={problem}>
      <Section title={t("edit")}>
        <Form method="post" className="space-y-5">
          <input type="hidden" name="intent" value="edit" />
          <GroupFields group={group} problem={of("edit")} />
          <Button look="primary">{t("save")}</Button>
        </Form>
      </Section>
      <Section title={t("domains")} lead={t("domainsLead")}>
        {rules.length === 0 ? <p className="text-sm text-ink-soft">{t("noDomains")}</p> : (
          <ul className="divide-y divide-line border-y border-line">
            {rules.map(({ id, domain, memberCount, isEnding }) => (
              <li key={id} className="flex min-h-12 flex-wrap items-center justify-between gap-2 py-1.5">
                <span className="min-w-0 wrap-anywhere"><span className="font-medium">{domain}</span> <span className="text-sm text-ink-soft">{isEnding ? t("isEnding") : t("broughtCount", { count: memberCount })}</span></span>
                {!isEnding && <ConfirmButton label={t("endDomain")} look="quiet" confirm={t("endDomain")} fields={{ intent: "end-rule", ruleId: id }} question={t("endDomainQuestion", { domain })} />}
              </li>
            ))}
          </ul>
        )}
        <Form method="post" className="mt-5 flex flex-wrap items-end gap-3">
          <input type="hidden" name="intent" value="add-rule" />
          <div className="min-w-48 flex-1 sm:max-w-72"><Field name="domain" label={t("domain")} required maxLength={253} autoCapitalize="none" spellCheck={false} defaultValue={of("add-rule")?.values.domain} errors={of("add-rule")?.fields.domain} /></div>
          <Button>{t("addDomain")}</Button>
        </Form>
      </Section>
      <Section title={t("deleteGroup")} lead={t("deleteGroupLead")}><DeleteForm name={group.name} question={t("deleteGroupQuestion", { name: group.name })} /></Section>
    </GroupPage>
  );
}
