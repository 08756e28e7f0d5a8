import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { AdminPage, Section } from "#app/community/components/admin-page.tsx";
import { adminCategoryPath } from "#app/community/paths.ts";
import { requireAdmin } from "#app/community/require-admin.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { listAuthors, readBlog } from "../../blogs.ts";
import { BlogForm } from "../../components/blog-form.tsx";
import { blogIdParams, blogInput } from "../../inputs.ts";
import { editBlog } from "../../manage-blogs.ts";
import en from "../../messages/en.json";
import { adminBlogPath, blogPath } from "../../paths.ts";

export const loader = defineLoader({ params: blogIdParams }, async ({ viewer, params }) => {
  requireAdmin(viewer);
  const blog = await readBlog(db, params.blogId);
  return { title: blog.name, blog, authors: await listAuthors(db, blog.id) };
});

export const action = defineAction({ params: blogIdParams, input: blogInput }, async ({ viewer, params, input }) => {
  await editBlog(requireAdmin(viewer), params.blogId, input);
  return redirect(`${adminBlogPath(params.blogId)}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function AdminBlog() {
  const { blog, authors } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("blogs", en);
  const path = adminBlogPath(blog.id);
  return (
    <AdminPage
      title={blog.name} tab="/admin/blogs" up={{ to: "/admin/blogs", label: t("blogs") }}
      actions={<><ButtonLink to={blogPath(blog.slug)} size="small">{t("toBlog")}</ButtonLink><ButtonLink to={adminCategoryPath(blog.categoryId, "rights")} size="small"><Icon name="shield" size={16} />{t("rights")}</ButtonLink></>}
      problem={problem && Object.keys(problem.fields).length === 0 ? problem.message : null}
    >
      <BlogForm key={blog.id} blog={blog} problem={problem} submit={t("save")} />
      <div className="mt-10">
        <Section title={t("authors")} lead={t("authorsLead")}>
          <ul className="mb-4">
            {authors.map((author) => (
              <li key={author.id} className="flex min-h-12 items-center gap-3 border-t border-line first:border-0">
                <Avatar name={author.name} fileId={author.avatarFileId} size={32} />
                <Link to={`/u/${author.username.toLowerCase()}`} className="min-w-0 flex-1 font-medium hover:underline">{author.name} <span className="text-ink-soft">@{author.username}</span></Link>
                <Form method="post" action={`${path}/authors`}><input type="hidden" name="memberId" value={author.id} /><Button size="small" look="quiet" name="intent" value="drop" aria-label={t("dropAuthor", { name: author.name })}><Icon name="x" size={16} /></Button></Form>
              </li>
            ))}
          </ul>
          <Form method="post" action={`${path}/authors`} className="flex max-w-md items-end gap-2">
            <div className="flex-1"><Field name="username" label={t("addAuthor")} required maxLength={60} autoCapitalize="none" /></div>
            <Button name="intent" value="add">{t("add")}</Button>
          </Form>
        </Section>
      </div>
    </AdminPage>
  );
}
