import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import en from "./words.ts";

/** What a reader should know of a category: who may write, and whether what they say is read for feedback. */
export function CategoryFacts({ refusal, readForFeedback }: { refusal: string | null; readForFeedback: boolean }) {
  const t = useT("forums", en);
  return (
    <footer className="mt-8 space-y-1.5 text-sm text-ink-soft">
      {refusal && <p className="flex gap-2"><Icon name="lock" size={16} className="mt-0.5 text-ink-faint" />{refusal}</p>}
      <p className="flex gap-2"><Icon name={readForFeedback ? "eye" : "eye-off"} size={16} className="mt-0.5 text-ink-faint" />{t(readForFeedback ? "readForFeedback" : "notReadForFeedback")}</p>
    </footer>
  );
}
