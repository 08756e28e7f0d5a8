import { redirect, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, noParams, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { DivisionForm } from "../../components/division-form.tsx";
import { OrderButtons } from "../../components/tree-editor.tsx";
import { createDivision, listDivisions } from "../../divisions.ts";
import { divisionInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const divisions = await listDivisions(db, requireAdmin(viewer));
  return { title: translate(viewer.locale, "community.adminDivisions"), divisions };
});

export const action = defineAction({ params: noParams, input: divisionInput }, async ({ viewer, input }) => {
  const { id } = await createDivision(requireAdmin(viewer), input);
  return redirect(`${adminDivisionPath(id)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminDivisions() {
  const t = useT("community", en);
  const { divisions } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <AdminPage title={t("adminDivisions")} lead={t("adminDivisionsLead")} tab="/admin/divisions">
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {divisions.map(({ id, name, slug, tagline, accent, categoryCount, memberCount }) => (
          <li key={id} className="flex min-h-14 items-center gap-3 py-2">
            <span className="size-3 shrink-0 rounded-full" style={{ backgroundColor: accent }} />
            <Link to={adminDivisionPath(id)} className="min-w-0 flex-1">
              <span className="font-medium hover:underline">{name}</span>
              <span className="block truncate text-sm text-ink-soft">/d/{slug}{tagline && ` · ${tagline}`}</span>
            </Link>
            <span className="hidden text-right text-xs text-ink-soft tabular sm:block">{t("categoryCount", { count: categoryCount })}<br />{t("joinedCount", { count: memberCount })}</span>
            <div className="flex"><OrderButtons action={`${adminDivisionPath(id)}/order`} name={name} /></div>
          </li>
        ))}
      </ul>
      <div className="mt-10" id="new">
        <Section title={t("newDivision")}><DivisionForm problem={problem} submit={t("createDivision")} /></Section>
      </div>
    </AdminPage>
  );
}
