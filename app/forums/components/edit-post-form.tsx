import { Form, Link, useNavigation } from "@remix-run/react";
import { useRef } from "react";
import type { Problem } from "#app/core/http.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PrivateQuotes } from "#app/ui/private-quotes.tsx";
import { RichTextField } from "#app/ui/rich-text-field.tsx";
import { Time } from "#app/ui/time.tsx";
import type { Draft } from "#app/core/drafts.ts";
import { DraftStatus } from "#app/ui/draft-status.tsx";
import { OtherDrafts } from "./other-drafts.tsx";
import type { AllT as T } from "./post-words.ts";
import { useDraft } from "#app/ui/use-draft.ts";

type EditPostFormProps = {
  /** The post, whose text this changes, and where it is read. */
  postId: number;
  path: string;
  /** Where giving up leads back to. */
  home: string;
  source: string;
  stamp: string;
  /** Written a moment ago: it may be mended without a trace. */
  mayMend: boolean;
  draft: Draft | null;
  others: { id: number; updatedAt: Date }[];
  problem: Problem | undefined;
  t: T;
};

/** The form that changes a post. What is typed is kept as a draft: begun here, it can be ended on another device. */
export function EditPostForm({ postId, path, home, source, stamp, mayMend, draft, others, problem, t }: EditPostFormProps) {
  const busy = useNavigation().state !== "idle";
  const form = useRef<HTMLFormElement>(null);
  const typed = problem?.values ?? draft?.fields;
  // A draft begun from an older text says so: saving it shows both, before either is lost.
  const begunFrom = problem ? stamp : (draft?.fields.stamp ?? stamp);
  const body = useRef(problem?.values.body ?? draft?.body ?? source);
  const saving = useDraft(`edit:${postId}`, draft);
  const changed = () => saving.changed({ body: body.current, fields: { reason: String(new FormData(form.current!).get("reason") ?? ""), stamp: begunFrom } });
  return (
    <>
      {draft && !problem && (
        <Notice className="mb-4">
          <p>{t("draft.takenUp")} <Time at={draft.updatedAt} />. <a href={`${path}/edit?fresh=1`} className="font-medium underline underline-offset-2">{t("draft.startFresh")}</a></p>
        </Notice>
      )}
      {!problem && <OtherDrafts offers={others} hrefOf={(id) => `${path}/edit?draft=${id}`} t={t} />}
      <Form ref={form} method="post" action={`${path}/edit`} onChange={changed} onSubmit={saving.hold} className="space-y-4" aria-busy={busy || undefined}>
        <input type="hidden" name="stamp" value={begunFrom} />
        <input type="hidden" name="draftId" value={saving.id ?? problem?.values.draftId ?? ""} />
        <RichTextField name="body" label={t("yourText")} action={`${path}/edit`} defaultValue={body.current} errors={problem?.fields.body} rows={14} onChange={(text) => { body.current = text; changed(); }} />
        <Field name="reason" label={t("editReason")} hint={t("editReasonHint")} maxLength={300} defaultValue={typed?.reason} errors={problem?.fields.reason} />
        <PrivateQuotes problem={problem} />
        {mayMend && <p className="text-sm text-ink-soft">{t("graceHint")}</p>}
        <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
          <Button look="primary" busy={busy}>{t("saveEdit")}</Button>
          <Link to={home} className={buttonClass("quiet")}>{t("cancel")}</Link>
          <span className="ml-2"><DraftStatus status={saving.status} isConflict={saving.isConflict} /></span>
        </div>
      </Form>
    </>
  );
}
