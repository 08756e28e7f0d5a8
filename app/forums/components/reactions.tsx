import { Icon } from "#app/ui/icon.tsx";
import type { PostView } from "../topic-page.ts";
import { reactionKinds, reactionLooks, type T } from "./post-words.ts";

type ReactionsProps = { post: PostView; path: string; may: boolean; t: T };

/** What people felt about a post, each kind with its count; a press adds or takes back one's own. */
export function ReactionChips({ post, path, may, t }: ReactionsProps) {
  const shown = reactionKinds.filter((kind) => (post.reactions[kind] ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <form method="post" action={`${path}/react`} data-act className="chips">
      {shown.map((kind) => {
        const isMine = post.mine.includes(kind);
        const label = t("reactionCount", { kind: t(reactionLooks[kind].label), count: post.reactions[kind]! });
        return (
          <button key={kind} name={isMine ? "off" : "on"} value={kind} disabled={!may} aria-pressed={isMine} aria-label={label} title={label} data-kind={kind} className="chip">
            <Icon name={reactionLooks[kind].icon} size={15} />{post.reactions[kind]}
          </button>
        );
      })}
    </form>
  );
}

/** The six kinds, behind one button. */
export function ReactionPalette({ post, path, t }: Omit<ReactionsProps, "may">) {
  return (
    <details data-menu className="relative inline-block">
      <summary className="act" aria-label={t("reactTo", { number: post.number })}><Icon name="smile" size={17} />{t("react")}</summary>
      <form method="post" action={`${path}/react`} data-act className="menu-panel palette left-0">
        {reactionKinds.map((kind) => {
          const { icon, label } = reactionLooks[kind];
          const isMine = post.mine.includes(kind);
          return <button key={kind} name={isMine ? "off" : "on"} value={kind} aria-pressed={isMine} aria-label={t(label)} title={t(label)} className="act"><Icon name={icon} size={20} /></button>;
        })}
      </form>
    </details>
  );
}
