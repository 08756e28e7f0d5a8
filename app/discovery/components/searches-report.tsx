import { Form, Link } from "@remix-run/react";
import type { Problem } from "#app/core/http.ts";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { Time } from "#app/ui/time.tsx";
import type { SearchFigures, SearchGap } from "../search-log.ts";
import en from "./words.ts";
import { newPagePath, searchHref } from "../paths.ts";

type SearchesReportProps = {
  days: number;
  notFound: SearchGap[];
  notOpened: SearchGap[];
  figures: SearchFigures;
  synonyms: { id: number; words: string[] }[];
  /** Wikis in which they may write a page. */
  wikis: { slug: string; name: string }[];
  /** Whether they may say which words mean the same. */
  mayManage: boolean;
  problem?: Problem;
};

/** What people look for in vain, and what helps: an answer written, or a word explained to the search. */
export function SearchesReport({ days, notFound, notOpened, figures, synonyms, wikis, mayManage, problem }: SearchesReportProps) {
  const t = useT("discovery", en);
  return (
    <>
      <TabLinks label={t("period")} items={[7, 30, 90].map((each) => ({ to: `/admin/searches?days=${each}`, label: t("lastDays", { days: each }), current: days === each }))} />
      <p className="mt-6 max-w-[62ch] text-lg">
        {figures.searches === 0 ? t("noSearches") : t("searchesSentence", { searches: figures.searches, nothing: figures.foundNothing, opened: figures.opened })}
      </p>
      {figures.medianMilliseconds !== null && <p className="mt-1 text-sm text-ink-soft tabular">{t("searchesSpeed", { milliseconds: figures.medianMilliseconds })}</p>}
      <Gaps title={t("notFound")} lead={t("notFoundLead")} none={t("notFoundNone")} gaps={notFound} wikis={wikis} />
      <Gaps title={t("notOpened")} lead={t("notOpenedLead")} none={t("notOpenedNone")} gaps={notOpened} wikis={wikis} />
      {mayManage && (
        <section id="synonyms" className="mt-10 border-t border-line pt-6">
          <h2 className="text-lg font-semibold">{t("synonyms")}</h2>
          <p className="mt-1 max-w-[62ch] text-sm text-ink-soft">{t("synonymsLead")}</p>
          <ul className="mt-4 divide-y divide-line">
            {synonyms.map(({ id, words }) => (
              <li key={id} className="flex min-h-11 flex-wrap items-center justify-between gap-3 py-1.5">
                <span>{words.join(" = ")}</span>
                <ConfirmButton label={t("remove")} look="quiet" question={t("removeSynonymsQuestion")} confirm={t("removeSynonyms")} fields={{ intent: "remove", id }} />
              </li>
            ))}
          </ul>
          <Form method="post" className="mt-4 flex flex-wrap items-end gap-3">
            <input type="hidden" name="intent" value="add" />
            <div className="min-w-0 flex-1 basis-72">
              <Field name="words" label={t("synonymsField")} hint={t("synonymsHint")} maxLength={300} defaultValue={problem?.values.words} errors={problem?.fields.words} autoComplete="off" />
            </div>
            <Button>{t("addSynonyms")}</Button>
          </Form>
          {problem && Object.keys(problem.fields).length === 0 && <p role="alert" className="mt-2 text-sm text-danger">{problem.message}</p>}
        </section>
      )}
    </>
  );
}

type GapsProps = { title: string; lead: string; none: string; gaps: SearchGap[]; wikis: SearchesReportProps["wikis"] };

function Gaps({ title, lead, none, gaps, wikis }: GapsProps) {
  const t = useT("discovery", en);
  return (
    <section className="mt-10 border-t border-line pt-6">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-1 max-w-[62ch] text-sm text-ink-soft">{gaps.length > 0 ? lead : none}</p>
      {gaps.length > 0 && (
        <ol className="mt-4 divide-y divide-line border-y border-line">
          {gaps.map(({ text, searches, lastAt }) => (
            <li key={text} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2">
              <Link to={searchHref(text)} className="min-w-0 flex-1 basis-56 font-medium break-words hover:underline">{text}</Link>
              <span className="text-sm text-ink-soft tabular">{t("searchedTimes", { count: searches })}</span>
              <Time at={lastAt} className="text-sm text-ink-faint" />
              <Link to={`/new-topic?title=${encodeURIComponent(text)}`} className="text-sm text-accent-strong hover:underline">{t("writeAboutIt")}</Link>
              <CreatePage wikis={wikis} title={text} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** A page of that name, in the one wiki where they may write, or in the one they choose. */
function CreatePage({ wikis, title }: { wikis: SearchesReportProps["wikis"]; title: string }) {
  const t = useT("discovery", en);
  const look = "text-sm text-accent-strong hover:underline";
  if (wikis.length === 0) return null;
  if (wikis.length === 1) return <Link to={newPagePath(wikis[0]!.slug, { title })} className={look}>{t("createPage")}</Link>;
  return (
    <details className="basis-full text-sm sm:basis-auto">
      <summary className={`opens ${look}`}>{t("createPageIn")}</summary>
      <ul className="mt-1 space-y-1">
        {wikis.map(({ slug, name }) => <li key={slug}><Link to={newPagePath(slug, { title })} className={look}>{name}</Link></li>)}
      </ul>
    </details>
  );
}
