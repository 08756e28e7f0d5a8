import { useCallback, useState, type ReactNode } from "react";
import type { Problem } from "#app/core/http.ts";
import { buttonClass } from "#app/ui/button.tsx";
import type { PostToQuote } from "#app/ui/editor/quote.ts";
import { Icon } from "#app/ui/icon.tsx";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { Page } from "#app/ui/page.tsx";
import { relativeTime } from "#app/ui/time.tsx";
import en from "../messages/en.json";
import { topicPath } from "../paths.ts";
import type { TopicPageData } from "../topic-page-data.ts";
import { AcceptedAnswer } from "./accepted-answer.tsx";
import { Composer, NoReply, type Answering } from "./composer.tsx";
import { PostStream } from "./post-stream.tsx";
import { TopicHeader } from "./topic-header.tsx";
import { TopicRail } from "./topic-rail.tsx";
import { useArrival } from "./use-arrival.ts";
import { useQuoteSelection } from "./use-quote-selection.ts";
import { VoteButton } from "./vote-button.tsx";

type TopicViewProps = { data: TopicPageData; problem: Problem | undefined; /** How closely to follow it: the area that tells people brings it. */ follow: ReactNode; /** What `follow` is made of. */ followOf: unknown };

/** A topic's page. */
export function TopicView({ data, problem, follow, followOf }: TopicViewProps) {
  const t = useT("forums", en);
  const { locale } = useLanguage();
  const { topic, facts, rights, answer } = data;
  const path = topicPath(topic);
  const isMember = rights.viewerId !== null;
  const writes = data.replyRefusal === null;
  const [answering, setAnswering] = useState<Answering | null>(data.answering);
  const [quote, setQuote] = useState<PostToQuote | null>(null);
  const [isDocked, setDocked] = useState(false);
  const [selected, dropSelection] = useQuoteSelection(writes || rights.captures);

  const onAnswer = useCallback((post: Answering, words: string | null) => {
    setAnswering(post);
    if (words) setQuote({ postId: post.id, topicId: topic.id, postNumber: post.number, username: post.username, text: words });
    setDocked(true);
  }, [topic.id]);

  const onQuoteTaken = useCallback(() => setQuote(null), []);

  const onRead = useCallback((number: number) => {
    if (isMember) void fetch(`${path}/read`, { method: "POST", body: new URLSearchParams({ number: String(number) }), keepalive: true }).catch(() => null);
  }, [isMember, path]);

  useArrival(data.arrivesAt);

  const lead = topic.kind === "idea" || topic.kind === "question"
    ? <VoteButton path={path} kind={topic.kind} count={topic.voteCount} hasVoted={facts.hasVoted} refusal={data.voteRefusal} t={t} />
    : null;

  return (
    <Page aside={<TopicRail data={data} path={path} follow={follow} t={t} />} asideOf={{ topic, participants: facts.participants, timeline: data.timeline, asked: data.window.asked, followOf, ago: [topic.createdAt, topic.lastPostAt].map((at) => relativeTime(at, locale)) }}>
      <TopicHeader topic={topic} facts={facts} path={path} moderates={rights.moderates} t={t} />
      <PostStream data={data} path={path} lead={lead} afterOpening={answer && <AcceptedAnswer answer={answer} topicPath={path} t={t} />} onAnswer={onAnswer} onRead={onRead} t={t} />
      {writes
        ? <Composer data={data} problem={problem} path={path} answering={answering} onAnswering={setAnswering} quote={quote} onQuoteTaken={onQuoteTaken} isDocked={isDocked} onDock={setDocked} t={t} />
        : <NoReply refusal={data.replyRefusal!} isGuest={!isMember} path={path} t={t} />}
      {selected && (
        <div className="quote-selection flex gap-1" style={{ left: selected.x, top: selected.y }}>
          {writes && (
            <button
              type="button"
              className={buttonClass("primary", "small")}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => { onAnswer({ id: selected.postId, number: selected.number, username: selected.username, name: `@${selected.username}` }, selected.words); dropSelection(); }}
            >
              <Icon name="quote" size={15} />{t("quoteSelection")}
            </button>
          )}
          {rights.captures && <a href={`${path}/${selected.number}/capture?quote=${encodeURIComponent(selected.words.slice(0, 2000))}`} className={buttonClass("plain", "small")}><Icon name="sparkles" size={15} />{t("capture")}</a>}
        </div>
      )}
    </Page>
  );
}
