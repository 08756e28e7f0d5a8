import { Link, useNavigate } from "@remix-run/react";
import { Fragment, type FormEvent, type MouseEvent, type ReactNode } from "react";
import { buttonClass } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { showToast } from "#app/ui/toast.tsx";
import { commentPath } from "../paths.ts";
import type { TopicPageData } from "../topic-page-data.ts";
import { GonePost } from "./gone-post.tsx";
import { PostArticle } from "./post-article.tsx";
import { useKnownState, useLiveStream, type LiveFacts } from "./live-stream.ts";
import { LiveStrip, NewPosts } from "./live-strip.tsx";
import type { Rights } from "./post-rights.ts";
import type { T } from "./post-words.ts";
import { useActs } from "./use-acts.ts";
import { useCopyCode } from "./use-copy-code.ts";
import { usePosition } from "./use-position.ts";
import { usePostStream, type StreamPost } from "./use-post-stream.ts";

/** What a stretch of a topic's posts is shown from. */
export type StreamData = Pick<TopicPageData, "posts" | "window" | "continueAt" | "arrivesAt" | "cameFrom" | "acceptedNumber" | "rights" | "prefersPages"> & { topic: Pick<TopicPageData["topic"], "id" | "version" | "lastPostNumber"> };

type PostStreamProps = {
  data: StreamData;
  path: string;
  /** The address of what it is the talk about, where that is the page: posts are linked there, and the opening is left out. */
  home?: string;
  /** Under the opening post: votes, the accepted answer. */
  lead: ReactNode;
  afterOpening: ReactNode;
  onAnswer: (post: { id: number; number: number; username: string; name: string }, quote: string | null) => void;
  /** Told the highest number that has been read. */
  onRead: (number: number) => void;
  /** Told how many posts there are and when the last came, when that changes. */
  onFacts?: (facts: LiveFacts) => void;
  t: T;
};

const PAGE = 20;
/** As in read-talk.ts, which browsers do not load. */
const FIRST_COMMENT = 2;

/** The talk itself, growing both ways. One listener serves the links and forms of all posts. */
export function PostStream({ data, path, home, lead, afterOpening, onAnswer, onRead, onFacts, t }: PostStreamProps) {
  const { topic, window: asked, continueAt, prefersPages } = data;
  const [known, setKnown] = useKnownState(topic);
  const stream = usePostStream(path, home ? FIRST_COMMENT : 1, { posts: data.posts, first: asked.first, last: asked.last }, known.lastPostNumber, { as: prefersPages ? "paged" : "growing", viewerId: data.rights.viewerId });
  const live = useLiveStream({ path, topicId: topic.id, stream, known, onKnown: (facts) => { setKnown(facts); onFacts?.(facts); } });
  usePosition({ path, address: home ? null : path, loaded: stream.posts.length, onRead });
  const send = useActs(stream.refresh);
  const navigate = useNavigate();
  const hrefOf = (number: number) => (home ? commentPath(home, number) : `${path}/${number}`);
  const { cameFrom } = data;
  const backFrom = (number: number) => (number === asked.asked && cameFrom ? { href: hrefOf(cameFrom), shown: home ? cameFrom - 1 : cameFrom } : undefined);
  const rights: Rights = { ...data.rights, acceptedNumber: data.acceptedNumber };
  useCopyCode(stream.posts, t("copyCode"), t("copied"));

  function onSubmit(event: FormEvent<HTMLDivElement>) {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-act]")) return;
    event.preventDefault();
    send(form, (event.nativeEvent as SubmitEvent).submitter);
  }

  function onClick(event: MouseEvent<HTMLDivElement>) {
    const link = (event.target as Element).closest("a");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const { share, reply, quote, replies } = link.dataset;
    const answered = stream.posts.find(({ number }) => number === Number(reply ?? quote ?? replies));
    if (share) {
      event.preventDefault();
      void navigator.clipboard?.writeText(link.href).then(() => showToast({ text: t("linkCopied"), tone: "success" }));
    } else if ((reply || quote) && data.rights.viewerId !== null && answered && !("isGone" in answered)) {
      event.preventDefault();
      const words = quote ? (link.closest(".post")?.querySelector<HTMLElement>("[data-quotable]")?.innerText ?? "") : null;
      onAnswer({ id: answered.id, number: answered.number, username: answered.author.username, name: answered.author.name }, words);
    } else if (replies && showFirstReply(stream.posts, Number(replies))) {
      event.preventDefault();
    } else if (link.origin === window.location.origin && !link.target && !link.hasAttribute("download") && !link.pathname.startsWith("/files/")) {
      event.preventDefault();
      navigate(link.pathname + link.search + link.hash);
    }
  }

  return (
    <div data-stream className="post-stream" onSubmit={onSubmit} onClick={onClick}>
      {stream.hasEarlier && !prefersPages && <More to={hrefOf(Math.max(home ? FIRST_COMMENT : 1, stream.first - PAGE))} rel="prev" busy={stream.isLoading} onMore={stream.loadEarlier} label={stream.isLoading ? t("loadingPosts") : t("showEarlier")} />}
      {stream.posts.map((post) => (
        <Fragment key={post.number}>
          {post.number === continueAt && <p className="continue">{t("continueHere")}</p>}
          {"isGone" in post
            ? <GonePost post={post} topicPath={path} back={backFrom(post.number)} t={t} />
            : <PostArticle post={post} topicPath={path} home={home} rights={rights} arrived={post.number === data.arrivesAt} lead={post.number === 1 ? lead : undefined} back={backFrom(post.number)} t={t} />}
          {post.number === 1 && afterOpening}
        </Fragment>
      ))}
      {stream.hasLater && !prefersPages && <More to={hrefOf(stream.last + 1)} rel="next" busy={stream.isLoading} onMore={stream.loadLater} label={stream.isLoading ? t("loadingPosts") : t("showLater")} />}
      {(prefersPages || topic.lastPostNumber > 3 * PAGE) && (
        <Pager className="mt-6 justify-center" page={Math.ceil(asked.first / PAGE)} pageCount={Math.ceil(topic.lastPostNumber / PAGE)} hrefOf={(page) => (page === 1 ? `${path}/1` : `${path}/${(page - 1) * PAGE + 1}`)} />
      )}
      <LiveStrip {...live} viewerId={data.rights.viewerId} t={t} />
      <NewPosts last={stream.last} beyond={live.newCount} onBeyond={() => navigate(hrefOf(known.lastPostNumber - live.newCount + 1))} t={t} />
    </div>
  );
}

/** A link to the neighbouring page that, with scripts, brings its posts here instead. */
function More({ to, rel, busy, onMore, label }: { to: string; rel: "prev" | "next"; busy: boolean; onMore: () => void; label: string }) {
  return (
    <p className="my-4 flex justify-center">
      <Link to={to} rel={rel} aria-busy={busy || undefined} onClick={(event) => { event.preventDefault(); event.stopPropagation(); onMore(); }} className={buttonClass("plain")}>
        <Icon name={rel === "prev" ? "arrow-up" : "arrow-down"} size={16} />{label}
      </Link>
    </p>
  );
}

/** Goes to the first answer to a post, when it is on the page. */
function showFirstReply(posts: StreamPost[], number: number): boolean {
  const answer = posts.find((post) => !("isGone" in post) && post.replyTo?.number === number);
  const element = answer && document.getElementById(`post-${answer.number}`);
  element?.scrollIntoView({ block: "start" });
  element?.focus({ preventScroll: true });
  return element !== undefined && element !== null;
}
