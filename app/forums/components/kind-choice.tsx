import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { TopicKind } from "#db/schema/topic-kind.ts";
import en from "./words.ts";
import { kindIcons } from "./kind-mark.tsx";

type KindChoiceProps = { kinds: TopicKind[]; value: TopicKind; onChange: (kind: TopicKind) => void; errors?: string[] };

/** The kinds of topic to choose from, each with what it asks of its readers. */
export function KindChoice({ kinds, value, onChange, errors }: KindChoiceProps) {
  const t = useT("forums", en);
  return (
    <fieldset aria-describedby={errors ? "kind-error" : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{t("kindOfTopic")}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {kinds.map((kind) => (
          <label key={kind} className="group flex min-h-11 gap-3 rounded-md border border-line-strong bg-surface px-3.5 py-2.5 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
            <input type="radio" name="kind" value={kind} checked={kind === value} onChange={() => onChange(kind)} className="sr-only" />
            <Icon name={kindIcons[kind]} size={20} className="mt-0.5 text-ink-faint group-has-checked:text-accent-strong" />
            <span className="min-w-0"><span className="block text-sm font-semibold">{t(`kind.${kind}`)}</span><span className="block text-sm text-ink-soft">{t(`kindHelp.${kind}`)}</span></span>
          </label>
        ))}
      </div>
      {errors && <p id="kind-error" className="mt-1.5 text-sm text-danger">{errors.join(" ")}</p>}
    </fieldset>
  );
}
