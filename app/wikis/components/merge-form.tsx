import { Form } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { MergePiece } from "../merge-page.ts";
import type { MergeView } from "../merge-view.ts";
import en from "../messages/en.json";
import { DocumentDiff } from "./document-diff.tsx";

const choices = ["both", "theirs", "mine"] as const;

/** Two changes of one page, both kept: what is in nobody's way is put together, the rest is for the person to choose or rewrite. */
export function MergeForm({ view, action, problem }: { view: MergeView; action: string; problem?: Problem }) {
  const t = useT("wikis", en);
  const { pieces, conflicts, title, base, by, changes, kept } = view;
  const names = by.join(", ");
  return (
    <Form method="post" action={action} className="space-y-6">
      {problem && <Notice tone="danger">{Object.values(problem.fields).flat().join(" ") || problem.message}</Notice>}
      <Notice tone="warning" title={t("mergeTitle", { names })}>{conflicts === 0 && !title.isConflict ? t("mergeClean") : t("mergeConflicts", { count: conflicts })}</Notice>
      <input type="hidden" name="base" value={base} />
      <input type="hidden" name="reason" value={kept.reason} />
      <input type="hidden" name="isMinor" value={kept.isMinor ? "1" : ""} />
      <input type="hidden" name="draftId" value={kept.draftId ?? ""} />
      <Field name="title" label={t("pageTitle")} required maxLength={200} defaultValue={title.mine} hint={title.isConflict ? t("titleConflict", { title: title.theirs }) : undefined} />
      {pieces.map((piece, at) => (piece.kind === "settled" ? <textarea key={at} hidden readOnly name={`piece-${at}`} defaultValue={piece.text} /> : <Conflict key={at} piece={piece} at={at} t={t} />))}
      {changes && <section aria-labelledby="merged"><h2 id="merged" className="mb-3 text-lg font-semibold">{t("whatYouChange")}</h2><DocumentDiff blocks={changes} as="inline" t={t} /></section>}
      <div className="flex flex-wrap gap-2">
        <input type="hidden" name="intent" value={kept.intent} />
        <Button look="primary" name="step" value="save">{t("saveMerged")}</Button>
        <Button name="step" value="edit">{t("editMerged")}</Button>
      </div>
    </Form>
  );
}

function Conflict({ piece, at, t }: { piece: MergePiece & { kind: "conflict" }; at: number; t: ReturnType<typeof useT<typeof en>> }) {
  const [theirs, mine] = [piece.theirs.replace(/^\n+/, ""), piece.mine.replace(/^\n+/, "")];
  const lead = /^\n*/.exec(piece.theirs || piece.mine)![0].length;
  const rows = (text: string) => Math.min(16, Math.max(3, text.split("\n").length + Math.ceil(text.length / 70)));
  return (
    <fieldset className="rounded-md border border-line-strong p-4">
      <legend className="px-1 text-sm font-semibold">{t("bothChanged")}</legend>
      <input type="hidden" name={`lead-${at}`} value={lead} />
      <div className="grid gap-4 md:grid-cols-2">
        <TextArea name={`theirs-${at}`} label={t("theirWording")} defaultValue={theirs} rows={rows(theirs)} className="font-mono text-sm!" />
        <TextArea name={`mine-${at}`} label={t("yourWording")} defaultValue={mine} rows={rows(mine)} className="font-mono text-sm!" />
      </div>
      <div role="radiogroup" aria-label={t("whichStays")} className="mt-3 flex flex-wrap gap-x-6 gap-y-2 text-sm">
        {choices.map((choice) => (
          <label key={choice} className="inline-flex min-h-9 items-center gap-2"><input type="radio" name={`choice-${at}`} value={choice} defaultChecked={choice === "both"} className="size-4 accent-accent" />{t(`keep.${choice}`)}</label>
        ))}
      </div>
    </fieldset>
  );
}
