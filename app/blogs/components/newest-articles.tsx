import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { RailSection } from "#app/ui/page.tsx";
import type { ArticleCard } from "../article-lists.ts";
import en from "../messages/en.json";
import { articlePath } from "../paths.ts";
import { CoverImage } from "./cover-image.tsx";
import { Day } from "./day.tsx";

/** A few articles at the side of a page that is about something else. Nothing when there are none. */
export function NewestArticles({ articles, more, showBlog }: { articles: ArticleCard[]; more: string; showBlog?: boolean }) {
  const t = useT("blogs", en);
  if (articles.length === 0) return null;
  return (
    <RailSection title={t("newestArticles")}>
      <ul className="space-y-3">
        {articles.map((article) => (
          <li key={article.id}>
            <Link to={articlePath({ ...article, blog: article.blog.slug })} className="group flex gap-3">
              {article.cover && <CoverImage cover={{ ...article.cover, alt: "" }} sizes="56px" className="mt-0.5 size-14 shrink-0" />}
              <span className="min-w-0">
                <span className="line-clamp-2 font-semibold group-hover:text-accent-strong">{article.title}</span>
                <span className="block text-xs text-ink-soft">{showBlog && <>{article.blog.name} · </>}<Day at={article.publishedAt} /></span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-xs"><Link to={more} className="inline-flex min-h-6 items-center text-accent-strong hover:underline">{t("moreArticles")}</Link></p>
    </RailSection>
  );
}
