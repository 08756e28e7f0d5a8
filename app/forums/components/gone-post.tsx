import { Icon } from "#app/ui/icon.tsx";
import type { Tombstone } from "../topic-page.ts";
import type { T } from "./post-words.ts";

/** What is left of a removed post for those who do not keep order: its place. */
export function GonePost({ post: { number, canRestore }, topicPath, t }: { post: Tombstone; topicPath: string; t: T }) {
  return (
    <div id={`post-${number}`} data-number={number} className="post-removed">
      <Icon name="trash-2" size={16} />
      <span>{canRestore ? t("yourPostRemoved") : t("postRemoved")}</span>
      {canRestore && (
        <form method="post" action={`${topicPath}/${number}/restore`} data-act><button className="act"><Icon name="undo-2" size={16} />{t("restore")}</button></form>
      )}
      <span className="ml-auto text-xs tabular">#{number}</span>
    </div>
  );
}
