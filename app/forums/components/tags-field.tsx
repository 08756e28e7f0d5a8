import { useFetcher } from "@remix-run/react";
import { useId, useRef } from "react";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";

type Suggested = { tags: { slug: string }[] };

/** Tags with commas between them; the browser offers those in use while the last one is typed. */
export function TagsField({ defaultValue, errors }: { defaultValue?: string; errors?: string[] }) {
  const t = useT("forums", en);
  const fetcher = useFetcher<Suggested>();
  const asked = useRef("");
  const listId = useId();
  const before = useRef("");
  return (
    <>
      <Field
        label={t("tags")}
        hint={t("tagsHint")}
        name="tags"
        list={listId}
        maxLength={300}
        defaultValue={defaultValue}
        errors={errors}
        autoComplete="off"
        autoCapitalize="none"
        onInput={(event) => {
          const text = event.currentTarget.value;
          const start = text.lastIndexOf(",") + 1;
          const typed = text.slice(start).trim();
          before.current = text.slice(0, start) + (start > 0 ? " " : "");
          if (typed.length > 0 && typed !== asked.current) fetcher.load(`/tag-suggestions?q=${encodeURIComponent((asked.current = typed))}`);
        }}
      />
      <datalist id={listId}>{fetcher.data?.tags.map(({ slug }) => <option key={slug} value={before.current + slug} />)}</datalist>
    </>
  );
}
