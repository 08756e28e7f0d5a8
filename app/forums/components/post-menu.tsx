import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import type { PostView } from "../topic-page.ts";
import type { PostActs } from "./post-rights.ts";
import type { T } from "./post-words.ts";

type PostMenuProps = { post: PostView; path: string; topicPath: string; acts: PostActs; t: T };

/** The rarer acts on a post. Nothing at all for whom there are none. */
export function PostMenu({ post, path, topicPath, acts: { edits, accepts, restores, purges, captures, makesPages, isAnswer, hasAnswer }, t }: PostMenuProps) {
  const { number } = post;
  const hasReactions = Object.values(post.reactions).some((count) => count > 0);
  if (!captures && !makesPages && !hasReactions && !edits && !accepts && post.revision === 1 && !restores) return null;
  return (
    <>
      {accepts && !hasAnswer && <PostForm action={`${path}/accept`} icon="check" label={t("acceptAnswer")} />}
      <details data-menu className="relative inline-block">
        <summary className="act" aria-label={t("moreOf", { number })}><Icon name="ellipsis" size={17} /></summary>
        <div className="menu-panel menu-list right-0 max-sm:right-auto max-sm:left-0">
          {edits && <a href={`${path}/edit`} className="act"><Icon name="pencil" size={16} />{t("edit")}</a>}
          {edits && number === 1 && <a href={`${topicPath}/edit`} className="act"><Icon name="tag" size={16} />{t("editTitleAndPlace")}</a>}
          {captures && <a href={`${path}/capture`} className="act"><Icon name="sparkles" size={16} />{t("capture")}</a>}
          {makesPages && <a href={`${number === 1 ? topicPath : path}/promote`} className="act"><Icon name="book-open" size={16} />{t(number === 1 ? "makePageOfTopic" : "makePage")}</a>}
          {hasReactions && <a href={`${path}/reactions`} className="act"><Icon name="users" size={16} />{t("whoReacted")}</a>}
          {post.revision > 1 && <a href={`${path}/history`} className="act"><Icon name="history" size={16} />{t("history")}</a>}
          {accepts && !isAnswer && hasAnswer && <PostForm action={`${path}/accept`} icon="check" label={t("acceptAnswer")} />}
          {accepts && isAnswer && <PostForm action={`${path}/unaccept`} icon="undo-2" label={t("unacceptAnswer")} />}
          {edits && <a href={`${path}/remove`} className="act act-danger"><Icon name="trash-2" size={16} />{t("remove")}</a>}
          {restores && <PostForm action={`${path}/restore`} icon="rotate-ccw" label={t("restore")} />}
          {purges && <a href={`${path}/purge`} className="act act-danger"><Icon name="eraser" size={16} />{t("purge")}</a>}
        </div>
      </details>
    </>
  );
}

function PostForm({ action, icon, label }: { action: string; icon: IconName; label: string }) {
  return <form method="post" action={action} data-act className="contents"><button className="act"><Icon name={icon} size={16} />{label}</button></form>;
}
