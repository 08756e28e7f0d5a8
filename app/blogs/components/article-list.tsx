import { LoadMore } from "#app/ui/pager.tsx";
import type { ArticleCard as Card } from "../article-lists.ts";
import { ArticleCard } from "./article-card.tsx";
import type { T } from "./words.ts";

type ArticleListProps = { items: Card[]; /** Where the next ones are, or null. */ next: string | null; /** Whether the first is made much of: on the first page. */ hasLead: boolean; showBlog?: boolean; t: T };

/** Articles with their pictures, the first large, the others beside each other where there is room. */
export function ArticleList({ items, next, hasLead, showBlog, t }: ArticleListProps) {
  const [first, ...others] = items;
  const rest = hasLead ? others : items;
  return (
    <>
      {hasLead && first && <ArticleCard article={first} look="lead" showBlog={showBlog} t={t} />}
      {rest.length > 0 && <div className="article-grid">{rest.map((article) => <ArticleCard key={article.id} article={article} showBlog={showBlog} t={t} />)}</div>}
      <LoadMore href={next} label={t("olderArticles")} />
    </>
  );
}
