import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "./words.ts";

type Offer = { id: number; title: string; updatedAt: Date };

/** Texts that were begun and are not posted: each can be taken up again, none is put in front of another. */
export function DraftOffers({ offers }: { offers: Offer[] }) {
  const t = useT("forums", en);
  if (offers.length === 0) return null;
  return (
    <Notice title={t("draft.offer", { count: offers.length })} className="mb-6">
      <ul>
        {offers.map((offer) => (
          <li key={offer.id}>
            <Link to={`/new-topic?draft=${offer.id}`} reloadDocument className="font-medium underline underline-offset-2">{offer.title || t("draft.untitled")}</Link>{" "}
            <Time at={offer.updatedAt} className="text-ink-soft" />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
