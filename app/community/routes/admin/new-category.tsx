import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { createCategory } from "../../categories.ts";
import { readTree } from "../../category-tree.ts";
import { AdminPage } from "../../components/admin-page.tsx";
import { CategoryForm } from "../../components/category-form.tsx";
import { readDivision } from "../../divisions.ts";
import { divisionIdParams, newCategoryInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { adminCategoryPath, adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: divisionIdParams }, async ({ viewer, params, request }) => {
  requireAdmin(viewer);
  const division = await readDivision(db, params.divisionId);
  const tree = await readTree(db, division.id);
  const parent = new URL(request.url).searchParams.get("parent");
  return {
    title: translate(viewer.locale, "community.newCategory"), division,
    parents: tree.map(({ id, name, depth }) => ({ id, name, depth })), parentId: tree.find(({ id }) => String(id) === parent)?.id ?? null,
  };
});

export const action = defineAction({ params: divisionIdParams, input: newCategoryInput }, async ({ viewer, params, input }) => {
  const { id } = await createCategory(requireAdmin(viewer), params.divisionId, input);
  return redirect(`${adminCategoryPath(id, "rights")}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function NewCategory() {
  const t = useT("community", en);
  const { division, parents, parentId } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <AdminPage title={t("newCategory")} lead={t("newCategoryLead")} tab="/admin/divisions" up={{ to: adminDivisionPath(division.id), label: division.name }}>
      <CategoryForm parents={parents} parentId={parentId} problem={problem} submit={t("createCategory")} />
    </AdminPage>
  );
}
