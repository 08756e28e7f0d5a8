import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { listDraftsWithPlaces } from "../draft-places.ts";
import en from "../components/words.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => ({
  drafts: await listDraftsWithPlaces(db, requireMember(viewer)),
  title: translate(viewer.locale, "forums.drafts"),
}));

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function DraftsPage() {
  const { drafts, title } = useLoaderData<typeof loader>();
  const t = useT("forums", en);
  return (
    <Page>
      <PageHeader title={title} lead={t("draftsLead")} />
      {drafts.length === 0 && <EmptyState icon="file-text" title={t("noDrafts")} action={<ButtonLink to="/new-topic" look="primary">{t("startTopic")}</ButtonLink>}>{t("noDraftsHint")}</EmptyState>}
      {drafts.length > 0 && (
        <ul className="border-t border-line">
          {drafts.map((draft) => (
            <li key={draft.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line py-4">
              <div className="min-w-0 flex-1 basis-72">
                <p className="text-xs text-ink-faint">{t(`draft.kind.${draft.kind}`)} · <Time at={draft.updatedAt} />{draft.isConflict && <span className="ml-2 rounded bg-warning-soft px-1.5 font-medium text-warning">{t("draft.otherDevice")}</span>}</p>
                <p className="font-semibold">{draft.place ? <Link to={draft.place.href} className="hover:underline">{draft.place.title || t("draft.untitled")}</Link> : t("draft.placeGone")}</p>
                {draft.text && <p className="mt-1 line-clamp-3 text-sm whitespace-pre-line text-ink-soft">{draft.text}</p>}
              </div>
              <div className="flex items-center gap-2">
                {draft.place && <ButtonLink to={draft.place.href} size="small">{t("draft.continue")}</ButtonLink>}
                <ConfirmButton action={`/drafts/${draft.id}/discard`} label={t("draft.discard")} look="quiet" question={t("draft.discardQuestion")} confirm={t("draft.discard")} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
