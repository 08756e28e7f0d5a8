import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { config } from "#app/core/config.ts";
import { defineAction, defineLoader, refusalOf } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { isModeratorOf, requireMember } from "#app/core/viewer.ts";
import { localIn } from "#app/core/zoned-time.ts";
import { freshAfterConflict } from "#app/ui/after-conflict.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { accessArticle } from "../articles.ts";
import { articleAt } from "../blog-for.ts";
import { momentWords } from "../components/day.tsx";
import { StateSection } from "../components/state-section.tsx";
import { articleParams, articleStateInput } from "../inputs.ts";
import en from "../messages/en.json";
import { articlePath, blogPath, previewPath } from "../paths.ts";
import { canEditArticle, canRestoreArticle, canTakeBack } from "../policy.ts";
import { dropPreview, makePreview } from "../previews.ts";
import { publishArticle, removeArticle, restoreArticle, scheduleArticle, unpublishArticle, unscheduleArticle } from "../publish-article.ts";

export const loader = defineLoader({ params: articleParams }, async ({ viewer, params, request }) => {
  const article = await articleAt(viewer, params, request);
  const member = requireMember(viewer);
  const { blog } = article;
  if (!article.removedAt && !isModeratorOf(viewer, blog.divisionId)) enforce(canTakeBack(viewer, blog, article));
  const zone = article.state === "scheduled" ? article.publishZone : member.timeZone;
  // Tomorrow at nine, by the author's clock: when people read.
  const tomorrow = `${localIn(new Date(Date.now() + 86_400_000), zone).slice(0, 10)}T09:00`;
  return {
    place: { divisionId: blog.divisionId, categoryId: article.categoryId },
    title: translate(viewer.locale, article.state === "published" ? "blogs.manageState" : "blogs.publishing"),
    articleTitle: article.title,
    path: article.path,
    state: article.state,
    isAgain: article.publishedAt !== null,
    isRemoved: article.removedAt !== null,
    publishAt: article.publishAt,
    publishZone: article.publishZone,
    at: article.publishAt && article.state === "scheduled" ? localIn(article.publishAt, article.publishZone) : tomorrow,
    zone,
    zones: [...new Set([zone, member.timeZone, "UTC", ...Intl.supportedValuesOf("timeZone")])],
    hasPreview: article.previewTokenHash !== null,
    refusal: refusalOf(viewer, canEditArticle(viewer, blog, article)),
    restoreRefusal: article.removedAt ? refusalOf(viewer, canRestoreArticle(viewer, blog, article)) : null,
  };
});

export const action = defineAction({ params: articleParams, input: articleStateInput }, async ({ viewer, params, input, context }) => {
  const actor = requireMember(viewer);
  const { id } = params.article;
  const back = ({ blog, slug }: { blog: { slug: string }; slug: string }) => redirect(articlePath({ blog: blog.slug, slug, id }));
  switch (input.intent) {
    case "publish": return back(await publishArticle(actor, id));
    case "schedule": return back(await scheduleArticle(actor, id, input));
    case "unschedule": return back(await unscheduleArticle(actor, id));
    case "unpublish": {
      const article = await unpublishArticle(actor, id);
      // A moderator who took it back may not see it any more.
      return (await accessArticle(db, actor, id).catch(() => null)) ? back(article) : redirect(blogPath(article.blog.slug));
    }
    case "remove": {
      const article = await removeArticle(actor, id, input);
      return (await accessArticle(db, actor, id).catch(() => null)) ? back(article) : redirect(blogPath(article.blog.slug));
    }
    case "restore": return back(await restoreArticle(actor, id));
    case "drop-preview": {
      await dropPreview(actor, id);
      return back(await accessArticle(db, actor, id));
    }
    case "make-preview": {
      const { blog, token } = await makePreview(actor, id);
      // The secret is in this answer and nowhere else.
      (context.answerHeaders ??= new Headers()).set("Cache-Control", "private, no-store");
      return { ok: true as const, preview: config.baseUrl + previewPath(blog, token) };
    }
  }
});

export const shouldRevalidate = freshAfterConflict;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export default function ArticleStatePage() {
  const { title, articleTitle, path, state, isAgain, isRemoved, publishAt, publishZone, at, zone, zones, hasPreview, refusal, restoreRefusal } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useT("blogs", en);
  const { locale } = useLanguage();
  const problem = answer && !answer.ok ? answer : null;
  const preview = answer?.ok ? answer.preview : null;
  const typed = problem?.values;
  if (isRemoved) {
    return (
      <Page>
        <PageHeader title={title} lead={articleTitle} />
        {problem && <Notice tone="danger" className="mb-4">{problem.message}</Notice>}
        <StateSection title={t("stateRemoved")} lead={restoreRefusal ?? t("restoreLead")}>
          {!restoreRefusal && <Form method="post"><Button name="intent" value="restore"><Icon name="rotate-ccw" size={16} />{t("restore")}</Button></Form>}
        </StateSection>
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader title={title} lead={articleTitle} place={<Link to={path} className="hover:underline">← {t("backToArticle")}</Link>} />
      {problem && <Notice tone="danger" className="mb-6">{Object.values(problem.fields).flat()[0] ?? problem.message}</Notice>}
      {refusal && <Notice className="mb-6">{refusal}</Notice>}
      {!refusal && state !== "published" && (
        <>
          {state === "scheduled" && (
            <Notice className="mb-6" title={t("stateScheduled")}>
              <p>{t("scheduledFor", { when: momentWords(publishAt!, publishZone, locale) })}</p>
              <Form method="post" className="mt-2"><Button size="small" name="intent" value="unschedule">{t("unschedule")}</Button></Form>
            </Notice>
          )}
          <StateSection title={isAgain ? t("publishAgain") : t("publishNow")} lead={isAgain ? t("publishAgainLead") : t("publishNowLead")}>
            <Form method="post"><Button look="primary" name="intent" value="publish"><Icon name="send" size={16} />{isAgain ? t("publishAgain") : t("publishNow")}</Button></Form>
          </StateSection>
          <StateSection title={t("schedule")} lead={t("scheduleLead")}>
            <Form method="post" className="side-by-side max-w-xl sm:grid-cols-2">
              <Field name="at" type="datetime-local" label={t("when")} required defaultValue={typed?.at ?? at} errors={problem?.fields.at} />
              <Select name="zone" label={t("zone")} defaultValue={typed?.zone ?? zone} errors={problem?.fields.zone}>{zones.map((name) => <option key={name}>{name}</option>)}</Select>
              <div className="sm:col-span-2"><Button name="intent" value="schedule"><Icon name="calendar-clock" size={16} />{state === "scheduled" ? t("reschedule") : t("schedule")}</Button></div>
            </Form>
          </StateSection>
          <StateSection title={t("preview")} lead={t("previewSectionLead")}>
            {preview && (
              <div className="mb-4 space-y-2 rounded-md bg-sunken p-3">
                <p className="text-sm font-medium">{t("previewMade")}</p>
                <input readOnly aria-label={t("preview")} value={preview} className="w-full rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-sm" onFocus={(event) => event.currentTarget.select()} />
                <p className="text-sm"><a href={preview} target="_blank" rel="noreferrer" className="text-accent-strong underline underline-offset-2">{t("openPreview")}</a></p>
              </div>
            )}
            <Form method="post" className="flex flex-wrap gap-2">
              <Button name="intent" value="make-preview"><Icon name="eye" size={16} />{hasPreview ? t("renewPreview") : t("makePreview")}</Button>
              {hasPreview && <Button look="quiet" name="intent" value="drop-preview">{t("dropPreview")}</Button>}
            </Form>
          </StateSection>
        </>
      )}
      {state === "published" && (
        <StateSection title={t("unpublish")} lead={t("unpublishLead")}>
          <Form method="post"><Button name="intent" value="unpublish"><Icon name="eye-off" size={16} />{t("unpublish")}</Button></Form>
        </StateSection>
      )}
      <StateSection title={t("remove")} lead={t("removeLead")}>
        <Form method="post" className="max-w-xl space-y-4">
          <Field name="reason" label={t("removeReason")} maxLength={300} defaultValue={typed?.reason} errors={problem?.fields.reason} />
          <div className="flex gap-2"><Button look="danger" name="intent" value="remove">{t("remove")}</Button><ButtonLink to={path} look="quiet">{t("cancel")}</ButtonLink></div>
        </Form>
      </StateSection>
    </Page>
  );
}
