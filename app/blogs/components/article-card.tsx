import { Link } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/class-names.ts";
import { Icon } from "#app/ui/icon.tsx";
import type { ArticleCard as Card } from "../article-lists.ts";
import { articlePath, blogPath, seriesPath } from "../paths.ts";
import { CoverImage } from "./cover-image.tsx";
import { Day } from "./day.tsx";
import type { T } from "./words.ts";

type ArticleCardProps = { article: Card; /** The first of a list stands over its whole width. */ look?: "lead" | "card"; /** Where articles of several blogs stand together. */ showBlog?: boolean; t: T };

/** An article in a list: its picture, what it says in a sentence or two, who wrote it and how long it takes. */
export function ArticleCard({ article, look = "card", showBlog = false, t }: ArticleCardProps) {
  const href = articlePath({ ...article, blog: article.blog.slug });
  const isLead = look === "lead";
  return (
    <article className={cx("article-card", isLead && "article-card-lead")}>
      {article.cover && (
        <Link to={href} tabIndex={-1} aria-hidden="true" className="article-card-cover">
          <CoverImage cover={{ ...article.cover, alt: "" }} sizes={isLead ? "(min-width: 1100px) 860px, 100vw" : "(min-width: 700px) 430px, 100vw"} eager={isLead || undefined} className="aspect-[16/9]" />
        </Link>
      )}
      <div className="min-w-0">
        {(showBlog || article.series) && (
          <p className="mb-1.5 flex flex-wrap items-center gap-x-2 text-xs font-semibold text-accent-strong">
            {showBlog && <Link to={blogPath(article.blog.slug)} className="hover:underline">{article.blog.name}</Link>}
            {article.series && <Link to={seriesPath(article.blog.slug, article.series.slug)} className="inline-flex items-center gap-1 hover:underline"><Icon name="layers" size={14} />{article.part ? t("seriesPart", { series: article.series.title, part: article.part }) : article.series.title}</Link>}
          </p>
        )}
        <h2 className={cx("font-semibold tracking-tight text-balance", isLead ? "text-2xl max-sm:text-xl" : "text-lg")}><Link to={href} className="hover:text-accent-strong">{article.title}</Link></h2>
        <p className={cx("mt-1.5 text-ink-soft", isLead ? "line-clamp-3" : "line-clamp-3 text-[15px] leading-[23px]")}>{article.excerpt}</p>
        <ArticleFacts article={article} t={t} />
      </div>
    </article>
  );
}

function ArticleFacts({ article: { author, publishedAt, minutes, commentCount, ...article }, t }: { article: Card; t: T }) {
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-ink-soft">
      <Link to={`/u/${author.username.toLowerCase()}`} className="inline-flex items-center gap-2 font-medium text-ink hover:underline"><Avatar name={author.name} fileId={author.avatarFileId} size={24} />{author.name}</Link>
      <Day at={publishedAt} />
      <span className="tabular">{t("minutes", { count: minutes })}</span>
      {commentCount > 0 && <Link to={`${articlePath({ ...article, blog: article.blog.slug })}#comments`} className="inline-flex items-center gap-1 tabular hover:underline" aria-label={t("commentCount", { count: commentCount })}><Icon name="message-square" size={15} />{commentCount}</Link>}
    </p>
  );
}
