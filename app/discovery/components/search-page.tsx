import { Form, Link } from "@remix-run/react";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import type { SearchResult } from "../search.ts";
import en from "./words.ts";
import { searchHref } from "../paths.ts";
import { FacetRail } from "./facet-rail.tsx";
import { FoundItem } from "./found-item.tsx";
import { SearchHelp } from "./search-help.tsx";

export type SearchPageProps = { q: string; order: "relevance" | "newest"; page: number; error?: string; result: SearchResult | null };

export function SearchPage({ q, order, page, error, result }: SearchPageProps) {
  const t = useT("discovery", en);
  const hasHits = result !== null && result.things.length > 0;
  return (
    <Page aside={hasHits ? <FacetRail q={q} facets={result.facets} places={result.places} /> : undefined}>
      <PageHeader title={t("searchTitle")} />
      <Form role="search" action="/search" aria-labelledby="search-of-page" className="flex gap-2">
        <label id="search-of-page" htmlFor="search-q" className="sr-only">{t("searchLabel")}</label>
        <input
          id="search-q" name="q" type="search" defaultValue={q} key={q} autoFocus={q === ""} autoComplete="off" placeholder={t("searchPlaceholder")}
          aria-invalid={error ? true : undefined} aria-describedby={error ? "search-error" : undefined}
          className="h-11 w-full min-w-0 rounded-md border border-line-strong bg-surface px-4 text-base placeholder:text-ink-faint aria-invalid:border-danger"
        />
        <Button look="primary" className="h-11"><Icon name="search" /><span className="max-sm:sr-only">{t("search")}</span></Button>
      </Form>
      {error && <p id="search-error" role="alert" className="mt-2 text-sm text-danger">{error}</p>}
      <SearchHelp isOpen={q === "" && !error} />
      {result && <Results q={q} order={order} page={page} result={result} />}
    </Page>
  );
}

function Results({ q, order, page, result }: Omit<SearchPageProps, "error" | "result"> & { result: SearchResult }) {
  const t = useT("discovery", en);
  const { query, found, corrected, isPartial, isFallback, isTooSlow, isCut, logKey, things, pageCount } = result;
  return (
    <section aria-label={t("results")} className="mt-6">
      {isFallback && <Notice tone="info" className="mb-4">{t("fallback")}</Notice>}
      {query.problems.map(({ operator, value, problem }) => (
        <Notice key={operator + value} tone="warning" className="mb-3">{t(`problem_${problem}`, { operator, value })}</Notice>
      ))}
      {corrected && <p className="mb-3">{t.rich("corrected", { words: <strong>{corrected}</strong>, typed: query.words })}</p>}
      {isPartial && !corrected && <p className="mb-3">{t("partial")}</p>}
      {isTooSlow ? <Notice tone="warning">{t("tooSlow")}</Notice> : things.length === 0 ? (
        <EmptyState icon="search" title={t("nothing")} action={<ButtonLink to={`/new-topic?title=${encodeURIComponent(query.words.slice(0, 200))}`} look="primary">{t("askInstead")}</ButtonLink>}>
          <NothingHelp q={q} result={result} />
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line pb-2">
            <p role="status" className="text-sm text-ink-soft tabular">{t(isCut || found >= 1000 ? "foundMore" : "found", { found })}</p>
            <TabLinks
              label={t("order")}
              items={[
                { to: searchHref(q), label: t("byRelevance"), current: order === "relevance" },
                { to: searchHref(q, { order: "newest" }), label: t("byNewest"), current: order === "newest" },
              ]}
            />
          </div>
          <ol className="divide-y divide-line">{things.map((found) => <FoundItem key={found.id} found={found} onOpen={() => tellOpened(logKey)} />)}</ol>
          <Pager page={page} pageCount={pageCount} hrefOf={(to) => searchHref(q, { order, page: to })} className="mt-6" />
        </>
      )}
    </section>
  );
}

/** What to try when nothing was found: fewer conditions, other words. */
function NothingHelp({ q, result: { query } }: { q: string; result: SearchResult }) {
  const t = useT("discovery", en);
  const isNarrowed = query.words !== q && query.words !== "";
  return (
    <ul className="space-y-1">
      {isNarrowed && <li><Link to={searchHref(query.words)} className="text-accent-strong underline">{t("tryWithout")}</Link></li>}
      <li>{t("tryOther")}</li>
    </ul>
  );
}

/** Told beside the way, so that the click need not wait; without scripts it is not told. */
function tellOpened(logKey: string | null): void {
  if (logKey) navigator.sendBeacon("/search/opened", new URLSearchParams({ key: logKey }));
}
