import { Form, Link } from "@remix-run/react";
import { Button } from "#app/ui/button.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import en from "../messages/en.json";

export type Notices = {
  path: string;
  page: { id: number; slug: string; title: string; revision: number; publishedRevision: number; editedAt: Date; removedAt: Date | null; removedReason: string; isTemplate: boolean; reviewAskedAt: Date | null; reviewNote: string };
  owner: { username: string; name: string } | null;
  verified: { until: string; isOverdue: boolean; by: string | null } | null;
  may: { edit: boolean; care: boolean; moderate: boolean; remove: boolean; review: boolean };
};

/** What a reader should know before they trust the page, and what those who keep it should do. */
export function PageNotices({ data: { path, page, owner, verified, may } }: { data: Notices }) {
  const t = useT("wikis", en);
  const isDraft = page.publishedRevision === 0;
  const hasDraft = page.revision > page.publishedRevision;
  return (
    <div className="mb-6 space-y-3 empty:hidden" data-print="no">
      {page.removedAt && <Notice tone="danger" title={t("isRemoved")}>{page.removedReason}</Notice>}
      {isDraft && !page.removedAt && <Notice title={t("isDraft")}>{t("isDraftHint")}</Notice>}
      {page.isTemplate && <Notice>{t("isTemplate")}</Notice>}
      {may.edit && hasDraft && page.reviewAskedAt && <Notice title={t("waitsForReview")}>{may.review && <Link to={`${path}/review`} className="font-medium underline underline-offset-2">{t("reviewNow")}</Link>}</Notice>}
      {may.edit && hasDraft && page.reviewNote && <Notice tone="warning" title={t("sentBack")}><p className="whitespace-pre-line">{page.reviewNote}</p></Notice>}
      {may.edit && hasDraft && !isDraft && !page.reviewAskedAt && <Notice title={t("hasDraft")}><Link to={`${path}/review`} className="font-medium underline underline-offset-2">{t("seeDraft")}</Link></Notice>}
      {verified?.isOverdue && (
        <Notice tone="warning" title={t("isOverdue")}>
          <p>{t("isOverdueHint", { day: new Date(`${verified.until}T12:00Z`), owner: owner?.name ?? "none" })}</p>
          {may.care && <Form method="post" action={`${path}/verify`} className="mt-2"><input type="hidden" name="days" value="180" /><Button size="small">{t("stillTrue")}</Button></Form>}
        </Notice>
      )}
    </div>
  );
}
