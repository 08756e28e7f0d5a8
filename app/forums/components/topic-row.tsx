import { Link } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/class-names.ts";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { useKept } from "#app/ui/kept.tsx";
import { relativeTime, Time } from "#app/ui/time.tsx";
import type { ListedTopic } from "../topic-lists.ts";
import en from "./words.ts";
import { categoryPath, commentPath, tagPath, topicPath } from "../paths.ts";
import { KindMark } from "./kind-mark.tsx";
import type { AllT as T } from "./post-words.ts";

/** Beyond this a count reads "99+". */
const MOST = 99;

type TopicRowProps = {
  topic: ListedTopic;
  /** Left out where the whole list is of one category. */
  showCategory?: boolean;
};

/** A topic as a line of a list: what it is, where, who talks, how much, and since when. */
export function TopicRow({ topic, showCategory = true }: TopicRowProps) {
  const t = useT("forums", en);
  const { locale } = useLanguage();
  const isRead = topic.lastReadNumber !== null && topic.unreadCount === 0;
  const of = { topic, showCategory, isRead, ago: relativeTime(topic.lastPostAt, locale) };
  const inside = useKept(`<li data-topic="${topic.id}"`, "</li>", of, (known) => <Inside {...known} t={t} />);
  return <li data-topic={topic.id} data-read={isRead ? "all" : undefined} className="topic-row" {...inside} />;
}

function Inside({ topic, showCategory, isRead, ago, t }: Required<TopicRowProps> & { isRead: boolean; ago: string; t: T }) {
  const replies = Math.max(topic.postCount - 1, 0);
  const unread = topic.isMuted ? 0 : topic.unreadCount;
  const next = (topic.lastReadNumber ?? 0) + 1;
  const hasExcerpt = topic.excerpt !== "" && (topic.isPinned || topic.kind === "idea");
  return (
    <>
      <KindMark kind={topic.kind} isSolved={topic.isSolved} className="mt-0.5" />
      <div className="min-w-0">
        <div>
          <Link to={topic.home ?? topicPath(topic)} className={cx("topic-row-title", isRead ? "" : unread > 0 || topic.lastReadNumber === null ? "font-semibold" : "font-medium")}>{topic.title}</Link>
          {topic.isPinned && <Mark icon="pin" label={t("pinned")} />}
          {topic.isClosed && <Mark icon="lock" label={t("closed")} />}
          {unread > 0 && (
            <Link to={topic.home ? commentPath(topic.home, next) : topicPath(topic, next)} className="ml-2 inline-flex min-h-6 items-center rounded-full bg-accent-soft px-2 align-[1px] text-xs font-semibold text-accent-strong hover:underline">
              {unread > MOST ? t("manyNewPosts", { count: MOST }) : t("newPosts", { count: unread })}
            </Link>
          )}
        </div>
        <div className="topic-row-meta">
          {showCategory && (
            <Link to={categoryPath(topic.category)} className="inline-flex min-w-0 items-center gap-1.5 text-ink-soft">
              <span aria-hidden="true" className="size-2 shrink-0 rounded-[2px]" style={{ backgroundColor: topic.category.colour ?? topic.division.accent }} />
              {topic.category.name}
            </Link>
          )}
          {topic.tags.map((tag) => <Link key={tag.slug} to={tagPath(tag)}>#{tag.name}</Link>)}
          {topic.kind === "idea" && topic.voteCount !== 0 && <span className="inline-flex items-center gap-1 font-medium text-ink-soft"><Icon name="thumbs-up" size={14} />{t("votes", { count: topic.voteCount })}</span>}
          {topic.kind === "idea" && topic.ideaStatus !== "open" && <span className="rounded bg-sunken px-1.5 text-xs font-medium text-ink-soft">{t(`idea.${topic.ideaStatus}`)}</span>}
          <span className="topic-row-small tabular">{t("replies", { count: replies })}</span>
          <Time at={topic.lastPostAt} ago={ago} className="topic-row-small" />
        </div>
        {hasExcerpt && <p className="topic-row-excerpt">{topic.excerpt}</p>}
      </div>
      <div className="topic-row-faces">
        {topic.faces.map((face) => (
          <span key={face.id} title={face.name} className="rounded-full"><Avatar name={face.name} fileId={face.avatarFileId} size={24} /></span>
        ))}
      </div>
      <span className="topic-row-number tabular"><span aria-hidden="true">{t("number", { count: replies })}</span><span className="sr-only">{t("replies", { count: replies })}</span></span>
      <span className="topic-row-time"><Time at={topic.lastPostAt} ago={ago} /></span>
    </>
  );
}

function Mark({ icon, label }: { icon: "pin" | "lock"; label: string }) {
  return <span title={label} className="ml-1.5 inline-flex align-[-2px] text-ink-faint"><Icon name={icon} size={15} /><span className="sr-only">{label}</span></span>;
}
