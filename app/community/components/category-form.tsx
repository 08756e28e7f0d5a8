import { Form } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import type { Category } from "#db/schema/community.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox, Field, Select, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import en from "../messages/en.json";

const kinds = ["discussion", "question", "idea", "announcement"] as const;
const icons: IconName[] = [
  "message-circle", "messages-square", "circle-help", "lightbulb", "megaphone", "bug", "wrench", "bike", "book-open", "rocket", "star", "heart", "trophy", "users", "user",
  "globe", "calendar", "image", "code", "zap", "shield", "lock", "tag", "flag", "folder", "sparkles", "party-popper", "file-text", "inbox", "home",
];

type CategoryFormProps = { category?: Category; /** Where a new one may stand. */ parents?: { id: number; name: string; depth: number }[]; parentId?: number | null; problem?: Problem; submit: string };

/** Makes or changes a category; posts to the page it stands on. */
export function CategoryForm({ category, parents, parentId, problem, submit }: CategoryFormProps) {
  const t = useT("community", en);
  const sent = problem?.values;
  const was = (name: "name" | "slug" | "description" | "colour" | "icon" | "defaultKind") => sent?.[name] ?? category?.[name] ?? "";
  const icon = was("icon") || "message-circle";
  return (
    <Form method="post" className="space-y-5">
      {parents && (
        <Select name="parentId" label={t("parent")} hint={t("parentHint")} defaultValue={sent?.parentId ?? parentId ?? ""} errors={problem?.fields.parentId}>
          <option value="">{t("atTheTop")}</option>
          {parents.map(({ id, name, depth }) => <option key={id} value={id}>{"  ".repeat(depth) + name}</option>)}
        </Select>
      )}
      <div className="side-by-side sm:grid-cols-2">
        <Field name="name" label={t("name")} required maxLength={60} defaultValue={was("name")} errors={problem?.fields.name} />
        <Field name="slug" label={t("address")} hint={t("categoryAddressHint")} required maxLength={40} autoCapitalize="none" spellCheck={false} defaultValue={was("slug")} errors={problem?.fields.slug} />
      </div>
      <TextArea name="description" label={t("description")} hint={t("categoryDescriptionHint")} rows={2} maxLength={500} defaultValue={was("description")} errors={problem?.fields.description} />
      <fieldset className="space-y-2">
        <legend className="mb-1.5 text-sm font-medium">{t("icon")}</legend>
        <div className="flex flex-wrap gap-1">
          {[...new Set([...icons, icon as IconName])].map((name) => (
            <label key={name} className="relative cursor-pointer">
              <input type="radio" name="icon" value={name} defaultChecked={name === icon} aria-label={name} className="peer absolute inset-0 opacity-0" />
              <span className="flex size-10 items-center justify-center rounded-md border border-transparent text-ink-soft peer-checked:border-accent peer-checked:bg-accent-soft peer-checked:text-accent-strong peer-focus-visible:outline-2 peer-focus-visible:outline-accent hover:bg-sunken touch:size-11"><Icon name={name} /></span>
            </label>
          ))}
        </div>
      </fieldset>
      <Field name="colour" label={t("colour")} hint={t("categoryColourHint")} maxLength={7} placeholder="#2f6f5e" spellCheck={false} defaultValue={was("colour")} errors={problem?.fields.colour} className="w-40! font-mono" />
      <fieldset className="space-y-2">
        <legend className="text-sm font-medium">{t("allowedKinds")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {kinds.map((kind) => <Checkbox key={kind} name="allowedKinds" value={kind} label={t(kind)} hint={t(`${kind}Hint`)} defaultChecked={category ? category.allowedKinds.includes(kind) : true} />)}
        </div>
        {problem?.fields.allowedKinds && <p className="text-sm text-danger">{problem.fields.allowedKinds.join(" ")}</p>}
      </fieldset>
      <Select name="defaultKind" label={t("defaultKind")} defaultValue={was("defaultKind") || "discussion"} errors={problem?.fields.defaultKind} className="sm:w-64!">
        {kinds.map((kind) => <option key={kind} value={kind}>{t(kind)}</option>)}
      </Select>
      <Checkbox name="readForFeedback" label={t("readForFeedback")} hint={t("readForFeedbackHint")} defaultChecked={sent ? sent.readForFeedback === "on" : (category?.readForFeedback ?? true)} />
      <Button look="primary">{submit}</Button>
    </Form>
  );
}
