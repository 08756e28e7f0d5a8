import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { AdminPage } from "#app/community/components/admin-page.tsx";
import { requireAdmin } from "#app/community/require-admin.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { listAllBlogs } from "../../blogs.ts";
import en from "../../messages/en.json";
import { adminBlogPath } from "../../paths.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireAdmin(viewer);
  return { title: translate(viewer.locale, "blogs.blogs"), blogs: await listAllBlogs(db) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function AdminBlogs() {
  const { title, blogs } = useLoaderData<typeof loader>();
  const t = useT("blogs", en);
  return (
    <AdminPage title={title} lead={t("adminLead")} tab="/admin/blogs" actions={<ButtonLink to="/admin/blogs/new" look="primary" size="small">{t("newBlog")}</ButtonLink>}>
      {blogs.length === 0 && <EmptyState icon="newspaper" title={t("noBlogs")} action={<ButtonLink to="/admin/blogs/new" look="primary">{t("newBlog")}</ButtonLink>}>{t("noBlogsHint")}</EmptyState>}
      <ul>
        {blogs.map((blog) => (
          <li key={blog.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line py-3 first:border-0">
            <span className="min-w-0 flex-1 basis-56"><Link to={adminBlogPath(blog.id)} className="font-semibold hover:underline">{blog.name}</Link><span className="block text-sm text-ink-soft">{blog.division} · {t(`voice_${blog.voice}`)} · /b/{blog.slug}</span></span>
            <span className="text-sm text-ink-soft tabular">{t("articleCount", { count: blog.articles })}</span>
          </li>
        ))}
      </ul>
    </AdminPage>
  );
}
