import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { readCategory } from "#app/community/category-tree.ts";
import { AdminPage, Section } from "#app/community/components/admin-page.tsx";
import { CategoryTabs } from "#app/community/components/category-tabs.tsx";
import { readDivision } from "#app/community/divisions.ts";
import { adminCategoryPath, adminDivisionPath } from "#app/community/paths.ts";
import { requireAdmin } from "#app/community/require-admin.ts";
import { defineAction, defineLoader } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox, Field, Select, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { kindLooks } from "../components/post-words.ts";
import { postingInput } from "../inputs.ts";
import en from "../components/words.ts";
import { readPostingForm, setPostingForm } from "../posting-form.ts";
import { listTagGroups } from "../tag-groups.ts";
import { readTagRulesSource } from "../tag-rules.ts";

const params = z.object({ categoryId: idParam });

export const loader = defineLoader({ params }, async ({ viewer, params: { categoryId } }) => {
  requireAdmin(viewer);
  const category = await readCategory(db, categoryId);
  const [division, form, groups, source, parent] = await Promise.all([
    readDivision(db, category.divisionId), readPostingForm(db, category.id), listTagGroups(db), readTagRulesSource(db, category.id),
    category.parentId === null ? null : readCategory(db, category.parentId),
  ]);
  return { title: category.name, category: { id: category.id, slug: category.slug, holds: category.holds, name: category.name, allowedKinds: category.allowedKinds }, division: { id: division.id, name: division.name }, form, parent: parent && { id: parent.id, name: parent.name }, source, groups: groups.map(({ id, name, tags }) => ({ id, name, tags })) };
});

export const action = defineAction({ params, input: postingInput }, async ({ viewer, params: { categoryId }, input }) => {
  const admin = requireAdmin(viewer);
  await setPostingForm(admin, await readCategory(db, categoryId), input);
  return redirect(`${adminCategoryPath(categoryId, "writing")}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function CategoryWriting() {
  const { title, category, division, form, groups, parent, source } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const t = useT("forums", en);
  const sent = problem?.values;
  const { minimum, groups: used } = form.tagRules;
  return (
    <AdminPage title={title} tab="/admin/divisions" up={{ to: adminDivisionPath(division.id), label: division.name }} problem={problem?.message}>
      <CategoryTabs category={category} />
      <Form method="post">
        <Section title={t("tagRules")} lead={t("tagRulesLead")} actions={<Link to="/tags/groups" className="text-sm text-accent-strong hover:underline">{t("tagGroups")}</Link>}>
          <div className="group/tags space-y-4">
            {parent && (
              <Checkbox
                name="inheritsTags"
                label={t("tagRules.inherits", { parent: parent.name })}
                hint={source && source.id !== category.id ? t.rich("tagRules.comeFrom", { source: source.name, a: (parts) => <Link to={adminCategoryPath(source.id, "writing")} className="text-accent-strong hover:underline">{parts}</Link> }) : t(source ? "tagRules.areOwn" : "tagRules.nowhere")}
                defaultChecked={sent ? sent.inheritsTags === "on" : source?.id !== category.id}
              />
            )}
            {/* While the box is ticked they show what counts, and are not to be filled in. */}
            <div className="space-y-4 group-has-[[name=inheritsTags]:checked]/tags:pointer-events-none group-has-[[name=inheritsTags]:checked]/tags:opacity-55">
              <div className="w-40"><Field name="minimum" type="number" min={0} max={5} label={t("tagRules.minimum")} defaultValue={sent?.minimum ?? String(minimum)} errors={problem?.fields.minimum} /></div>
              {groups.length === 0 && <p className="text-sm text-ink-soft">{t("tagRules.noGroups")}</p>}
              {groups.map(({ id, name, tags }) => (
                <Select key={id} name={`use-${id}`} label={name} hint={tags.slice(0, 8).map((tag) => `#${tag.name}`).join(" ")} defaultValue={sent?.[`use-${id}`] ?? used.find((each) => each.id === id)?.use ?? ""} errors={problem?.fields[`use-${id}`]} className="sm:w-80!">
                  <option value="">{t("tagRules.none")}</option>
                  <option value="allowed">{t("tagRules.allowed")}</option>
                  <option value="required">{t("tagRules.required")}</option>
                </Select>
              ))}
            </div>
          </div>
        </Section>
        <Section title={t("templates")} lead={t("templatesLead")}>
          <div className="space-y-8">
            {category.allowedKinds.map((kind) => {
              const template = form.templates.find((each) => each.kind === kind);
              return (
                <fieldset key={kind} className="space-y-4">
                  <legend className="mb-3 font-semibold">{t(kindLooks[kind].label)}</legend>
                  <Field name={`hint-${kind}`} label={t("template.hint")} hint={t("template.hintHint")} maxLength={300} defaultValue={sent?.[`hint-${kind}`] ?? template?.hint} errors={problem?.fields[`hint-${kind}`]} />
                  <TextArea name={`body-${kind}`} label={t("template.body")} hint={t("template.bodyHint")} rows={6} maxLength={5000} defaultValue={sent?.[`body-${kind}`] ?? template?.body} errors={problem?.fields[`body-${kind}`]} className="font-mono text-sm!" />
                </fieldset>
              );
            })}
          </div>
        </Section>
        <Button look="primary" className="mt-8">{t("save")}</Button>
      </Form>
    </AdminPage>
  );
}
