import { Link } from "@remix-run/react";
import { useState, type ReactNode } from "react";
import type { Problem } from "#app/core/http.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { useFreshen } from "#app/ui/use-freshen.ts";
import { useLiveRoom } from "#app/ui/use-live-room.ts";
import en from "./words.ts";
import { topicPath } from "../paths.ts";
import type { TalkData } from "../read-talk.ts";
import type { Writing } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import { isNewer, type LiveFacts } from "./live-stream.ts";

type TalkSectionProps = {
  talk: TalkData;
  /** What was refused of a comment sent to this page, for browsers without scripts. */
  problem: Problem | undefined;
  /** Instead of "3 comments". */
  heading?: string;
  /** How closely to follow the talk: the route brings it from the area that tells people. */
  follow?: ReactNode;
};

/** What people say about an article or a page, under it, and the form to say something. */
export function TalkSection({ talk, problem, heading, follow }: TalkSectionProps) {
  const t = useT("forums", en);
  const { topic, rights, path } = talk;
  const writing: Writing = {
    path, draftKey: talk.draftKey, draft: talk.draft, key: talk.key, answering: talk.answering, hrefOf: (number) => `${path}?comment=${number}`,
    heading: t("commentHeading"), label: t("yourComment"), placeholder: t("writeComment"), send: t("sendComment"),
  };
  const [live, onFacts] = useState<LiveFacts | null>(null);
  const count = isNewer(live, topic) ? Math.max(0, live.topic.postCount - 1) : talk.count;
  const isGuest = !talk.isMember;
  const isEmpty = talk.posts.length === 0;
  return (
    <section id="comments" aria-labelledby="comments-heading" className="talk-section scroll-mt-20">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="comments-heading" className="text-lg font-semibold tracking-tight">{heading ?? t("comments", { count })}</h2>
        <span className="ml-auto flex items-center gap-2">
          {follow}
          {topic && rights?.moderates && <Link to={`${topicPath(topic)}/manage`} className={buttonClass("plain", "small")}><Icon name="shield" size={16} />{t("manage")}</Link>}
        </span>
      </div>
      {talk.closed && <p className="my-3 flex items-start gap-2 text-sm text-ink-soft"><Icon name="lock" size={16} className="mt-0.5" />{talk.closed.reason ? t("commentsClosedBecause", talk.closed) : t("commentsClosed")}</p>}
      {isEmpty && <p className="py-4 text-ink-soft">{talk.replyRefusal && talk.isMember ? t("noCommentsClosed") : t("noComments")}</p>}
      {/* One and the same before and after the first comment: whoever is writing then keeps their words. */}
      <Conversation data={{ ...(topic && rights ? { ...talk, topic, rights, continueAt: null, acceptedNumber: null, prefersPages: false } : { topic: null, isMember: talk.isMember }), replyRefusal: isGuest && talk.replyRefusal ? t("signInToComment") : talk.replyRefusal }} writing={writing} path={topic ? topicPath(topic) : path} home={path} problem={problem} onFacts={onFacts} t={t} />
      {!topic && <AwaitFirst categoryId={talk.categoryId} />}
    </section>
  );
}

/** While nobody has said anything: there is no topic to hear yet, so the place is listened to until there is. */
function AwaitFirst({ categoryId }: { categoryId: number }) {
  const freshen = useFreshen();
  useLiveRoom(`category:${categoryId}`, { onListChanged: freshen, onBlind: freshen });
  return null;
}
