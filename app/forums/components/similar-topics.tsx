import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { useOffers } from "#app/ui/use-offers.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import en from "./words.ts";
import { topicPath } from "../paths.ts";
import { KindMark } from "./kind-mark.tsx";

/** A topic that may be what someone is about to write. */
export type SimilarTopic = {
  id: number; slug: string; title: string; kind: TopicKind; isSolved: boolean; voteCount: number; replyCount: number;
  /** Whether they have said already that it is theirs too. */
  hasVoted: boolean;
  mayVote: boolean;
};

/** How long the fingers must rest before the server is asked, in milliseconds. */
const PAUSE = 250;

/**
 * Topics like the one being written, each with a way to say "this is mine too" instead of writing it again. It stands
 * inside the form, so its buttons belong to forms of their own, which `VoteForms` holds.
 */
export function SimilarTopics({ topics }: { topics: SimilarTopic[] }) {
  const t = useT("forums", en);
  return (
    <section aria-label={t("similar.title")} aria-live="polite" className={topics.length === 0 ? "sr-only" : undefined}>
      {topics.length > 0 && (
        <div className="rounded-md border border-line bg-sunken px-4 py-3">
          <h2 className="text-sm font-semibold">{t("similar.title")}</h2>
          <ul className="mt-1 divide-y divide-line">
            {topics.map((topic) => (
              <li key={topic.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <KindMark kind={topic.kind} isSolved={topic.isSolved} size={18} />
                <span className="min-w-0 flex-1 basis-60">
                  <a href={topicPath(topic)} target="_blank" rel="noopener" className="font-medium hover:underline">{topic.title}<span className="sr-only"> ({t("similar.newTab")})</span></a>
                  <span className="block text-sm text-ink-soft tabular">{t("replies", { count: topic.replyCount })}{(topic.kind === "idea" || topic.kind === "question") && topic.voteCount > 0 && <> · {t("similar.have", { count: topic.voteCount })}</>}</span>
                </span>
                {topic.hasVoted ? (
                  <span className="inline-flex items-center gap-1 text-sm text-ink-soft"><Icon name="check" size={16} />{t("similar.yours")}</span>
                ) : topic.mayVote ? (
                  <button form={`same-${topic.id}`} className="inline-flex min-h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-3 text-sm font-medium hover:bg-raised touch:min-h-11"><Icon name="arrow-up" size={16} />{t("similar.mine")}</button>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** A vote is a form of its own, and forms do not stand in each other. */
export function VoteForms({ topics }: { topics: SimilarTopic[] }) {
  return topics.filter(({ mayVote }) => mayVote).map((topic) => (
    <form key={topic.id} id={`same-${topic.id}`} method="post" action={`${topicPath(topic)}/vote`} hidden><input type="hidden" name="on" value="1" /></form>
  ));
}

/** What is like the title, asked for while it is written. `first` is what the server knew when it made the page. */
export function useSimilarTopics(title: string, first: SimilarTopic[]): SimilarTopic[] {
  const isTooShort = title.trim().split(/\s+/).join("").length < 3;
  return useOffers(isTooShort ? null : `/similar-topics?title=${encodeURIComponent(title.slice(0, 200))}`, (answer: { similar: SimilarTopic[] }) => answer.similar, { pauseMs: PAUSE, first });
}
