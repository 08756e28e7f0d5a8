import { Link } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import type { ReadingData } from "../article-page.ts";
import { articlePath, blogPath, blogTagPath, seriesPath } from "../paths.ts";
import { CoverImage } from "./cover-image.tsx";
import { Day } from "./day.tsx";
import type { T } from "./words.ts";

type ArticleViewProps = { article: ReadingData; blog: { slug: string; name: string }; t: T };

/** An article as it is read: nothing on it but what helps to read it. */
export function ArticleView({ article, blog, t }: ArticleViewProps) {
  const { author, cover, series, tags } = article;
  return (
    <article className="article">
      <header className="article-head">
        <p className="mb-3 flex flex-wrap items-center gap-x-2 text-sm">
          <Link to={blogPath(blog.slug)} className="font-semibold text-accent-strong hover:underline">{blog.name}</Link>
          {series && <><span aria-hidden="true" className="text-ink-faint">·</span><Link to={seriesPath(blog.slug, series.slug)} className="text-ink-soft hover:underline">{series.at >= 0 && series.parts.length > 1 ? t("partOf", { series: series.title, part: series.at + 1, count: series.parts.length }) : series.title}</Link></>}
        </p>
        <h1 className="article-title">{article.title}</h1>
        {/* First words stand in the text already. */}
        {article.isOwnExcerpt && <p className="article-lead">{article.excerpt}</p>}
        <div className="mt-5 flex items-center gap-3">
          <Link to={`/u/${author.username.toLowerCase()}`} tabIndex={-1} aria-hidden="true"><Avatar name={author.name} fileId={author.avatarFileId} size={40} /></Link>
          <div className="min-w-0 text-sm leading-5">
            <p className="flex flex-wrap items-center gap-x-2"><Link to={`/u/${author.username.toLowerCase()}`} className="font-semibold hover:underline">{author.name}</Link><SpeakerBadge label={author.label} /></p>
            <p className="flex flex-wrap gap-x-2 text-ink-soft">
              {article.publishedAt && <Day at={article.publishedAt} />}
              {article.publishedAt && <span aria-hidden="true">·</span>}
              <span className="tabular">{t("minutes", { count: article.minutes })}</span>
              {article.editedAt && <span className="text-ink-faint">· {t("editedOn")} <Day at={article.editedAt} /></span>}
            </p>
          </div>
        </div>
      </header>
      {cover && <CoverImage cover={cover} sizes="(min-width: 1100px) 900px, 100vw" eager className="article-cover" />}
      <div className="prose article-body" dangerouslySetInnerHTML={{ __html: article.bodyHtml }} />
      <footer className="article-foot">
        {article.canonicalUrl && <p className="mb-4 text-sm text-ink-soft">{t.rich("firstPublished", { site: hostOf(article.canonicalUrl), a: (words) => <a href={article.canonicalUrl} rel="noopener" className="underline underline-offset-2">{words}</a> })}</p>}
        {tags.length > 0 && <p className="mb-6 flex flex-wrap gap-2">{tags.map(({ slug, name }) => <Link key={slug} to={blogTagPath(blog.slug, slug)} className="rounded bg-sunken px-2.5 py-1 text-sm text-ink-soft hover:text-ink">#{name}</Link>)}</p>}
        {series && series.parts.length > 1 && <SeriesBox series={series} articleId={article.id} blog={blog.slug} t={t} />}
        <AuthorCard author={author} t={t} />
      </footer>
    </article>
  );
}

/** All parts, this one marked, and the ways to the neighbours. */
function SeriesBox({ series, articleId, blog, t }: { series: NonNullable<ReadingData["series"]>; articleId: number; blog: string; t: T }) {
  const { before, after } = series;
  return (
    <nav aria-label={series.title} className="mb-6 rounded-md border border-line p-4">
      <p className="mb-2 flex items-center gap-2 text-sm font-semibold"><Icon name="layers" size={16} className="text-ink-faint" /><Link to={seriesPath(blog, series.slug)} className="hover:underline">{series.title}</Link></p>
      <ol className="space-y-1 text-sm">
        {series.parts.map((part, index) => (
          <li key={part.id} className="flex gap-2.5">
            <span className="w-5 text-right tabular text-ink-faint">{index + 1}</span>
            {part.id === articleId ? <span aria-current="page" className="font-semibold">{part.title}</span> : <Link to={articlePath({ blog, ...part })} className="text-accent-strong hover:underline">{part.title}</Link>}
          </li>
        ))}
      </ol>
      {(before || after) && (
        <p className="print:hidden mt-4 flex flex-wrap justify-between gap-3 border-t border-line pt-3 text-sm">
          {before ? <Link to={articlePath({ blog, ...before })} rel="prev" className="inline-flex min-h-8 items-center gap-1.5 hover:underline"><Icon name="arrow-left" size={16} />{t("before")}</Link> : <span />}
          {after && <Link to={articlePath({ blog, ...after })} rel="next" className="inline-flex min-h-8 items-center gap-1.5 font-medium text-accent-strong hover:underline">{t("readNext", { title: after.title })}<Icon name="arrow-right" size={16} /></Link>}
        </p>
      )}
    </nav>
  );
}

function AuthorCard({ author, t }: { author: ReadingData["author"]; t: T }) {
  return (
    <section aria-label={t("aboutAuthor", { name: author.name })} className="flex gap-4 rounded-md bg-sunken p-4">
      <Avatar name={author.name} fileId={author.avatarFileId} size={48} />
      <div className="min-w-0 text-sm">
        <p className="flex flex-wrap items-center gap-x-2"><Link to={`/u/${author.username.toLowerCase()}`} className="font-semibold hover:underline">{author.name}</Link><SpeakerBadge label={author.label} />{author.title && <span className="text-ink-soft">{author.title}</span>}</p>
        {author.bio && <p className="mt-0.5 text-ink-soft">{author.bio}</p>}
      </div>
    </section>
  );
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : address;
}
