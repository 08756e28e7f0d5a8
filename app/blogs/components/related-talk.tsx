import { Link } from "@remix-run/react";
import { Icon } from "#app/ui/icon.tsx";
import { ArticleCard } from "./article-card.tsx";
import type { ArticleCard as Card } from "../article-lists.ts";
import type { T } from "./words.ts";

export type RelatedTopic = { id: number; title: string; path: string; replyCount: number };

/** What people talk about nearby, and what to read next. Nothing when there is neither. */
export function RelatedTalk({ topics, articles, t }: { topics: RelatedTopic[]; articles: Card[]; t: T }) {
  if (topics.length === 0 && articles.length === 0) return null;
  return (
    <section className="print:hidden mt-12 space-y-8">
      {topics.length > 0 && (
        <div>
          <h2 className="mb-3 text-lg font-semibold tracking-tight">{t("relatedTalk")}</h2>
          <ul className="border-t border-line">
            {topics.map(({ id, title, path, replyCount }) => (
              <li key={id} className="border-b border-line">
                <Link to={path} className="flex min-h-12 items-center gap-3 py-2 hover:text-accent-strong"><Icon name="messages-square" size={17} className="text-ink-faint" /><span className="min-w-0 flex-1 font-medium">{title}</span><span className="text-sm text-ink-faint tabular">{t("replyCount", { count: replyCount })}</span></Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      {articles.length > 0 && (
        <div>
          <h2 className="mb-4 text-lg font-semibold tracking-tight">{t("readOn")}</h2>
          <div className="article-grid mt-0!">{articles.map((article) => <ArticleCard key={article.id} article={article} t={t} />)}</div>
        </div>
      )}
    </section>
  );
}
