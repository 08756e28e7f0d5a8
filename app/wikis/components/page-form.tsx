import { Form, Link, useNavigation } from "@remix-run/react";
import { useRef, type ReactNode } from "react";
import type { Draft } from "#app/core/drafts.ts";
import type { Problem } from "#app/core/http.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { DraftNotices } from "#app/ui/draft-notices.tsx";
import { DraftStatus } from "#app/ui/draft-status.tsx";
import { Checkbox, Field, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PrivateQuotes } from "#app/ui/private-quotes.tsx";
import { RichTextField } from "#app/ui/rich-text-field.tsx";
import { useDraft } from "#app/ui/use-draft.ts";
import en from "../messages/en.json";
import { wikiPath } from "../paths.ts";

type PageFormProps = {
  /** Where it is sent, and where giving up leads. */
  action: string;
  back: string;
  wiki: string;
  draftKey: string;
  draft: Draft | null;
  /** What else they wrote here and did not save. */
  others: { id: number; updatedAt: Date }[];
  title: string;
  /** As Markdown. */
  source: string;
  /** For a page that is there: the revision this begins from. */
  base?: number;
  /** For a new one: where it may stand. */
  parents?: { id: number; title: string; depth: number }[];
  parentId?: number | null;
  isTemplate?: boolean;
  fromId?: number | null;
  formKey?: string;
  /** Whether what they save is seen at once, or a reviewer looks first. */
  maySeeAtOnce: boolean;
  /** What a draft keeps beside the form's own fields. */
  draftFields?: Record<string, string>;
  problem: Problem | undefined;
  /** Further fields, before the title. */
  children?: ReactNode;
};

/** The form that writes a page. What is typed is kept as a draft: begun here, it can be ended on another device. */
export function PageForm({ action, back, wiki, draftKey, draft, others, title, source, base, parents, parentId, isTemplate, fromId, formKey, maySeeAtOnce, draftFields, problem, children }: PageFormProps) {
  const t = useT("wikis", en);
  const busy = useNavigation().state !== "idle";
  const form = useRef<HTMLFormElement>(null);
  const typed: Record<string, string | undefined> | undefined = problem?.values ?? (draft ? { title: draft.title, ...draft.fields } : undefined);
  const begunFrom = base === undefined ? undefined : (problem?.values.base ?? draft?.fields.base ?? String(base));
  const body = useRef(problem?.values.body ?? draft?.body ?? source);
  const saving = useDraft(draftKey, draft);
  const changed = () => {
    const data = new FormData(form.current!);
    const text = (name: string) => String(data.get(name) ?? "");
    saving.changed({ title: text("title"), body: body.current, fields: base === undefined ? { ...draftFields, parentId: text("parentId"), isTemplate: text("isTemplate") } : { reason: text("reason"), isMinor: text("isMinor"), base: text("base") } });
  };
  return (
    <>
      {!problem && <DraftNotices draft={draft} others={others} path={action} />}
      {problem && problem.status !== 422 && <Notice tone="danger" className="mb-4">{problem.message}</Notice>}
      {problem?.fields.form && <Notice tone="danger" className="mb-4">{problem.fields.form.join(" ")}</Notice>}
      {/* In parts: a text too long for a form comes back with its refusal. */}
      <Form ref={form} method="post" encType="multipart/form-data" action={action} onChange={changed} onSubmit={saving.hold} className="long-form space-y-5" aria-busy={busy || undefined}>
        {begunFrom !== undefined && <input type="hidden" name="base" value={begunFrom} />}
        {formKey && <input type="hidden" name="key" value={problem?.values.key ?? formKey} />}
        {fromId && <input type="hidden" name="fromId" value={fromId} />}
        <input type="hidden" name="draftId" value={saving.id ?? problem?.values.draftId ?? ""} />
        {children}
        <Field name="title" label={t("pageTitle")} required maxLength={200} autoComplete="off" defaultValue={typed?.title ?? title} errors={problem?.fields.title} />
        {parents && (
          <Select name="parentId" label={t("standsUnder")} defaultValue={typed?.parentId ?? parentId ?? ""} errors={problem?.fields.parentId}>
            <option value="">{t("atTheTop")}</option>
            {parents.map((page) => <option key={page.id} value={page.id}>{"\u00A0\u00A0".repeat(page.depth) + page.title}</option>)}
          </Select>
        )}
        <RichTextField name="body" label={t("pageText")} hint={t("linkHint")} action={action} defaultValue={body.current} errors={problem?.fields.body} rows={20} pagesAt={`${wikiPath(wiki)}/suggest`} onChange={(text) => { body.current = text; changed(); }} />
        {/* A page made of what was said asks the same beside its source. */}
        {children === undefined && <PrivateQuotes problem={problem} />}
        {parents ? children === undefined && (
          <Checkbox name="isTemplate" value="1" label={t("asTemplate")} hint={t("asTemplateHint")} defaultChecked={typed?.isTemplate === "1" || isTemplate} />
        ) : (
          <>
            <Field name="reason" label={t("reason")} hint={t("reasonHint")} maxLength={300} defaultValue={typed?.reason} errors={problem?.fields.reason} />
            <Checkbox name="isMinor" value="1" label={t("minor")} hint={t("minorHint")} defaultChecked={typed?.isMinor === "1"} />
          </>
        )}
        <div className="form-bar">
          <Button look="primary" name="intent" value={maySeeAtOnce ? "publish" : "review"} busy={busy}>{t(maySeeAtOnce ? (parents ? "publishPage" : "savePage") : "askForReview")}</Button>
          <Button name="intent" value="draft" busy={busy}>{t("saveDraft")}</Button>
          <Link to={back} className={buttonClass("quiet")}>{t("cancel")}</Link>
          <span className="ml-2"><DraftStatus status={saving.status} isConflict={saving.isConflict} /></span>
        </div>
      </Form>
    </>
  );
}
