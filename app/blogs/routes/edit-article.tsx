import { randomUUID } from "node:crypto";
import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { readDraftForForm } from "#app/core/drafts.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { requireMember } from "#app/core/viewer.ts";
import { TagsField } from "#app/forums/components/tags-field.tsx";
import { freshAfterConflict } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { listArticleTags, readSeriesTitle } from "../article-page.ts";
import { articleAt } from "../blog-for.ts";
import { ArticleForm } from "../components/article-form.tsx";
import { CoverUpload } from "../components/cover-upload.tsx";
import { readCoverKey } from "../covers.ts";
import { articleParams, editArticleInput, nextField } from "../inputs.ts";
import en from "../messages/en.json";
import { articlePath } from "../paths.ts";
import { canEditArticle } from "../policy.ts";
import { saveArticle } from "../save-article.ts";
import { listSeriesTitles } from "../series.ts";

const asked = z.object({ draft: idParam.optional().catch(undefined), /** Begin with what is saved, whatever drafts there are. */ fresh: z.string().optional() });

export const loader = defineLoader({ params: articleParams }, async ({ viewer, params, request }) => {
  const article = await articleAt(viewer, params, request);
  const member = requireMember(viewer);
  enforce(canEditArticle(viewer, article.blog, article));
  if (article.removedAt) throw new NotFoundError("article");
  const search = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const kept = await readDraftForForm(member, `article-edit:${article.id}`, { chosenId: search.draft, fresh: search.fresh !== undefined });
  const [tags, series, titles, cover] = await Promise.all([listArticleTags(db, article.id), readSeriesTitle(db, article.seriesId), listSeriesTitles(db, article.blogId), readCoverKey(db, article)]);
  return {
    place: { divisionId: article.blog.divisionId, categoryId: article.categoryId },
    title: translate(viewer.locale, "blogs.editArticle"),
    articleTitle: article.title,
    articleId: article.id,
    path: article.path,
    html: article.bodyHtml,
    isPublished: article.state === "published",
    fields: {
      title: article.title, body: documentToMarkdown(article.body), excerpt: article.isOwnExcerpt ? article.excerpt : "", tags: tags.map(({ slug }) => slug).join(", "), series,
      part: article.seriesPart === null ? "" : String(article.seriesPart), canonicalUrl: article.canonicalUrl, cover, coverAlt: article.coverAlt,
      takesComments: article.commentsClosedAt ? "" : "on", revision: String(article.revision),
    },
    ...kept,
    series: titles.map(({ title }) => title),
    key: randomUUID(),
  };
});

export const action = defineAction({ params: articleParams, input: editArticleInput.safeExtend({ next: nextField }) }, async ({ viewer, params, input: { next, ...input } }) => {
  const actor = requireMember(viewer);
  await limitRate("article", actor.id, { points: 60, perSeconds: 600 });
  const path = articlePath(await saveArticle(actor, params.article.id, input));
  return redirect(next === "publish" ? `${path}/publish` : path);
});

export const shouldRevalidate = freshAfterConflict;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function EditArticlePage() {
  const { title, articleTitle, articleId, path, html, isPublished, fields, draft, others, series, key } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("blogs", en);
  const isConflict = problem?.status === 409;
  return (
    <Page>
      <PageHeader title={title} lead={articleTitle} />
      {isConflict && (
        <div className="mb-6 space-y-4">
          <Notice tone="warning" title={t("conflictTitle")}><p>{problem.message}</p><p>{t("conflictLead")}</p></Notice>
          <section aria-label={t("theirText")} className="max-h-[28rem] overflow-y-auto rounded-md border border-line p-4">
            <h2 className="mb-2 text-sm font-semibold text-ink-soft">{t("theirText")}</h2>
            <h3 className="mb-2 text-xl font-semibold">{fields.title}</h3>
            <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
          </section>
          <h2 className="text-sm font-semibold text-ink-soft">{t("yourText")}</h2>
        </div>
      )}
      <ArticleForm key={articleId} path={`${path}/edit`} fields={fields} draftKey={`article-edit:${articleId}`} draft={draft} others={others} formKey={key} series={series} back={path} isPublished={isPublished} problem={problem} tagsField={(props) => <TagsField {...props} />} t={t} />
      <CoverUpload path={path} alt={fields.coverAlt} t={t} />
    </Page>
  );
}
