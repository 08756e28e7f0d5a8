import { Link, useFetcher, useLocation } from "@remix-run/react";
import { useEffect, useRef, useState, type RefObject } from "react";
import type { Problem } from "#app/core/http.ts";
import { cx } from "#app/ui/class-names.ts";
import type { PostToQuote } from "#app/ui/editor/quote.ts";
import { Icon } from "#app/ui/icon.tsx";
import { useFetched } from "#app/ui/use-fetched.ts";
import type { Draft } from "#app/core/drafts.ts";
import { OtherDrafts } from "./other-drafts.tsx";
import type { T } from "./post-words.ts";
import { ReplyForm } from "./reply-form.tsx";

export type Answering = { id: number; number: number; username: string; name: string };

/** What is written here, and where it goes. */
export type Writing = {
  /** Where it is sent, and where the page with the form is. */
  path: string;
  draftKey: string;
  draft: { current: Draft | null; conflicts: Draft[] } | null;
  /** The number the server gave the form. */
  key: string | null;
  /** The post that a form without scripts was opened for. */
  answering: (Answering & { quote: string | null }) | null;
  /** The page around a post, for forms without scripts. */
  hrefOf: (postNumber: number) => string;
  heading: string;
  label: string;
  placeholder: string;
  send: string;
};

type ComposerProps = {
  writing: Writing;
  /** What was refused, for browsers without scripts. */
  problem: Problem | undefined;
  /** Set by the stream when someone wants to answer a post. */
  answering: Answering | null;
  onAnswering: (answering: Answering | null) => void;
  /** A quote to put into the text. */
  quote: PostToQuote | null;
  onQuoteTaken: () => void;
  isDocked: boolean;
  onDock: (isDocked: boolean) => void;
  t: T;
};

/** Where a reply is written: a plain form at the end of the page, or docked at the foot of the screen while one reads on. */
export function Composer({ writing, problem: refused, answering, onAnswering, quote, onQuoteTaken, isDocked, onDock, t }: ComposerProps) {
  const { path, draft } = writing;
  const fetcher = useFetcher<Problem>({ key: `reply:${path}` });
  const [edition, setEdition] = useState(0);
  const box = useRef<HTMLElement>(null);
  const [refusal, setRefusal] = useState<Problem>();
  const { key } = useLocation();
  /** The step of the history from which a reply is on its way. */
  const sentFrom = useRef<string | null>(null);
  useDockSpace(box, isDocked, answering?.number ?? null);

  // The fetcher itself keeps a refusal when the next try succeeds.
  useFetched(fetcher, (problem) => {
    sentFrom.current = null;
    setRefusal(problem);
  });

  // Posted: the page has gone on to the new post, and the form begins anew.
  useEffect(() => {
    if (sentFrom.current === null || sentFrom.current === key || fetcher.state !== "idle") return;
    sentFrom.current = null;
    setRefusal(undefined);
    setEdition((before) => before + 1);
    onAnswering(null);
    onDock(false);
  });

  const problem = refusal ?? (edition === 0 ? refused : undefined);
  const isFirst = edition === 0;
  return (
    <section id="reply" ref={box} aria-label={writing.heading} className={cx("scroll-mt-20", isDocked ? "dock" : "mt-8 border-t border-line pt-6")}>
      <div className={isDocked ? "dock-inside" : undefined}>
        <div className="mb-2 flex min-h-8 items-center gap-2 text-sm text-ink-soft">
          {answering ? (
            <>
              <Icon name="reply" size={16} />
              <span className="min-w-0 truncate">{t("answering", { name: answering.name, number: answering.number })}</span>
              <Link to={`${writing.hrefOf(answering.number)}#reply`} onClick={(event) => { event.preventDefault(); onAnswering(null); }} className="act" aria-label={t("dropAnswering")} title={t("dropAnswering")}><Icon name="x" size={16} /></Link>
            </>
          ) : <h2 className="font-semibold text-ink">{writing.heading}</h2>}
          {isDocked && <button type="button" onClick={() => onDock(false)} className="act ml-auto" aria-label={t("closeComposer")} title={t("closeComposer")}><Icon name="chevron-down" size={18} /></button>}
        </div>
        {isFirst && !problem && <OtherDrafts offers={draft?.conflicts ?? []} hrefOf={(id) => `${path}?draft=${id}#reply`} t={t} />}
        <ReplyForm
          key={edition}
          form={fetcher.Form}
          writing={writing}
          onSend={() => (sentFrom.current = key)}
          sending={fetcher.state !== "idle"}
          problem={problem}
          answering={answering}
          kept={isFirst ? (draft?.current ?? null) : null}
          start={isFirst ? (problem?.values.body ?? startOf(writing)) : ""}
          formKey={isFirst ? writing.key! : undefined}
          quote={quote}
          onQuoteTaken={onQuoteTaken}
          t={t}
        />
      </div>
    </section>
  );
}

function startOf({ answering, draft }: Writing): string {
  const kept = draft?.current?.body ?? "";
  return answering?.quote ? `${answering.quote}${kept}` : kept;
}

/** Leaves room for the dock below the page, and keeps the post that is answered above it. */
function useDockSpace(box: RefObject<HTMLElement>, isDocked: boolean, number: number | null): void {
  useEffect(() => {
    const element = box.current;
    if (!isDocked || !element) return;
    const fit = () => {
      document.body.style.paddingBottom = `${element.offsetHeight}px`;
      const post = number && document.getElementById(`post-${number}`)?.getBoundingClientRect();
      const top = element.getBoundingClientRect().top;
      if (post && post.bottom > top - 8) window.scrollBy({ top: Math.min(post.bottom - top + 8, post.top - 72), behavior: "instant" });
    };
    const frame = requestAnimationFrame(() => {
      fit();
      element.querySelector<HTMLElement>("[contenteditable=true], textarea")?.focus({ preventScroll: true });
    });
    const observer = new ResizeObserver(() => (document.body.style.paddingBottom = `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      document.body.style.paddingBottom = "";
    };
  }, [box, isDocked, number]);
}
