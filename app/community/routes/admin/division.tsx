import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { readTree } from "../../category-tree.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { DivisionForm } from "../../components/division-form.tsx";
import { DeleteForm, TreeEditor } from "../../components/tree-editor.tsx";
import { editDivision, readDivision } from "../../divisions.ts";
import { divisionIdParams, divisionInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { adminDivisionPath, divisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: divisionIdParams }, async ({ viewer, params }) => {
  requireAdmin(viewer);
  const division = await readDivision(db, params.divisionId);
  return { title: division.name, division, tree: await readTree(db, division.id) };
});

export const action = defineAction({ params: divisionIdParams, input: divisionInput }, async ({ viewer, params, input }) => {
  await editDivision(requireAdmin(viewer), params.divisionId, input);
  return redirect(`${adminDivisionPath(params.divisionId)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminDivision() {
  const t = useT("community", en);
  const { division, tree } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const newCategory = <ButtonLink to={`${adminDivisionPath(division.id)}/categories/new`} size="small"><Icon name="plus" size={16} />{t("newCategory")}</ButtonLink>;
  return (
    <AdminPage title={division.name} tab="/admin/divisions" up={{ to: "/admin/divisions", label: t("adminDivisions") }} actions={<ButtonLink to={divisionPath(division)} size="small">{t("visit")}</ButtonLink>}>
      <Section title={t("categories")} lead={t("categoriesLead")} actions={tree.length > 0 && newCategory}>
        {tree.length > 0 ? <TreeEditor divisionId={division.id} tree={tree} /> : <EmptyState icon="folder" title={t("noCategories")} action={newCategory}>{t("noCategoriesHint")}</EmptyState>}
      </Section>
      <Section title={t("divisionSettings")}><DivisionForm key={division.id} division={division} problem={problem} submit={t("save")} /></Section>
      {tree.length === 0 && <Section title={t("deleteDivision")} lead={t("deleteDivisionLead")}><DeleteForm action={`${adminDivisionPath(division.id)}/delete`} name={division.name} question={t("deleteDivisionQuestion", { name: division.name })} /></Section>}
    </AdminPage>
  );
}
