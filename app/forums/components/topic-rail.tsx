import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Avatar } from "#app/ui/avatar.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { useLanguage } from "#app/ui/i18n.tsx";
import { RailSection } from "#app/ui/page.tsx";
import { Time } from "#app/ui/time.tsx";
import type { TopicPageData } from "../topic-page-data.ts";
import type { T } from "./post-words.ts";

type TopicRailProps = { data: TopicPageData; path: string; follow?: ReactNode; t: T };

/** Facts, people and a way through the topic, beside the talk. */
export function TopicRail({ data: { topic, facts, timeline, window }, path, follow, t }: TopicRailProps) {
  return (
    <>
      <RailSection title={t("topicFacts")}>
        {follow && <div className="-mt-1 mb-3 -ml-3">{follow}</div>}
        <dl className="grid grid-cols-2 gap-x-3 gap-y-3">
          <Fact label={t("started")}><Time at={topic.createdAt} /></Fact>
          <Fact label={t("lastReply")}><Link to={`${path}/${topic.lastPostNumber || 1}`} className="hover:underline"><Time at={topic.lastPostAt} /></Link></Fact>
          <Fact label={t("repliesLabel")}>{Math.max(0, topic.postCount - 1)}</Fact>
          {topic.kind === "idea" || topic.kind === "question" ? <Fact label={t("votesLabel")}>{topic.voteCount}</Fact> : <Fact label={t("reactionsLabel")}>{topic.reactionCount}</Fact>}
        </dl>
      </RailSection>
      {facts.participants.length > 1 && (
        <RailSection title={t("peopleLabel")}>
          <ul className="flex flex-wrap gap-1.5">
            {facts.participants.map((person) => (
              <li key={person.id}><Link to={`/u/${person.username}`} title={person.name} aria-label={person.name} className="block rounded-full"><Avatar name={person.name} fileId={person.avatarFileId} size={32} /></Link></li>
            ))}
          </ul>
        </RailSection>
      )}
      {timeline.length > 1 && <Timeline timeline={timeline} shown={window.asked} last={topic.lastPostNumber} path={path} t={t} />}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt className="text-xs text-ink-faint">{label}</dt><dd className="font-medium tabular">{children}</dd></div>;
}

/** Dates along the topic, and a field to go to any number. The stream keeps `data-position` up to date while one reads. */
function Timeline({ timeline, shown, last, path, t }: { timeline: TopicPageData["timeline"]; shown: number; last: number; path: string; t: T }) {
  const { locale, timeZone } = useLanguage();
  const format = new Intl.DateTimeFormat(locale === "en-XA" ? "en" : locale, { year: "numeric", month: "short", day: "numeric", timeZone });
  const here = timeline.findLast(({ number }) => number <= shown)?.number ?? 1;
  return (
    <RailSection title={t("timeline")}>
      <nav aria-label={t("timeline")} className="timeline" data-timeline>
        {timeline.map(({ number, at }) => (
          <Link key={number} to={`${path}/${number}`} data-number={number} aria-current={number === here || undefined}><span>{format.format(at)}</span><span className="text-xs tabular text-ink-faint">#{number}</span></Link>
        ))}
        <Link to={`${path}/${last}`} data-number={last}><span>{t("jumpLast")}</span><span className="text-xs tabular text-ink-faint">#{last}</span></Link>
      </nav>
      <p className="mt-3 text-sm tabular text-ink-soft">{t.rich("positionOf", { number: <b key="number" data-position className="font-semibold text-ink">{shown}</b>, last })}</p>
      <form action={`${path}/jump`} className="mt-2 flex gap-2">
        <input name="to" type="number" min={1} max={last} required inputMode="numeric" aria-label={t("jumpTo")} placeholder={t("jumpTo")} className="h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm touch:h-11" />
        <button className={buttonClass("plain", "small")}>{t("jump")}</button>
      </form>
    </RailSection>
  );
}
