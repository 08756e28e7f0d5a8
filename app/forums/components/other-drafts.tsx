import { Notice } from "#app/ui/notice.tsx";
import { Time } from "#app/ui/time.tsx";
import type { T } from "./post-words.ts";

type OtherDraftsProps = { offers: { id: number; updatedAt: Date }[]; hrefOf: (draftId: number) => string; t: T };

/** Texts for the same place that lost a race against the one in the form, such as one from a phone without network. */
export function OtherDrafts({ offers, hrefOf, t }: OtherDraftsProps) {
  if (offers.length === 0) return null;
  return (
    <Notice className="mb-4">
      <p>{t("otherDraft")}</p>
      <ul>
        {/* The page is loaded anew: the form is begun once, from one text. */}
        {offers.map(({ id, updatedAt }) => <li key={id}><a href={hrefOf(id)} className="font-medium underline underline-offset-2">{t("useOtherDraft")}</a> <Time at={updatedAt} className="text-ink-soft" /></li>)}
      </ul>
    </Notice>
  );
}
