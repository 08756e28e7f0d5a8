import { Form, Link } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/class-names.ts";
import type { Translate } from "#app/ui/i18n.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { Time } from "#app/ui/time.tsx";
import type en from "../messages/en.json";
import type { RevisionLine } from "../revisions.ts";

type RevisionListProps = { lines: RevisionLine[]; more: number | null; revision: number; publishedRevision: number; mayEdit: boolean; mayHide: boolean; path: string; shown: number | null; t: Translate<typeof en> };

/** Who saved the page, when and why, the latest first. Two marked ones are compared; each leads to what it changed. */
export function RevisionList({ lines, more, revision, publishedRevision, mayEdit, mayHide, path, shown, t }: RevisionListProps) {
  const address = `${path}/history`;
  return (
    <>
      <Form method="get" action={address} id="compare" className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1"><Button size="small">{t("compareMarked")}</Button><span className="text-sm text-ink-soft">{t("compareHint")}</span></Form>
      <ol className="divide-y divide-line border-y border-line">
        {lines.map((line, index) => (
          <li key={line.revision} className={cx("flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5", line.revision === shown && "bg-accent-soft")}>
            <span className="flex gap-1">
              <input form="compare" type="radio" name="from" value={line.revision} defaultChecked={index === 1} aria-label={t("compareFrom", { number: line.revision })} className="size-4 accent-accent" />
              <input form="compare" type="radio" name="to" value={line.revision} defaultChecked={index === 0} aria-label={t("compareTo", { number: line.revision })} className="size-4 accent-accent" />
            </span>
            <Avatar name={line.by.name} fileId={line.by.avatarFileId} size={24} />
            <span className="min-w-0 flex-1 basis-60 text-sm">
              <Link to={`${address}?to=${line.revision}`} className="font-medium hover:underline">{t("revision", { number: line.revision })}</Link>
              <span className="text-ink-soft"> · <Link to={`/u/${line.by.username}`} className="underline decoration-line-strong underline-offset-2 hover:decoration-current">{line.by.name}</Link> · <Time at={line.at} /></span>
              {line.revision === publishedRevision && <Mark>{t("isShown")}</Mark>}
              {line.revision > publishedRevision && <Mark>{t("draft")}</Mark>}
              {line.isMinor && <Mark>{t("minorMark")}</Mark>}
              {line.isHidden && <Mark>{t("hidden")}</Mark>}
              {line.reason && <span className="block text-ink-soft">{line.reason}</span>}
            </span>
            <span className="flex flex-wrap gap-1">
              {mayEdit && line.revision !== revision && !line.isHidden && <Act path={`${path}/revert`} fields={{ revision: line.revision, base: revision }}>{t("revert")}</Act>}
              {mayHide && line.revision !== revision && line.revision !== publishedRevision && <Act path={`${path}/hide-revision`} fields={{ revision: line.revision, hide: line.isHidden ? "" : "1" }}>{t(line.isHidden ? "show" : "hide")}</Act>}
            </span>
          </li>
        ))}
      </ol>
      <LoadMore href={more ? `${address}?before=${more}` : null} />
    </>
  );
}

function Mark({ children }: { children: string }) {
  return <span className="ml-2 rounded bg-sunken px-1.5 py-0.5 text-xs text-ink-soft">{children}</span>;
}

function Act({ path, fields, children }: { path: string; fields: Record<string, string | number>; children: string }) {
  return (
    <Form method="post" action={path}>
      {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <Button look="quiet" size="small">{children}</Button>
    </Form>
  );
}
