import { Form, Link, useNavigation } from "@remix-run/react";
import { useRef, type ReactNode } from "react";
import type { Problem } from "#app/core/http.ts";
import type { Draft } from "#app/core/drafts.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { DraftNotices } from "#app/ui/draft-notices.tsx";
import { DraftStatus } from "#app/ui/draft-status.tsx";
import { Checkbox, Field, TextArea } from "#app/ui/field.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PrivateQuotes } from "#app/ui/private-quotes.tsx";
import { RichTextField } from "#app/ui/rich-text-field.tsx";
import { useDraft } from "#app/ui/use-draft.ts";
import { CoverField } from "./cover-field.tsx";
import type { T } from "./words.ts";

/** What a form begins with, as its fields hold it. */
export type ArticleFields = { title: string; body: string; excerpt: string; tags: string; series: string; part: string; canonicalUrl: string; cover: string; coverAlt: string; takesComments: string; revision: string };

type ArticleFormProps = {
  /** Where it is sent: the page it stands on. */
  path: string;
  fields: ArticleFields;
  /** What is kept of typing that was not saved yet. */
  draftKey: string;
  draft: Draft | null;
  others: { id: number; updatedAt: Date }[];
  formKey: string;
  /** Names of series there are. */
  series: string[];
  /** Where giving up leads. */
  back: string;
  isPublished: boolean;
  problem: Problem | undefined;
  /** The field for tags: that of the forums, which their route brings. */
  tagsField: (props: { defaultValue: string; errors: string[] | undefined }) => ReactNode;
  t: T;
};

const kept = ["excerpt", "tags", "series", "part", "canonicalUrl", "cover", "coverAlt", "takesComments", "revision"] as const;

/** Writes or changes an article. What is typed is kept on the server until it is saved. */
export function ArticleForm({ path, fields, draftKey, draft, others, formKey, series, back, isPublished, problem, tagsField, t }: ArticleFormProps) {
  const busy = useNavigation().state !== "idle";
  const form = useRef<HTMLFormElement>(null);
  const typed: ArticleFields = { ...fields, ...(draft && !problem && { title: draft.title, ...draft.fields }), ...problem?.values };
  if (problem) typed.takesComments = problem.values.takesComments ?? "";
  // After a refused save the form goes on from what is there now: it has been shown. Until then, from what it began with.
  const revision = problem?.status === 409 ? fields.revision : typed.revision;
  const body = useRef(problem?.values.body ?? draft?.body ?? fields.body);
  const saving = useDraft(draftKey, draft);
  const errors = problem?.fields ?? {};
  const changed = () => {
    const now = new FormData(form.current!);
    saving.changed({ title: String(now.get("title") ?? ""), body: body.current, fields: Object.fromEntries(kept.map((name) => [name, String(now.get(name) ?? "").slice(0, 500)])) });
  };
  return (
    <>
      {!problem && <DraftNotices draft={draft} others={others} path={path} />}
      {problem && problem.status !== 409 && <Notice tone="danger" className="mb-4">{errors.form?.join(" ") ?? problem.message}</Notice>}
      <Form ref={form} method="post" action={path} onChange={changed} onSubmit={saving.hold} className="long-form space-y-6" aria-busy={busy || undefined}>
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="draftId" value={saving.id ?? problem?.values.draftId ?? ""} />
        <Field name="title" label={t("title")} required maxLength={200} defaultValue={typed.title} errors={errors.title} className="h-12! text-xl! font-semibold" />
        <CoverField cover={typed.cover} alt={typed.coverAlt} errors={errors} onChange={changed} t={t} />
        <RichTextField name="body" label={t("body")} action={path} defaultValue={body.current} errors={errors.body} rows={22} onChange={(text) => { body.current = text; changed(); }} />
        <PrivateQuotes problem={problem} />
        <fieldset className="space-y-5 rounded-md border border-line p-4 pt-1! sm:p-5">
          <legend className="px-1 text-sm font-semibold">{t("details")}</legend>
          <TextArea name="excerpt" label={t("excerpt")} hint={t("excerptHint")} rows={2} maxLength={400} defaultValue={typed.excerpt} errors={errors.excerpt} />
          {tagsField({ defaultValue: typed.tags, errors: errors.tags })}
          <div className="side-by-side sm:grid-cols-[minmax(0,1fr)_120px]">
            <Field name="series" label={t("series")} hint={t("seriesHint")} maxLength={100} list="series-there-are" autoComplete="off" defaultValue={typed.series} errors={errors.series} />
            <Field name="part" label={t("part")} inputMode="numeric" maxLength={3} defaultValue={typed.part} errors={errors.part} />
          </div>
          <datalist id="series-there-are">{series.map((title) => <option key={title} value={title} />)}</datalist>
          <Field name="canonicalUrl" type="url" label={t("canonicalUrl")} hint={t("canonicalHint")} maxLength={1000} placeholder="https://" defaultValue={typed.canonicalUrl} errors={errors.canonicalUrl} />
          <Checkbox name="takesComments" label={t("takesComments")} hint={t("takesCommentsHint")} defaultChecked={typed.takesComments === "on"} />
        </fieldset>
        <div className="form-bar">
          <Button look="primary" busy={busy} name="next" value={isPublished ? "read" : "publish"}>{isPublished ? t("saveNow") : t("saveAndPublish")}<Icon name="arrow-right" size={16} /></Button>
          {!isPublished && <Button busy={busy} name="next" value="read">{t("saveDraft")}</Button>}
          <Link to={back} className={buttonClass("quiet")}>{t("cancel")}</Link>
          <span className="ml-2"><DraftStatus status={saving.status} isConflict={saving.isConflict} /></span>
        </div>
      </Form>
    </>
  );
}
