import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { GroupFields } from "../../components/group-fields.tsx";
import { createGroup, listGroups } from "../../groups.ts";
import { groupInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { groupPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireAdmin(viewer);
  return { title: translate(viewer.locale, "community.adminGroups"), groups: await listGroups(db) };
});

export const action = defineAction({ params: noParams, input: groupInput }, async ({ viewer, input }) =>
  redirect(`${groupPath(await createGroup(requireAdmin(viewer), input))}?saved`),
);

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminGroups() {
  const t = useT("community", en);
  const { groups } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <AdminPage title={t("adminGroups")} lead={t("adminGroupsLead")} tab="/admin/groups">
      <ul className="divide-y divide-line border-y border-line">
        {groups.map((group) => (
          <li key={group.id} className="flex min-h-13 items-center justify-between gap-4 py-2">
            <div className="min-w-0">
              {group.kind === "custom" ? <Link to={groupPath(group)} className="font-medium hover:underline">{group.name}</Link> : <span className="font-medium">{group.name}</span>}
              <p className="text-sm text-ink-soft">{group.kind === "custom" ? group.description : t(`${group.kind}Hint`)}</p>
            </div>
            {group.kind === "custom" && (
              <span className="shrink-0 text-right text-xs text-ink-soft tabular">
                {t("memberCount", { count: group.memberCount })} · {t(`joins_${group.joining}`)}
                {group.waitingCount > 0 && <Link to={groupPath(group, "requests")} className="block font-medium text-accent-strong hover:underline">{t("waitingCount", { count: group.waitingCount })}</Link>}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-10">
        <Section title={t("newGroup")}>
          <Form method="post" className="space-y-5">
            <GroupFields problem={problem} />
            <Button look="primary">{t("createGroup")}</Button>
          </Form>
        </Section>
      </div>
    </AdminPage>
  );
}
