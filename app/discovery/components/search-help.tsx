import { useT } from "#app/ui/i18n.tsx";
import en from "./words.ts";

const examples = ['"exact words"', "author:ada", "tag:battery", "in:help", "kind:idea", "is:solved", "after:2026-01", "-word"] as const;
const keys = ["helpQuotes", "helpAuthor", "helpTag", "helpIn", "helpKind", "helpIs", "helpDates", "helpMinus"] as const;

/** The operators, with an example of each. */
export function SearchHelp({ isOpen }: { isOpen: boolean }) {
  const t = useT("discovery", en);
  return (
    <details open={isOpen} className="mt-3 text-sm text-ink-soft">
      <summary className="opens w-fit py-1 font-medium hover:text-ink">{t("helpTitle")}</summary>
      <dl className="mt-2 grid gap-x-6 gap-y-1.5 sm:grid-cols-[auto_1fr]">
        {examples.map((example, index) => (
          <div key={example} className="contents">
            <dt><code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-xs text-ink">{example}</code></dt>
            <dd className="max-sm:mb-1">{t(keys[index]!)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
