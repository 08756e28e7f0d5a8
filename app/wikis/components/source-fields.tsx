import { Link } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Checkbox } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import en from "../messages/en.json";

type SourceFieldsProps = {
  /** Null when it went out of sight while its page was being written. */
  source: { topicId: number; postNumber: number | null; title: string; path: string; authors: string[] } | null;
  /** Whether those who read the wiki, or a part of it, are more than those who read the source. */
  readers: "same" | "more" | "more-in-parts";
  wiki: string;
  problem: Problem | undefined;
};

/** What a new page is made from, in the form that makes it. To show it to more people is said and asked for, never done in passing. */
export function SourceFields({ source, readers, wiki, problem }: SourceFieldsProps) {
  const t = useT("wikis", en);
  // The place may have been closed to some since the form was opened: then the refusal asks for it.
  const isAsked = readers !== "same" || problem?.fields.knowsReaders !== undefined;
  return (
    <>
      <input type="hidden" name="topicId" value={source?.topicId ?? problem?.values.topicId ?? ""} />
      <input type="hidden" name="postNumber" value={source?.postNumber ?? problem?.values.postNumber ?? ""} />
      {source && <p className="rounded-md bg-sunken px-4 py-3 text-sm text-ink-soft">{t.rich("promoteCredits", { names: source.authors.join(", "), title: source.title, a: (words) => <Link key="a" to={source.path} className="font-medium text-ink underline underline-offset-2">{words}</Link> })}</p>}
      {isAsked && (
        <Notice tone="warning" title={t(readers !== "more-in-parts" ? "moreReaders" : "moreReadersInParts", { wiki })}>
          <p className="mb-2">{t("moreReadersHint")}</p>
          {problem?.fields.knowsReaders && <p id="knows-readers" className="mb-2 font-semibold text-danger">{problem.fields.knowsReaders.join(" ")}</p>}
          <Checkbox name="knowsReaders" value="1" label={t("knowsReaders")} defaultChecked={problem?.values.knowsReaders === "1"} aria-invalid={problem?.fields.knowsReaders ? true : undefined} aria-describedby={problem?.fields.knowsReaders && "knows-readers"} />
        </Notice>
      )}
    </>
  );
}
