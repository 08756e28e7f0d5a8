import { useCallback, useState, type ReactNode } from "react";
import type { Problem } from "#app/core/http.ts";
import { buttonClass } from "#app/ui/button.tsx";
import type { PostToQuote } from "#app/ui/editor/quote.ts";
import { Icon } from "#app/ui/icon.tsx";
import { ComposerWhenNeeded } from "./composer-when-needed.tsx";
import type { Answering, Writing } from "./composer.tsx";
import type { LiveFacts } from "./live-stream.ts";
import { NoReply } from "./no-reply.tsx";
import { PostStream, type StreamData } from "./post-stream.tsx";
import type { T } from "./post-words.ts";
import { useArrival } from "./use-arrival.ts";
import { useQuoteSelection } from "./use-quote-selection.ts";

/** Talk that nobody has begun: there is no topic yet, and only the form. */
type NothingSaid = { topic: null; isMember: boolean };

type ConversationProps = {
  data: { replyRefusal: string | null } & (StreamData | NothingSaid);
  writing: Writing;
  /** The topic's address. */
  path: string;
  /** The address of what it is the talk about, where that is the page. */
  home?: string;
  /** Under the opening post: votes, the accepted answer. */
  lead?: ReactNode;
  afterOpening?: ReactNode;
  problem: Problem | undefined;
  onFacts?: (facts: LiveFacts) => void;
  t: T;
};

/** The posts and the form to answer them, which work together: a quote of one goes into the other. */
export function Conversation({ data, writing, path, home, lead = null, afterOpening = null, problem, onFacts, t }: ConversationProps) {
  const stream = data.topic ? data : null;
  const topicId = stream?.topic.id ?? 0;
  const isMember = data.topic ? data.rights.viewerId !== null : data.isMember;
  const captures = stream?.rights.captures === true;
  const writes = data.replyRefusal === null;
  const [answering, setAnswering] = useState<Answering | null>(writing.answering);
  const [quote, setQuote] = useState<PostToQuote | null>(null);
  const [isDocked, setDocked] = useState(false);
  const [selected, dropSelection] = useQuoteSelection(writes || captures);

  const onAnswer = useCallback((post: Answering, words: string | null) => {
    setAnswering(post);
    if (words) setQuote({ postId: post.id, topicId, postNumber: post.number, username: post.username, text: words });
    setDocked(true);
  }, [topicId]);

  const onQuoteTaken = useCallback(() => setQuote(null), []);

  const onRead = useCallback((number: number) => {
    if (isMember) void fetch(`${path}/read`, { method: "POST", body: new URLSearchParams({ number: String(number) }), keepalive: true }).catch(() => null);
  }, [isMember, path]);

  useArrival(stream?.arrivesAt ?? null);

  return (
    <>
      {stream && <PostStream data={stream} path={path} home={home} lead={lead} afterOpening={afterOpening} onAnswer={onAnswer} onRead={onRead} onFacts={onFacts} t={t} />}
      {writes
        ? <ComposerWhenNeeded writing={writing} problem={problem} answering={answering} onAnswering={setAnswering} quote={quote} onQuoteTaken={onQuoteTaken} isDocked={isDocked} onDock={setDocked} t={t} />
        : <NoReply refusal={data.replyRefusal!} isGuest={!isMember} path={home ?? path} t={t} />}
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
          {captures && <a href={`${path}/${selected.number}/capture?quote=${encodeURIComponent(selected.words.slice(0, 2000))}`} className={buttonClass("plain", "small")}><Icon name="sparkles" size={15} />{t("capture")}</a>}
        </div>
      )}
    </>
  );
}
