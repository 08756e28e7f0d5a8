import { useFetcher } from "@remix-run/react";
import { useId, useRef, useState } from "react";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "./words.ts";
import type { TagRules } from "../tag-rules.ts";
import { TagOffers } from "./tag-offers.tsx";

type Suggested = { tags: { slug: string }[] };
type TagsFieldProps = { defaultValue?: string; errors?: string[]; /** What the place asks, where it is known. */ rules?: TagRules };

/** Tags with commas between them; the browser offers those in use while the last one is typed, and the place those it asks for. */
export function TagsField({ defaultValue = "", errors, rules }: TagsFieldProps) {
  const t = useT("forums", en);
  const fetcher = useFetcher<Suggested>();
  const asked = useRef("");
  const id = useId();
  const before = useRef("");
  const [text, setText] = useState(defaultValue);
  const chosen = text.split(/[,;]/).map((each) => each.trim().toLowerCase().replace(/^#/, "")).filter(Boolean);

  /** As if it had been typed: whoever listens to the form hears of it. */
  function toggle(slug: string, siblings: string[]) {
    const field = document.getElementById(id) as HTMLInputElement;
    const others = chosen.filter((each) => !siblings.includes(each) && each !== slug);
    const next = (chosen.includes(slug) ? others : [...others, slug]).join(", ");
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, next);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  return (
    <div>
      <Field
        id={id}
        label={t("tags")}
        hint={t("tagsHint")}
        name="tags"
        list={`${id}-known`}
        maxLength={300}
        defaultValue={defaultValue}
        errors={errors}
        autoComplete="off"
        autoCapitalize="none"
        onInput={(event) => {
          const typedSoFar = event.currentTarget.value;
          setText(typedSoFar);
          const start = typedSoFar.lastIndexOf(",") + 1;
          const typed = typedSoFar.slice(start).trim();
          before.current = typedSoFar.slice(0, start) + (start > 0 ? " " : "");
          if (typed.length > 0 && typed !== asked.current) fetcher.load(`/tag-suggestions?q=${encodeURIComponent((asked.current = typed))}`);
        }}
      />
      <datalist id={`${id}-known`}>{fetcher.data?.tags.map(({ slug }) => <option key={slug} value={before.current + slug} />)}</datalist>
      {rules && <TagOffers rules={rules} chosen={chosen} onToggle={toggle} />}
    </div>
  );
}
