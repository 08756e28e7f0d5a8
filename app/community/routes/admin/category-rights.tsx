import { data, redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { db } from "#db/client.ts";
import { branchIds, readCategory } from "../../category-tree.ts";
import { AdminPage } from "../../components/admin-page.tsx";
import { CategoryTabs } from "../../components/category-tabs.tsx";
import { RightsMatrix } from "../../components/rights-matrix.tsx";
import { readDivision } from "../../divisions.ts";
import { listGroups } from "../../groups.ts";
import { categoryIdParams, rightsInput } from "../../inputs.ts";
import en from "../../messages/en.json";
import { adminCategoryPath, adminDivisionPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";
import { accessOf, countOpenedQuotes, previewAudience, setRights } from "../../rights.ts";

export const loader = defineLoader({ params: categoryIdParams }, async ({ viewer, params }) => {
  requireAdmin(viewer);
  const category = await readCategory(db, params.categoryId);
  const [division, groups, access, branch] = await Promise.all([readDivision(db, category.divisionId), listGroups(db), accessOf(db, category.id), branchIds(db, category.id)]);
  const parent = category.parentId === null ? null : await readCategory(db, category.parentId);
  return {
    title: category.name, category, division, groups, parent: parent && { id: parent.id, name: parent.name }, belowCount: branch.length - 1,
    given: Object.fromEntries(access), audience: await previewAudience(db, category.divisionId, access),
  };
});

export const action = defineAction({ params: categoryIdParams, input: rightsInput }, async ({ viewer, params: { categoryId }, input }) => {
  const admin = requireAdmin(viewer);
  const opens = await countOpenedQuotes(admin, categoryId, input);
  if (input.intent === "save" && opens <= input.opens) {
    await setRights(admin, categoryId, input);
    return redirect(`${adminCategoryPath(categoryId, "rights")}?saved`);
  }
  const category = await readCategory(db, categoryId);
  const levels = input.inherits && category.parentId !== null ? await accessOf(db, category.parentId) : input.levels;
  const answer = { ok: true as const, opens, inherits: input.inherits, levels: Object.fromEntries(input.levels), audience: await previewAudience(db, category.divisionId, levels) };
  // Whoever would open private quotes without having been told so is told, with all that they chose, before it is done.
  return data(answer, { status: input.intent === "save" ? 422 : 200 });
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function CategoryRights() {
  const t = useT("community", en);
  const { category, division, groups, parent, belowCount, given, audience } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const preview = answer?.ok ? answer : null;
  const problem = answer && !answer.ok ? answer : null;
  const fieldProblem = problem && Object.values(problem.fields).flat().join(" ");
  const shown = preview?.audience ?? audience;
  return (
    <AdminPage title={category.name} tab="/admin/divisions" up={{ to: adminDivisionPath(division.id), label: division.name }} problem={fieldProblem || problem?.message}>
      <CategoryTabs category={category} />
      <Form method="post" className="space-y-6" key={category.id}>
        {parent && <Checkbox name="inherits" label={t("inheritsFrom", { parent: parent.name })} hint={t("inheritsHint")} defaultChecked={preview?.inherits ?? category.inheritsRights} />}
        {preview !== null && preview.opens > 0 && <input type="hidden" name="opens" value={preview.opens} />}
        <RightsMatrix groups={groups} given={preview?.levels ?? given} />
        <Notice tone={preview ? "warning" : "info"} title={preview ? t("audienceAfter") : t("audienceNow")}>
          <ul className="tabular">
            <li>{shown.guests ? t("guestsSee") : t("guestsDoNotSee")}</li>
            <li>{t("audience", { see: shown.see, reply: shown.reply, create: shown.create })}</li>
            {preview !== null && preview.opens > 0 && <li className="font-medium">{t("quotesOpened", { count: preview.opens })}</li>}
            {belowCount > 0 && <li>{t("alsoBelow", { count: belowCount })}</li>}
          </ul>
        </Notice>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" name="intent" value="save">{t("saveRights")}</Button>
          <Button name="intent" value="preview">{t("previewAudience")}</Button>
        </div>
        <p className="text-sm text-ink-soft">{t("rightsCountAtOnce")}</p>
      </Form>
    </AdminPage>
  );
}
