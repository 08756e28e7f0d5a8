import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { editCategory } from "../../categories.ts";
import { readCategory } from "../../category-tree.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { CategoryForm } from "../../components/category-form.tsx";
import { CategoryTabs } from "../../components/category-tabs.tsx";
import { DeleteForm } from "../../components/tree-editor.tsx";
import { readDivision } from "../../divisions.ts";
import { categoryIdParams, categoryInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { adminCategoryPath, adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: categoryIdParams }, async ({ viewer, params }) => {
  requireAdmin(viewer);
  const category = await readCategory(db, params.categoryId);
  return { title: category.name, category, division: await readDivision(db, category.divisionId) };
});

export const action = defineAction({ params: categoryIdParams, input: categoryInput }, async ({ viewer, params, input }) => {
  await editCategory(requireAdmin(viewer), params.categoryId, input);
  return redirect(`${adminCategoryPath(params.categoryId)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminCategory() {
  const t = useT("community", en);
  const { category, division } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <AdminPage title={category.name} tab="/admin/divisions" up={{ to: adminDivisionPath(division.id), label: division.name }}>
      <CategoryTabs category={category} />
      <CategoryForm key={category.id} category={category} problem={problem} submit={t("save")} />
      <div className="mt-10">
        <Section title={t("deleteCategory")} lead={t("deleteCategoryLead")}>
          <DeleteForm action={`${adminCategoryPath(category.id)}/delete`} name={category.name} question={t("deleteCategoryQuestion", { name: category.name })} />
        </Section>
      </div>
    </AdminPage>
  );
}
