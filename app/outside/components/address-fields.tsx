import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import type { FeedFormat } from "../paths.ts";

const names = { rss: "formatRss", atom: "formatAtom", json: "formatJson" } as const;

/** The addresses of a feed in its forms, to be copied: the first is enough for nearly every reader. */
export function AddressFields({ addresses }: { addresses: { format: FeedFormat; href: string }[] }) {
  const t = useT("outside", en);
  return (
    <div className="space-y-3">
      {addresses.map(({ format, href }) => <Field key={format} label={t(names[format])} value={href} readOnly spellCheck={false} onFocus={(event) => event.currentTarget.select()} className="font-mono text-sm" />)}
    </div>
  );
}
