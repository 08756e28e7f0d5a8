import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { RailSection } from "#app/ui/page.tsx";
import type { SearchResult } from "../search.ts";
import en from "./words.ts";
import { searchHref } from "../paths.ts";

type FacetRailProps = { q: string; facets: SearchResult["facets"]; places: SearchResult["places"] };

const SHOWN = 8;

/** Ways to narrow a search, each an operator added to it, with how many would remain. */
export function FacetRail({ q, facets, places }: FacetRailProps) {
  const t = useT("discovery", en);
  // Most divisions have a place for help: it is named with its division where the list would show two alike.
  const isShared = (name: string) => places.filter((place) => place.name === name).length > 1;
  const nameOf = new Map(places.map(({ id, name, division }) => [String(id), isShared(name) ? `${name} · ${division}` : name]));
  const sections = [
    { title: t("facetCategory"), entries: facets.category.filter(({ value }) => nameOf.has(value)).map(({ value, count }) => ({ label: nameOf.get(value)!, operator: `in:${value}`, count })) },
    { title: t("facetKind"), entries: facets.kind.map(({ value, count }) => ({ label: t(`kind_${value as "idea"}`), operator: `kind:${value}`, count })) },
    { title: t("facetSolved"), entries: facets.solved.map(({ value, count }) => ({ label: value === "true" ? t("solved") : t("unsolved"), operator: value === "true" ? "is:solved" : "is:unsolved", count })) },
    { title: t("facetTag"), entries: facets.tag.map(({ value, count }) => ({ label: value, operator: `tag:${value}`, count })) },
    { title: t("facetAuthor"), entries: facets.author.map(({ value, count }) => ({ label: value, operator: `author:${value}`, count })) },
    { title: t("facetYear"), entries: facets.year.map(({ value, count }) => ({ label: value, operator: `after:${value} before:${Number(value) + 1}`, count })) },
  ];
  return (
    <div className="space-y-5">
      {sections.filter(({ entries }) => entries.length > 1).map(({ title, entries }) => (
        <RailSection key={title} title={title}>
          <ul className="space-y-1">
            {entries.slice(0, SHOWN).map(({ label, operator, count }) => (
              <li key={operator}>
                <Link to={searchHref(q.includes(operator) ? q : `${q} ${operator}`)} className="flex justify-between gap-3 text-sm hover:text-accent-strong hover:underline">
                  <span className="min-w-0 truncate">{label}</span><span className="text-ink-faint tabular">{count}</span>
                </Link>
              </li>
            ))}
          </ul>
        </RailSection>
      ))}
    </div>
  );
}
