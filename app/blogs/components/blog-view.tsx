import { Form, Link } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Page, PageHeader, RailSection } from "#app/ui/page.tsx";
import en from "../messages/en.json";
import { articlePath, blogAuthorPath, blogPath, blogTagPath, seriesPath } from "../paths.ts";
import type { ShelfData } from "../shelf.ts";
import { ArticleList } from "./article-list.tsx";
import { stateLooks, type T } from "./words.ts";

/** A part of a blog's articles: what it is called, and a sentence about it. */
export type Shelf = { title: string; lead: string };

/** The pages of a blog: its home, and the shelves of it. */
export function BlogView({ blog, items, next, isFirst, series, tags, writers, follows, writes, waiting, shelf }: ShelfData & { shelf: Shelf | null }) {
  const t = useT("blogs", en);
  const home = blogPath(blog.slug);
  return (
    <Page
      aside={
        <>
          {blog.description && shelf && <RailSection title={blog.name}><p className="text-ink-soft">{blog.description}</p></RailSection>}
          {series.length > 0 && (
            <RailSection title={t("seriesOfBlog")}>
              <ul className="space-y-1.5">{series.map((each) => <li key={each.slug} className="flex items-baseline gap-2"><Link to={seriesPath(blog.slug, each.slug)} className="min-w-0 text-accent-strong hover:underline">{each.title}</Link><span className="text-ink-faint tabular">{each.count}</span></li>)}</ul>
            </RailSection>
          )}
          {writers.length > 0 && (
            <RailSection title={t("writers")}>
              <ul className="space-y-1.5">{writers.map((writer) => <li key={writer.id}><Link to={blogAuthorPath(blog.slug, writer.username)} className="flex min-h-7 items-center gap-2 hover:underline"><Avatar name={writer.name} fileId={writer.avatarFileId} size={24} /><span className="min-w-0 truncate">{writer.name}</span><span className="text-ink-faint tabular">{writer.count}</span></Link></li>)}</ul>
            </RailSection>
          )}
          {tags.length > 0 && (
            <RailSection title={t("tagsOfBlog")}>
              <p className="flex flex-wrap gap-1.5">{tags.map(({ slug, name }) => <Link key={slug} to={blogTagPath(blog.slug, slug)} className="rounded bg-sunken px-2 py-0.5 text-xs hover:text-ink">#{name}</Link>)}</p>
            </RailSection>
          )}
        </>
      }
    >
      <PageHeader
        title={shelf?.title ?? blog.name}
        lead={shelf ? shelf.lead : blog.description}
        place={<span className="flex flex-wrap items-center gap-1.5"><Link to={`/d/${blog.division.slug}`} className="hover:underline">{blog.division.name}</Link>{shelf && <><Icon name="chevron-right" size={14} className="text-ink-faint" /><Link to={home} className="font-medium hover:underline">{blog.name}</Link></>}</span>}
        actions={
          <>
            {follows !== null && (
              <Form method="post" action={`${home}/follow`}>
                <input type="hidden" name="on" value={follows ? "" : "1"} />
                <Button size="small" aria-pressed={follows}><Icon name={follows ? "check" : "bell"} size={16} />{follows ? t("following") : t("follow")}</Button>
              </Form>
            )}
            {writes && <ButtonLink to={`${home}/new`} look="primary" size="small"><Icon name="pen-line" size={16} />{t("write")}</ButtonLink>}
          </>
        }
      />
      {writes && isFirst && !shelf && waiting.length > 0 && <Waiting waiting={waiting} t={t} />}
      {items.length === 0
        ? <EmptyState icon="newspaper" title={t("noArticles")} action={writes && <ButtonLink to={`${home}/new`} look="primary">{t("write")}</ButtonLink>}>{writes ? t("noArticlesWriter") : t("noArticlesReader")}</EmptyState>
        : <ArticleList items={items} next={next} hasLead={isFirst && !shelf} t={t} />}
    </Page>
  );
}

/** What is on its way, for those who write here. */
function Waiting({ waiting, t }: { waiting: ShelfData["waiting"]; t: T }) {
  return (
    <section aria-label={t("onTheWay")} className="mb-8 rounded-md bg-sunken p-3 text-sm">
      <div className="mb-1 flex items-center justify-between gap-3 px-1"><h2 className="font-semibold">{t("onTheWay")}</h2><Link to="/my-articles" className="text-ink-soft hover:underline">{t("myArticles")}</Link></div>
      <ul>
        {waiting.map((article) => (
          <li key={article.id}>
            <Link to={articlePath({ ...article, blog: article.blog.slug })} className="flex min-h-9 flex-wrap items-center gap-x-3 rounded px-1 hover:bg-line/50">
              <span className={cx("rounded px-1.5 py-px text-xs font-semibold", stateLooks[article.state].className, article.state === "draft" && "bg-paper!")}>{t(stateLooks[article.state].label)}</span>
              <span className="min-w-0 flex-1 truncate font-medium">{article.title}</span>
              <span className="text-ink-faint">{article.author.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
