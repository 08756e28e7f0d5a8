import { Link } from "@remix-run/react";
import { buttonClass } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { useLanguage } from "#app/ui/i18n.tsx";
import { useKept } from "#app/ui/kept.tsx";
import { fullDate } from "#app/ui/time.tsx";
import type { TopicPageData } from "../topic-page-data.ts";
import { MadePages } from "./made-pages.tsx";
import { kindLooks, statusLooks, type T } from "./post-words.ts";

type TopicHeaderProps = { topic: TopicPageData["topic"]; facts: TopicPageData["facts"]; subject: TopicPageData["subject"]; madePages: TopicPageData["madePages"]; path: string; moderates: boolean; t: T };

/** What the conversation is, where it stands and what state it is in. */
export function TopicHeader({ topic, facts: { category, division, tags }, subject, madePages, path, moderates, t }: TopicHeaderProps) {
  const kept = useKept(`<header id="topic"`, "</header>", { topic, category, division, tags, subject, madePages, path, moderates }, (known) => <Inside {...known} t={t} />);
  return <header id="topic" className="mb-6 border-b border-line pb-5" {...kept} />;
}

type InsideProps = Pick<TopicHeaderProps, "topic" | "subject" | "madePages" | "path" | "moderates" | "t"> & Pick<TopicHeaderProps["facts"], "category" | "division" | "tags">;

function Inside({ topic, category, division, tags, subject, madePages, path, moderates, t }: InsideProps) {
  const kind = kindLooks[topic.kind];
  return (
    <>
      <p className="mb-2 flex flex-wrap items-center gap-x-1.5 text-sm text-ink-soft">
        <Link to={`/d/${division.slug}`} className="hover:underline">{division.name}</Link>
        <Icon name="chevron-right" size={14} className="text-ink-faint" />
        <Link to={subject?.place.path ?? `/c/${category.slug}/${category.id}`} className="font-medium hover:underline">{subject?.place.name ?? category.name}</Link>
      </p>
      <h1 className="max-w-[34ch] text-2xl font-semibold tracking-tight text-balance max-sm:text-xl"><Link to={path}>{topic.title}</Link></h1>
      {subject && (
        <p className="mt-3 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-sm text-ink-soft">
          <Icon name={subject.kind === "article" ? "newspaper" : "book-open"} size={16} className="mt-0.5" />
          <span>{t.rich(subject.kind === "article" ? "commentsOn" : "talkOf", { title: subject.title, a: (words) => <Link to={subject.path} className="font-medium text-ink underline underline-offset-2">{words}</Link> })}</span>
        </p>
      )}
      {madePages.length > 0 && <MadePages pages={madePages} className="mt-3 text-sm" t={t} />}
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-ink-soft">
        <span className="inline-flex items-center gap-1.5 font-medium"><Icon name={kind.icon} size={16} />{t(kind.label)}</span>
        {topic.kind === "question" && topic.isSolved && <span className="inline-flex items-center gap-1.5 font-medium text-success"><Icon name="check-circle-2" size={16} />{t("solved")}</span>}
        {topic.kind === "idea" && <span className={cx("rounded px-2 py-0.5 text-xs font-semibold", statusLooks[topic.ideaStatus].className)}>{t(statusLooks[topic.ideaStatus].label)}</span>}
        {tags.map(({ slug, name }) => <Link key={slug} to={`/tag/${encodeURIComponent(slug)}`} className="rounded bg-sunken px-2 py-0.5 text-xs hover:text-ink">#{name}</Link>)}
        {moderates && <Link to={`${path}/manage`} className={buttonClass("plain", "small", "ml-auto")}><Icon name="shield" size={16} />{t("manage")}</Link>}
      </div>
      <TopicNotes topic={topic} t={t} />
    </>
  );
}

/** Quiet lines for what readers should know about the topic's state. */
function TopicNotes({ topic, t }: Pick<TopicHeaderProps, "topic" | "t">) {
  const { locale, timeZone } = useLanguage();
  const notes: [IconName, string, string?][] = [];
  if (topic.purgedAt) notes.push(["eraser", t("topicErasedNote", { when: fullDate(topic.purgedAt, locale, timeZone), reason: topic.removedReason }), "text-danger"]);
  else if (topic.isRemoved) notes.push(["trash-2", topic.removedReason ? t("topicRemovedReason", { reason: topic.removedReason }) : t("topicRemovedNote"), "text-danger"]);
  if (topic.kind === "idea" && topic.ideaStatusReason) notes.push(["lightbulb", t("statusBecause", { status: t(statusLooks[topic.ideaStatus].label), reason: topic.ideaStatusReason })]);
  if (topic.archivedAt) notes.push(["archive", t("archivedNote")]);
  else if (topic.lockedAt) notes.push(["lock", topic.lockedReason ? t("closedBecause", { reason: topic.lockedReason }) : t("closedNote")]);
  else if (topic.autoCloseAt) notes.push(["clock", t("closesNote", { when: fullDate(topic.autoCloseAt, locale, timeZone) })]);
  if (topic.isUnlisted) notes.push(["eye-off", t("unlistedNote")]);
  if (topic.isPinned) notes.push(["pin", t("pinnedNote")]);
  if (notes.length === 0) return null;
  return (
    <ul className="mt-3 space-y-1 text-sm text-ink-soft">
      {notes.map(([icon, words, tone]) => <li key={icon} className={cx("flex items-start gap-2", tone)}><Icon name={icon} size={16} className="mt-0.5" />{words}</li>)}
    </ul>
  );
}
