import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, fieldsOf, type Problem } from "#app/core/http.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { branchIds, readCategory, readTree } from "../../category-tree.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { CategoryTabs } from "../../components/category-tabs.tsx";
import { MoveChanges } from "../../components/move-changes.tsx";
import { listDivisions, readDivision } from "../../divisions.ts";
import { categoryIdParams, moveInput, moveTarget } from "../../inputs.ts";
import en from "../../messages/en.json";
import { moveCategory, previewMove } from "../../move-category.ts";
import { adminDivisionPath, adminCategoryPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: categoryIdParams }, async ({ viewer, params, request }) => {
  const admin = requireAdmin(viewer);
  const category = await readCategory(db, params.categoryId);
  const divisions = await listDivisions(db, admin);
  const branch = new Set(await branchIds(db, category.id));
  const places = await Promise.all(divisions.map(async ({ id, name }) => ({ id, name, tree: (await readTree(db, id)).filter((each) => !branch.has(each.id)).map(({ id, name, depth }) => ({ id, name, depth })) })));
  const base = { title: category.name, category, division: await readDivision(db, category.divisionId), places };

  // The first step asks with a plain GET where to; the answer shows what would change.
  const wanted = new URL(request.url).searchParams.get("to");
  if (!wanted) return { ...base, to: null, preview: null, problem: null };
  const to = moveTarget.safeParse(wanted);
  if (!to.success) return { ...base, to: wanted.slice(0, 20), preview: null, problem: fieldsOf(to.error, viewer.locale).form!.join(" ") };
  try {
    return { ...base, to: wanted, preview: await previewMove(admin, category.id, to.data), problem: null };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { ...base, to: wanted, preview: null, problem: translate(viewer.locale, error.key, error.values) };
  }
});

export const action = defineAction({ params: categoryIdParams, input: moveInput }, async ({ viewer, params, input }) => {
  const { divisionId } = await moveCategory(requireAdmin(viewer), params.categoryId, input.to, input.seen);
  return redirect(`${adminDivisionPath(divisionId)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function MoveCategory() {
  const t = useT("community", en);
  const { category, division, places, to, preview, problem } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() as Problem | undefined;
  const message = refused && (Object.values(refused.fields).flat().join(" ") || refused.message);
  return (
    <AdminPage title={category.name} tab="/admin/divisions" up={{ to: adminDivisionPath(division.id), label: division.name }} problem={message}>
      <CategoryTabs category={category} />
      <Section title={t("moveWhere")} lead={t("moveLead")}>
        <Form method="get" className="flex flex-wrap items-end gap-3" action={adminCategoryPath(category.id, "move")}>
          <div className="min-w-56 flex-1">
            <Select name="to" label={t("newPlace")} defaultValue={to ?? ""} errors={problem ? [problem] : undefined} required>
              <option value="" disabled>{t("choosePlace")}</option>
              {places.map((place) => (
                <optgroup key={place.id} label={place.name}>
                  <option value={`d${place.id}`}>{t("topOf", { division: place.name })}</option>
                  {place.tree.map(({ id, name, depth }) => <option key={id} value={`c${id}`}>{"  ".repeat(depth + 1) + name}</option>)}
                </optgroup>
              ))}
            </Select>
          </div>
          <Button>{t("showChanges")}</Button>
        </Form>
      </Section>
      {preview && to && (
        <Section title={t("moveChanges")}>
          <MoveChanges preview={preview} />
          <Form method="post" action={adminCategoryPath(category.id, "move")} className="mt-5">
            <input type="hidden" name="to" value={to} />
            <input type="hidden" name="seen" value={preview.seen} />
            <Button look="primary">{t("moveNow", { name: category.name })}</Button>
          </Form>
        </Section>
      )}
    </AdminPage>
  );
}
