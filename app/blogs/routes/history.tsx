import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { diffTexts } from "#app/core/text-diff.ts";
import { requireMember } from "#app/core/viewer.ts";
import { DiffView } from "#app/forums/components/diff-view.tsx";
import forums from "#app/forums/components/words.ts";
import { freshAfterConflict } from "#app/ui/after-conflict.ts";
import { AskReaders } from "#app/ui/ask-readers.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { listSaves, readArticleRevision } from "../article-history.ts";
import { articleAt } from "../blog-for.ts";
import { articleParams, restoreRevisionInput } from "../inputs.ts";
import en from "../messages/en.json";
import { canEditArticle, canTakeBack } from "../policy.ts";
import { restoreWords } from "../save-article.ts";

const number = z.coerce.number().int().min(2).max(2 ** 31 - 1).optional().catch(undefined);
const asked = z.object({ to: number, before: number, as: z.enum(["text", "source"]).catch("text") });

/** What an article said before: for those who keep it, because a draft's first words were for nobody else. */
export const loader = defineLoader({ params: articleParams }, async ({ viewer, params, request }) => {
  const article = await articleAt(viewer, params, request);
  enforce(canTakeBack(requireMember(viewer), article.blog, article));
  const { to: wanted, before, as } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const to = wanted ?? article.revision;
  const shown = article.revision > 1 ? await Promise.all([readArticleRevision(db, article, to - 1), readArticleRevision(db, article, to)]) : null;
  const words = ({ body, bodyText }: NonNullable<typeof shown>[number]) => (as === "source" ? documentToMarkdown(body) : bodyText);
  const saves = await listSaves(db, article.id, { before });
  return {
    place: { divisionId: article.blog.divisionId, categoryId: article.categoryId },
    title: translate(viewer.locale, "blogs.historyOf"),
    articleTitle: article.title,
    path: article.path,
    revision: article.revision,
    to, as, saves,
    next: saves.length === 50 ? `${article.path}/history?before=${saves.at(-1)!.revision - 1}` : null,
    titles: shown && shown[0].title !== shown[1].title ? diffTexts(shown[0].title, shown[1].title) : null,
    blocks: shown && diffTexts(words(shown[0]), words(shown[1])),
    mayRestore: to > 1 && !article.removedAt && canEditArticle(viewer, article.blog, article).allowed,
  };
});

export const action = defineAction({ params: articleParams, input: restoreRevisionInput }, async ({ viewer, params, request, input }) => {
  const actor = requireMember(viewer);
  const article = await articleAt(actor, params, request);
  const { title, body } = await readArticleRevision(db, article, input.restore);
  await restoreWords(actor, article.id, { revision: input.revision, title, body, knowsReaders: input.knowsReaders });
  return redirect(`${article.path}/history`);
});

export const shouldRevalidate = freshAfterConflict;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [...titled(data?.title, matches), { name: "robots", content: "noindex" }];

export default function ArticleHistoryPage() {
  const { title, articleTitle, path, revision, to, as, saves, next, titles, blocks, mayRestore } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("blogs", en);
  const words = useT("forums", forums);
  const address = `${path}/history`;
  return (
    <Page>
      <PageHeader title={title} lead={articleTitle} place={<Link to={path} className="hover:underline">← {t("backToArticle")}</Link>} />
      <AskReaders problem={problem} className="mb-4" />
      {problem && !problem.fields.knowsReaders && <Notice tone="warning" className="mb-4">{problem.message}</Notice>}
      {!blocks ? <p className="text-ink-soft">{t("noHistory")}</p> : (
        <div className="grid gap-8 wide:grid-cols-[minmax(0,1fr)_220px]">
          <section aria-label={t("comparing", { from: to - 1, to })}>
            <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
              <h2 className="font-semibold">{t("comparing", { from: to - 1, to })}</h2>
              {mayRestore && <Form method="post"><input type="hidden" name="revision" value={revision} /><input type="hidden" name="restore" value={to - 1} /><Button size="small">{t("restoreRevision", { number: to - 1 })}</Button></Form>}
            </div>
            <TabLinks label={t("comparing", { from: to - 1, to })} className="mb-4" items={[
              { to: `${address}?to=${to}`, label: t("asText"), current: as === "text" },
              { to: `${address}?to=${to}&as=source`, label: t("asSource"), current: as === "source" },
            ]} />
            {titles && <div className="mb-4"><h3 className="mb-1 text-sm font-semibold text-ink-soft">{t("titleWas")}</h3><DiffView blocks={titles} t={words} /></div>}
            <DiffView blocks={blocks} mono={as === "source"} t={words} />
          </section>
          <nav aria-label={t("saves")}>
            <h2 className="mb-2 text-sm font-semibold">{t("saves")}</h2>
            <ol className="text-sm">
              {saves.map((save) => (
                <li key={save.revision}>
                  <Link to={`${address}?to=${save.revision}${as === "source" ? "&as=source" : ""}`} aria-current={save.revision === to ? "page" : undefined} className={cx("flex items-center gap-2 rounded px-2 py-1.5 hover:bg-sunken", save.revision === to && "bg-accent-soft")}>
                    <Avatar name={save.by.name} fileId={save.by.avatarFileId} size={24} /><span className="min-w-0 flex-1 truncate">{t("revisionNumber", { number: save.revision })}</span><Time at={save.at} className="text-ink-faint" />
                  </Link>
                </li>
              ))}
            </ol>
            <LoadMore href={next} />
          </nav>
        </div>
      )}
    </Page>
  );
}
