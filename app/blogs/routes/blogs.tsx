import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineLoader, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { isAdmin } from "#app/core/viewer.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader, RailSection } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { listArticles } from "../article-lists.ts";
import { listBlogs } from "../blogs.ts";
import { ArticleList } from "../components/article-list.tsx";
import en from "../messages/en.json";
import { blogPath } from "../paths.ts";
import { canWriteIn } from "../policy.ts";

const asked = z.object({ after: idParam.optional().catch(undefined) });

/** Every blog the viewer sees, with the newest articles of all of them. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const { after } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [blogs, list] = await Promise.all([listBlogs(db, viewer), listArticles(db, viewer, {}, { after })]);
  return {
    title: translate(viewer.locale, "blogs.blogs"),
    found: { feeds: [{ path: "/blogs", title: translate(viewer.locale, "outside.newArticles") }] } satisfies Found,
    blogs: blogs.map(({ id, slug, name, description, division }) => ({ id, slug, name, description, division })),
    items: list.items,
    next: list.next === null ? null : `/blogs?after=${list.next}`,
    isFirst: after === undefined,
    writes: blogs.some((blog) => canWriteIn(viewer, blog).allowed),
    mayAdd: isAdmin(viewer),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function BlogsPage() {
  const { title, blogs, items, next, isFirst, writes, mayAdd } = useLoaderData<typeof loader>();
  const t = useT("blogs", en);
  return (
    <Page
      aside={blogs.length > 0 && (
        <RailSection title={t("allBlogs")}>
          <ul className="space-y-3">
            {blogs.map(({ id, slug, name, description, division }) => (
              <li key={id} className="border-l-2 pl-3" style={{ borderColor: division.accent }}>
                <Link to={blogPath(slug)} className="font-semibold hover:underline">{name}</Link>
                <p className="text-xs text-ink-soft">{description || division.name}</p>
              </li>
            ))}
          </ul>
        </RailSection>
      )}
    >
      <PageHeader title={title} lead={t("blogsLead")} actions={<>{writes && <ButtonLink to="/my-articles" size="small">{t("myArticles")}</ButtonLink>}{mayAdd && <ButtonLink to="/admin/blogs" size="small">{t("manageBlogs")}</ButtonLink>}</>} />
      {items.length === 0 ? <EmptyState icon="newspaper" title={t("noArticles")}>{t("noArticlesReader")}</EmptyState> : <ArticleList items={items} next={next} hasLead={isFirst} showBlog t={t} />}
    </Page>
  );
}
