import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { defineLoader, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { listOwnArticles } from "../article-lists.ts";
import { listBlogs } from "../blogs.ts";
import { Day, momentWords } from "../components/day.tsx";
import { stateLooks } from "../components/words.ts";
import en from "../messages/en.json";
import { articlePath, blogPath } from "../paths.ts";
import { canWriteIn } from "../policy.ts";

const asked = z.object({ after: idParam.optional().catch(undefined) });

/** What a member wrote for blogs, in every state, and where they may write. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  const { after } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [{ items, next }, blogs] = await Promise.all([listOwnArticles(db, member, { after }), listBlogs(db, member)]);
  return {
    title: translate(viewer.locale, "blogs.myArticles"),
    articles: items,
    next: next === null ? null : `/my-articles?after=${next}`,
    writable: blogs.filter((blog) => canWriteIn(member, blog).allowed).map(({ slug, name }) => ({ slug, name })),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function MyArticlesPage() {
  const { title, articles, next, writable } = useLoaderData<typeof loader>();
  const { locale } = useLanguage();
  const t = useT("blogs", en);
  return (
    <Page>
      <PageHeader title={title} lead={t("myArticlesLead")} actions={writable.map(({ slug, name }) => <ButtonLink key={slug} to={`${blogPath(slug)}/new`} size="small"><Icon name="pen-line" size={16} />{t("writeIn", { blog: name })}</ButtonLink>)} />
      {articles.length === 0 && <EmptyState icon="newspaper" title={t("nothingWritten")}>{writable.length > 0 ? t("nothingWrittenWriter") : t("nothingWrittenReader")}</EmptyState>}
      {articles.length > 0 && (
        <ul className="border-t border-line">
          {articles.map((article) => (
            <li key={article.id} className="flex items-center justify-between gap-x-4 border-b border-line py-3">
              <div className="min-w-0">
                <Link to={articlePath({ ...article, blog: article.blog.slug })} className="font-semibold hover:underline">{article.title}</Link>
                <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
                  <span className={cx("rounded px-1.5 py-px text-xs font-semibold", article.removedAt ? "bg-danger-soft text-danger" : stateLooks[article.state].className)}>{article.removedAt ? t("stateRemoved") : t(stateLooks[article.state].label)}</span>
                  <span>{article.blog.name} · {article.state === "scheduled" && article.publishAt ? <time dateTime={article.publishAt.toISOString()}>{momentWords(article.publishAt, article.publishZone, locale)}</time> : article.state === "published" && article.publishedAt ? <Day at={article.publishedAt} /> : <Time at={article.updatedAt} />}</span>
                </p>
              </div>
              {!article.removedAt && <ButtonLink to={`${articlePath({ ...article, blog: article.blog.slug })}/edit`} look="quiet" size="small"><Icon name="pencil" size={16} />{t("edit")}</ButtonLink>}
            </li>
          ))}
        </ul>
      )}
      <LoadMore href={next} />
    </Page>
  );
}
