import { Icon } from "#app/ui/icon.tsx";
import { cx } from "#app/ui/class-names.ts";
import type { T } from "./post-words.ts";

type VoteButtonProps = { path: string; kind: "idea" | "question"; count: number; hasVoted: boolean; /** Whether the viewer wrote the topic. */ isOwn: boolean; refusal: string | null; t: T };

/** One vote for each member: for an idea to come true, or to say that a question is theirs too. */
export function VoteButton({ path, kind, count, hasVoted, isOwn, refusal, t }: VoteButtonProps) {
  // Whoever asked has the question: others may say so, and they read how many did.
  if (kind === "question" && isOwn && !hasVoted) return count > 0 ? <p className="mt-5 text-sm tabular text-ink-soft">{t("othersAsk", { count })}</p> : null;
  return (
    <form method="post" action={`${path}/vote`} data-act className="mt-5 flex items-center gap-3">
      <input type="hidden" name="on" value={hasVoted ? "" : "1"} />
      <button
        disabled={refusal !== null}
        title={refusal ?? undefined}
        aria-pressed={hasVoted}
        className={cx("inline-flex min-h-10 items-center gap-2 rounded-md border px-4 text-sm font-semibold touch:min-h-11 disabled:opacity-60", hasVoted ? "border-accent bg-accent-soft text-accent-strong" : "border-line-strong bg-surface text-ink not-disabled:hover:bg-sunken")}
      >
        <Icon name={hasVoted ? "check" : "arrow-up"} size={17} />
        {hasVoted ? t("voted") : kind === "idea" ? t("vote") : t("sameQuestion")}
      </button>
      <span className="text-sm tabular text-ink-soft">{t("voteCount", { count })}</span>
    </form>
  );
}
