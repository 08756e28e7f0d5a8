import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AdminPage } from "#app/community/components/admin-page.tsx";
import { listDivisions } from "#app/community/divisions.ts";
import { requireAdmin } from "#app/community/require-admin.ts";
import { defineAction, defineLoader, noParams, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { FirstSteps } from "#app/ui/shell/first-steps.tsx";
import { db } from "#db/client.ts";
import { BlogForm } from "../../components/blog-form.tsx";
import { newBlogInput } from "../../inputs.ts";
import { createBlog } from "../../manage-blogs.ts";
import en from "../../messages/en.json";
import { adminBlogPath } from "../../paths.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  const admin = requireAdmin(viewer);
  return { title: translate(viewer.locale, "blogs.newBlog"), divisions: (await listDivisions(db, admin)).map(({ id, name }) => ({ id, name })) };
});

export const action = defineAction({ params: noParams, input: newBlogInput }, async ({ viewer, input }) => redirect(`${adminBlogPath((await createBlog(requireAdmin(viewer), input)).id)}?saved`));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function NewBlog() {
  const { title, divisions } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("blogs", en);
  return (
    <AdminPage title={title} lead={t("newBlogLead")} tab="/admin/blogs" up={{ to: "/admin/blogs", label: t("blogs") }} problem={problem && Object.keys(problem.fields).length === 0 ? problem.message : null}>
      {divisions.length === 0 ? <FirstSteps /> : <BlogForm divisions={divisions} problem={problem} submit={t("createBlog")} />}
    </AdminPage>
  );
}
