import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import en from "../messages/en.json";
import { pagePath, wikiPath } from "../paths.ts";

export type Crumb = { id: number; slug: string; title: string };

/** What stands above a page: the wiki, then page by page. */
export function Crumbs({ wiki, crumbs }: { wiki: { slug: string; name: string; isVisible: boolean }; crumbs: Crumb[] }) {
  const t = useT("wikis", en);
  if (!wiki.isVisible && crumbs.length === 0) return null;
  return (
    <nav aria-label={t("crumbs")} className="mb-2 text-sm text-ink-soft">
      <ol className="flex flex-wrap gap-x-1.5">
        {wiki.isVisible && <li><Link to={wikiPath(wiki.slug)} className="hover:text-ink hover:underline">{wiki.name}</Link></li>}
        {crumbs.map(({ id, slug, title }, index) => (
          <li key={id}>{(index > 0 || wiki.isVisible) && <span aria-hidden="true" className="mr-1.5 text-ink-faint">/</span>}<Link to={pagePath({ wiki: wiki.slug, slug, id })} className="hover:text-ink hover:underline">{title}</Link></li>
        ))}
      </ol>
    </nav>
  );
}
