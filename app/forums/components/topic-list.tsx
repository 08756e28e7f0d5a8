import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { buttonClass } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { TopicPage } from "../topic-lists.ts";
import en from "./words.ts";
import { TopicRow } from "./topic-row.tsx";
import { useMoreTopics } from "./use-more-topics.ts";

type TopicListProps = {
  /** What the page's loader answers as `list`: more of it is asked for under the same name. */
  list: TopicPage;
  /** What it is a list of, for screen readers. */
  label: string;
  /** Older and newer as pages of their own, instead of "load more" on one. */
  inPages?: boolean;
  showCategory?: boolean;
  /** What stands here when there is nothing. */
  empty: ReactNode;
};

/** Topics in rows, and the way on: a plain link that scripts turn into "load more" in place. */
export function TopicList({ list, label, inPages = false, showCategory, empty }: TopicListProps) {
  const t = useT("forums", en);
  const { topics, after, before, hrefOf, loadMore, isLoading } = useMoreTopics(list, inPages);
  if (topics.length === 0 && !before) return empty;
  return (
    <section aria-label={label}>
      {before && !inPages && (
        <p className="mb-3 text-center"><Link to={hrefOf(before)} rel="prev" className={buttonClass("quiet", "small")}><Icon name="arrow-up" size={16} />{t("newerTopics")}</Link></p>
      )}
      <ul className="topic-list">
        {topics.map((topic) => <TopicRow key={topic.id} topic={topic} showCategory={showCategory} />)}
      </ul>
      {inPages ? (
        (before || after) && (
          <nav aria-label={t("pagesOfList")} className="mt-6 flex items-center justify-between gap-4">
            {before ? <Link to={hrefOf(before)} rel="prev" className={buttonClass("plain")}><Icon name="arrow-left" size={16} />{t("newerTopics")}</Link> : <span />}
            {after && <Link to={hrefOf(after)} rel="next" className={buttonClass("plain")}>{t("olderTopics")}<Icon name="arrow-right" size={16} /></Link>}
          </nav>
        )
      ) : (
        after && (
          <p className="mt-6 text-center">
            <Link
              to={hrefOf(after)}
              rel="next"
              aria-busy={isLoading || undefined}
              className={buttonClass("plain")}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                event.preventDefault();
                loadMore();
              }}
            >
              {isLoading ? t("loadingTopics") : t("moreTopics")}
            </Link>
          </p>
        )
      )}
    </section>
  );
}
