import { useLanguage } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { fullDate } from "#app/ui/time.tsx";
import type { Tombstone } from "../topic-page.ts";
import { BackLink, type WayBack } from "./back-link.tsx";
import type { T } from "./post-words.ts";

/** What is left of a removed post for those who do not keep order: its place. */
export function GonePost({ post: { number, canRestore, erased }, topicPath, back, t }: { post: Tombstone; topicPath: string; back?: WayBack; t: T }) {
  return (
    <div id={`post-${number}`} data-number={number} className="post-removed">
      <Icon name={erased ? "eraser" : "trash-2"} size={16} />
      {erased ? <ErasedWords {...erased} t={t} /> : <span>{canRestore ? t("yourPostRemoved") : t("postRemoved")}</span>}
      {canRestore && (
        <form method="post" action={`${topicPath}/${number}/restore`} data-act><button className="act"><Icon name="undo-2" size={16} />{t("restore")}</button></form>
      )}
      {back && <BackLink {...back} t={t} />}
      <span className="ml-auto text-xs tabular">#{number}</span>
    </div>
  );
}

/** When something was erased, and why. */
export function ErasedWords({ at, reason, t }: { at: Date; reason: string; t: T }) {
  const { locale, timeZone } = useLanguage();
  return <span className="min-w-0 flex-1 basis-48">{t("erasedBecause", { when: fullDate(at, locale, timeZone), reason })}</span>;
}
