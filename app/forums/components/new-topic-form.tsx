import { Form, useNavigation } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PrivateQuotes } from "#app/ui/private-quotes.tsx";
import { RichTextField } from "#app/ui/rich-text-field.tsx";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import type { PostingForm } from "../posting-form.ts";
import type { Draft } from "#app/core/drafts.ts";
import en from "./words.ts";
import { DraftStatus } from "#app/ui/draft-status.tsx";
import { KindChoice } from "./kind-choice.tsx";
import { SimilarTopics, useSimilarTopics, VoteForms, type SimilarTopic } from "./similar-topics.tsx";
import { TagsField } from "./tags-field.tsx";
import { usePostingForm } from "./use-posting-form.ts";
import { useDraft } from "#app/ui/use-draft.ts";

type Place = { id: number; name: string; division: { id: number; slug: string; name: string }; allowedKinds: TopicKind[]; defaultKind: TopicKind };

type NewTopicFormProps = {
  places: Place[];
  categoryId: number | null;
  /** The slug of the division they came from: its categories are offered first. */
  division: string | null;
  kind: TopicKind;
  draft: Draft | null;
  /** A title to begin with. */
  asked: string;
  mayAnnounce: boolean;
  /** This form's own number: sent twice, it makes one topic. */
  formKey: string;
  /** What the place they came from asks. */
  posting: PostingForm | null;
  problem: (Problem & { similar?: SimilarTopic[]; posting?: PostingForm | null }) | undefined;
};

/** Where, what, title, tags and text of a new topic. A plain form; scripts only save it meanwhile and narrow the choices. */
export function NewTopicForm({ places, categoryId, division, kind: first, draft, asked, mayAnnounce, posting: known, problem, formKey }: NewTopicFormProps) {
  const t = useT("forums", en);
  const values = problem?.values ?? {};
  const sending = useNavigation().state !== "idle";
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState(values.category ?? String(categoryId ?? ""));
  const [kind, setKind] = useState<TopicKind>((values.kind as TopicKind | undefined) ?? first);
  const saving = useDraft("topic", draft);
  const [title, setTitle] = useState(values.title ?? draft?.title ?? asked);
  const similar = useSimilarTopics(title, problem?.similar ?? []);
  // Where scripts run, similar topics are shown while the title is written; elsewhere the server shows them first.
  const [hasScripts, setHasScripts] = useState(false);
  useEffect(() => setHasScripts(true), []);
  const place = places.find(({ id }) => String(id) === chosen);
  const kinds = (place?.allowedKinds ?? ["discussion", "question", "idea", "announcement"]).filter((each) => each !== "announcement" || mayAnnounce);
  // What the category does not take is not left chosen by mistake.
  const current = kinds.includes(kind) ? kind : place && kinds.includes(place.defaultKind) ? place.defaultKind : (kinds[0] ?? "discussion");

  const posting = usePostingForm(chosen, [problem?.posting, known]);
  const template = posting?.templates.find((each) => each.kind === current);
  // The template stands where nothing was written yet, and gives way to that of another kind or place until something is.
  const written = values.body ?? draft?.body ?? "";
  const isWritten = useRef(written !== "");
  const body = useRef(written || (template?.body ?? ""));
  const [begun, setBegun] = useState({ text: body.current, version: 0 });
  useEffect(() => {
    if (isWritten.current || body.current === (template?.body ?? "")) return;
    body.current = template?.body ?? "";
    setBegun(({ version }) => ({ text: body.current, version: version + 1 }));
  }, [template?.body]);

  const changed = () => {
    const data = new FormData(form.current!);
    const text = (name: string) => String(data.get(name) ?? "");
    saving.changed({ title: text("title"), body: body.current, fields: { category: text("category"), kind: text("kind"), tags: text("tags") } });
  };
  // A reload comes back to this draft.
  useEffect(() => {
    if (saving.id) window.history.replaceState(window.history.state, "", `/new-topic?draft=${saving.id}`);
  }, [saving.id]);

  return (
    <>
    <VoteForms topics={similar} />
    <Form ref={form} method="post" action="/new-topic" onChange={changed} onSubmit={saving.hold} className="space-y-6">
      <input type="hidden" name="key" value={values.key ?? formKey} />
      <input type="hidden" name="draftId" value={saving.id ?? values.draftId ?? ""} />
      <input type="hidden" name="similar" value={hasScripts || problem?.similar ? "shown" : "unseen"} />
      {problem && (problem.similar ? <Notice tone="info">{t("similar.first")}</Notice> : problem.fields.knowsReaders ? null : <Notice tone="danger">{problem.message}</Notice>)}
      <Select label={t("category")} name="category" value={chosen} onChange={(event) => setChosen(event.target.value)} errors={problem?.fields.category}>
        <option value="">{t("chooseCategoryFirst")}</option>
        {grouped(places, division).map(({ name, own }) => (
          <optgroup key={name} label={name}>{own.map(({ id, name: label }) => <option key={id} value={id}>{label}</option>)}</optgroup>
        ))}
      </Select>
      <KindChoice kinds={kinds} value={current} onChange={setKind} errors={problem?.fields.kind} />
      <Field label={t("topicTitle")} hint={t(`kindTitleHint.${current}`)} name="title" maxLength={200} defaultValue={values.title ?? draft?.title ?? asked} errors={problem?.fields.title} autoComplete="off" onChange={(event) => setTitle(event.target.value)} />
      <SimilarTopics topics={similar} />
      {template?.hint && <Notice>{template.hint}</Notice>}
      <RichTextField
        key={begun.version}
        name="body"
        label={t("topicBody")}
        rows={12}
        defaultValue={begun.text}
        placeholder={t(`kindPrompt.${current}`)}
        errors={problem?.fields.body}
        onChange={(text) => {
          body.current = text;
          isWritten.current = text !== "";
          changed();
        }}
      />
      <PrivateQuotes problem={problem} />
      <TagsField defaultValue={values.tags ?? draft?.fields.tags} errors={problem?.fields.tags} rules={posting?.tagRules} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" busy={sending}>{t(current === "question" ? "postQuestion" : current === "idea" ? "postIdea" : "postTopic")}</Button>
        <DraftStatus status={saving.status} isConflict={saving.isConflict} />
      </div>
    </Form>
    </>
  );
}

/** By division, the one they came from first. */
function grouped(places: Place[], division: string | null) {
  const groups = new Map<number, { name: string; slug: string; own: Place[] }>();
  for (const place of places) {
    const group = groups.get(place.division.id) ?? { name: place.division.name, slug: place.division.slug, own: [] };
    groups.set(place.division.id, group);
    group.own.push(place);
  }
  return [...groups.values()].sort((a, b) => Number(b.slug === division) - Number(a.slug === division));
}
