import { randomUUID } from "node:crypto";
import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { readDraftForForm } from "#app/core/drafts.ts";
import { defineAction, defineLoader, refusalOf, type Problem } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { requireMember } from "#app/core/viewer.ts";
import { TagsField } from "#app/forums/components/tags-field.tsx";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { blogAt } from "../blog-for.ts";
import { ArticleForm, type ArticleFields } from "../components/article-form.tsx";
import { articleInput, blogParams, nextField } from "../inputs.ts";
import en from "../messages/en.json";
import { articlePath, blogPath } from "../paths.ts";
import { canWriteIn } from "../policy.ts";
import { createArticle } from "../save-article.ts";
import { listSeriesTitles } from "../series.ts";

const asked = z.object({ draft: idParam.optional().catch(undefined), fresh: z.string().optional() });
const empty: ArticleFields = { title: "", body: "", excerpt: "", tags: "", series: "", part: "", canonicalUrl: "", cover: "", coverAlt: "", takesComments: "on", revision: "1" };

export const loader = defineLoader({ params: blogParams }, async ({ viewer, params, request }) => {
  const blog = await blogAt(viewer, params.blog, request);
  const member = requireMember(viewer);
  const search = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const kept = await readDraftForForm(member, `article-new:${blog.id}`, { chosenId: search.draft, fresh: search.fresh !== undefined });
  return {
    place: { divisionId: blog.divisionId, categoryId: blog.categoryId },
    title: translate(viewer.locale, "blogs.newArticle"),
    blog: { id: blog.id, slug: blog.slug, name: blog.name },
    refusal: refusalOf(viewer, canWriteIn(viewer, blog)),
    ...kept,
    series: (await listSeriesTitles(db, blog.id)).map(({ title }) => title),
    key: randomUUID(),
  };
});

export const action = defineAction({ params: blogParams, input: articleInput.safeExtend({ next: nextField }) }, async ({ viewer, params, input: { next, ...input } }) => {
  const author = requireMember(viewer);
  await limitRate("article", author.id, { points: 20, perSeconds: 600 });
  const path = articlePath(await createArticle(author, params.blog, input));
  return redirect(next === "publish" ? `${path}/publish` : path);
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function NewArticlePage() {
  const { title, blog, refusal, draft, others, series, key } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("blogs", en);
  const path = `${blogPath(blog.slug)}/new`;
  return (
    <Page>
      <PageHeader title={title} lead={t("newArticleLead", { blog: blog.name })} />
      {refusal
        ? <EmptyState icon="lock" title={t("cannotWrite")}>{refusal}</EmptyState>
        : <ArticleForm key={blog.id} path={path} fields={empty} draftKey={`article-new:${blog.id}`} draft={draft} others={others} formKey={key} series={series} back={blogPath(blog.slug)} isPublished={false} problem={problem} tagsField={(props) => <TagsField {...props} />} t={t} />}
    </Page>
  );
}
