import type { ReactNode } from "react";
import type { Problem } from "#app/core/http.ts";
import { useLanguage, useT } from "#app/ui/i18n.tsx";
import { Page } from "#app/ui/page.tsx";
import { relativeTime } from "#app/ui/time.tsx";
import en from "../messages/en.json";
import { topicPath } from "../paths.ts";
import type { TopicPageData } from "../topic-page-data.ts";
import { AcceptedAnswer } from "./accepted-answer.tsx";
import { Conversation } from "./conversation.tsx";
import { useLiveFacts } from "./live-stream.ts";
import { TopicHeader } from "./topic-header.tsx";
import { TopicRail } from "./topic-rail.tsx";
import { VoteButton } from "./vote-button.tsx";

type TopicViewProps = { data: TopicPageData; problem: Problem | undefined; /** How closely to follow it: the area that tells people brings it. */ follow: ReactNode; /** What `follow` is made of. */ followOf: unknown };

/** A topic's page. */
export function TopicView({ data, problem, follow, followOf }: TopicViewProps) {
  const t = useT("forums", en);
  const { locale } = useLanguage();
  const { facts, subject, rights, answer } = data;
  const [topic, onFacts] = useLiveFacts(data.topic);
  const path = topicPath(topic);
  const lead = topic.kind === "idea" || topic.kind === "question"
    ? <VoteButton path={path} kind={topic.kind} count={topic.voteCount} hasVoted={facts.hasVoted} isOwn={topic.authorId === rights.viewerId} refusal={data.voteRefusal} t={t} />
    : null;

  return (
    <Page aside={<TopicRail data={{ ...data, topic }} path={path} follow={follow} t={t} />} asideOf={{ topic, participants: facts.participants, timeline: data.timeline, asked: data.window.asked, followOf, ago: [topic.createdAt, topic.lastPostAt].map((at) => relativeTime(at, locale)) }}>
      <TopicHeader topic={topic} facts={facts} subject={subject} madePages={data.madePages} path={path} moderates={rights.moderates} t={t} />
      <Conversation
        data={data}
        writing={{ path, draftKey: `reply:${topic.id}`, draft: data.draft, key: data.key, answering: data.answering, hrefOf: (number) => `${path}/${number}`, heading: t("replyHeading"), label: t("yourReply"), placeholder: t("writeReply"), send: t("sendReply") }}
        path={path}
        lead={lead}
        afterOpening={answer && <AcceptedAnswer answer={answer} topicPath={path} t={t} />}
        problem={problem}
        onFacts={onFacts}
        t={t}
      />
    </Page>
  );
}
