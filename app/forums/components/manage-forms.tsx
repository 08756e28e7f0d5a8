import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import type { IdeaStatus } from "#db/schema/forums.ts";
import type { ManagedTopic } from "../routes/manage-topic.tsx";
import { statusLooks, type AllT as T } from "./post-words.ts";

/** One section for each thing that can be done to the topic, as it stands now. */
export function ManageForms({ data: { topic, path, moderates, makesPages, pinsSite }, t }: { data: ManagedTopic; t: T }) {
  return (
    <div className="divide-y divide-line">
      {topic.kind === "idea" && (
        <Section title={t("manageStatus")} hint={t("manageStatusHint")}>
          <Form method="post" action={`${path}/status`} className="grid gap-3 sm:grid-cols-[180px_minmax(0,1fr)_auto] sm:items-end">
            <Select name="status" label={t("statusLabel")} defaultValue={topic.ideaStatus}>
              {(Object.keys(statusLooks) as IdeaStatus[]).map((status) => <option key={status} value={status}>{t(statusLooks[status].label)}</option>)}
            </Select>
            <Field name="reason" label={t("statusReason")} defaultValue={topic.ideaStatusReason} maxLength={300} />
            <Button>{t("setStatus")}</Button>
          </Form>
        </Section>
      )}
      {moderates && (
        <>
          <Section title={t("manageClose")} hint={t("manageCloseHint")}>
            {topic.isClosed ? <Act action={`${path}/reopen`}>{t("reopenNow")}</Act> : (
              <div className="space-y-4">
                <Form method="post" action={`${path}/close`} className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end"><Field name="reason" label={t("closeReason")} maxLength={300} /><Button>{t("closeNow")}</Button></Form>
                <Form method="post" action={`${path}/auto-close`} className="space-y-3 border-t border-line pt-4">
                  <Field name="at" type="datetime-local" label={t("autoCloseLabel")} hint={t("autoCloseHint")} defaultValue={topic.autoCloseAt?.toISOString().slice(0, 16)} />
                  <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end"><Field name="reason" label={t("closeReason")} maxLength={300} defaultValue={topic.autoCloseAt ? topic.lockedReason : ""} /><Button>{t("autoCloseSet")}</Button></div>
                </Form>
              </div>
            )}
          </Section>
          <Section title={t("managePin")} hint={t("managePinHint")}>
            {topic.pinScope ? <Act action={`${path}/unpin`}>{t("unpinNow")}</Act> : (
              <Form method="post" action={`${path}/pin`} className="grid gap-3 sm:grid-cols-[200px_minmax(0,1fr)_auto] sm:items-end">
                <Select name="scope" label={t("pinScopeLabel")}>
                  <option value="category">{t("pinCategory")}</option>
                  <option value="division">{t("pinDivision")}</option>
                  {pinsSite && <option value="site">{t("pinSite")}</option>}
                </Select>
                <Field name="until" type="date" label={t("pinUntil")} />
                <Button>{t("pinNow")}</Button>
              </Form>
            )}
          </Section>
          <Section title={t("manageBanner")} hint={t("manageBannerHint")}><Act action={`${path}/banner`} on={!topic.isBanner}>{topic.isBanner ? t("bannerOff") : t("bannerOn")}</Act></Section>
          <Section title={t("manageUnlist")} hint={t("manageUnlistHint")}><Act action={`${path}/unlist`} on={!topic.isUnlisted}>{topic.isUnlisted ? t("unlistOff") : t("unlistOn")}</Act></Section>
          <Section title={t("manageArchive")} hint={t("manageArchiveHint")}><Act action={`${path}/archive`} on={!topic.isArchived}>{topic.isArchived ? t("archiveOff") : t("archiveOn")}</Act></Section>
          {makesPages && <Section title={t("manageWiki")} hint={t("manageWikiHint")}><Link to={`${path}/promote`} className={buttonClass("plain")}>{t("makePageOfTopic")}</Link></Section>}
          <Section title={t("manageEdit")}><Link to={`${path}/edit`} className={buttonClass("plain")}>{t("editTitleAndPlace")}</Link></Section>
          <Section title={t("manageRemove")} hint={t("manageRemoveHint")}>
            {topic.isPurged ? <p className="text-sm text-ink-soft">{t("erasedForGood")}</p> : topic.isRemoved ? (
              <div className="flex flex-wrap gap-2">
                <Act action={`${path}/restore`}>{t("restoreTopicNow")}</Act>
                <Link to={`${path}/purge`} className={buttonClass("danger")}>{t("purgeTopicNow")}</Link>
              </div>
            ) : (
              <Form method="post" action={`${path}/remove`} className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end"><Field name="reason" label={t("removeReason")} maxLength={300} /><Button look="danger">{t("removeTopicNow")}</Button></Form>
            )}
          </Section>
        </>
      )}
    </div>
  );
}

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-3 py-6 first:pt-0 sm:grid-cols-[220px_minmax(0,1fr)]">
      <div><h2 className="font-semibold">{title}</h2>{hint && <p className="text-sm text-ink-soft">{hint}</p>}</div>
      <div>{children}</div>
    </section>
  );
}

function Act({ action, on, children }: { action: string; on?: boolean; children: ReactNode }) {
  return <Form method="post" action={action}>{on !== undefined && <input type="hidden" name="on" value={on ? "1" : ""} />}<Button>{children}</Button></Form>;
}
