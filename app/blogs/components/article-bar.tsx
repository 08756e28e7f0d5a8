import { Link } from "@remix-run/react";
import { buttonClass } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { Icon } from "#app/ui/icon.tsx";
import { useLanguage } from "#app/ui/i18n.tsx";
import type { ReadingData } from "../article-page.ts";
import { momentWords } from "./day.tsx";
import { stateLooks, type T } from "./words.ts";

type ArticleBarProps = { article: ReadingData; path: string; edits: boolean; t: T };

/** For those who keep an article: what state it is in, and what they may do. */
export function ArticleBar({ article, path, edits, t }: ArticleBarProps) {
  const { locale } = useLanguage();
  const look = stateLooks[article.state];
  return (
    <div className="article-state mb-6 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line bg-surface px-3 py-2 text-sm print:hidden">
      {article.removal
        ? <span className="rounded bg-danger-soft px-2 py-0.5 text-xs font-semibold text-danger">{t("stateRemoved")}</span>
        : <span className={cx("rounded px-2 py-0.5 text-xs font-semibold", look.className)}>{t(look.label)}</span>}
      <span className="min-w-0 flex-1 basis-48 text-ink-soft">
        {article.removal ? article.removal.reason || t("removedLead")
          : article.state === "scheduled" ? t("scheduledFor", { when: momentWords(article.publishAt!, article.publishZone, locale) })
          : article.state === "published" ? "" : t("onlyWriters")}
      </span>
      <span className="flex flex-wrap items-center gap-1">
        {edits && !article.removal && <Link to={`${path}/edit`} className={buttonClass("quiet", "small")}><Icon name="pencil" size={16} />{t("edit")}</Link>}
        <Link to={`${path}/history`} className={buttonClass("quiet", "small")}><Icon name="history" size={16} />{t("history")}</Link>
        <Link to={`${path}/publish`} className={buttonClass(article.state === "published" ? "quiet" : "primary", "small")}><Icon name="send" size={16} />{article.state === "published" || article.removal ? t("manageState") : t("publishing")}</Link>
      </span>
    </div>
  );
}
