import { useT } from "./i18n.tsx";
import en from "./words.ts";
import { Notice } from "./notice.tsx";
import { Time } from "./time.tsx";

type Kept = { id: number; updatedAt: Date };
type DraftNoticesProps = { /** The text the form begins with, when it was not saved. */ draft: Kept | null; /** What else was written here and not saved. */ others: Kept[]; /** The address of the form. */ path: string };

const link = "font-medium underline underline-offset-2";

/** Says that a form begins with what was not saved, and which other texts wait. Whole pages are loaded: the form must begin anew. */
export function DraftNotices({ draft, others, path }: DraftNoticesProps) {
  const t = useT("ui", en);
  const at = (search: string) => `${path}${path.includes("?") ? "&" : "?"}${search}`;
  return (
    <>
      {draft && <Notice className="mb-4"><p>{t("draft.takenUp")} <Time at={draft.updatedAt} />. <a href={at("fresh=1")} className={link}>{t("draft.startFresh")}</a></p></Notice>}
      {others.length > 0 && (
        <Notice className="mb-4">
          <p>{t("draft.others", { count: others.length })}</p>
          <ul>
            {others.map(({ id, updatedAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4">
                <Time at={updatedAt} className="text-ink-soft" />
                <a href={at(`draft=${id}`)} className={link}>{t("draft.useOther")}</a>
                <form method="post" action={`/drafts/${id}/discard`}>
                  <input type="hidden" name="next" value={draft ? path : at("fresh=1")} />
                  <button className={link}>{t("draft.throwAway")}</button>
                </form>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
