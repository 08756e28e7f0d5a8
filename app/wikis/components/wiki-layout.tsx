import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { Branch } from "../tree.ts";
import en from "../messages/en.json";
import { wikiPath } from "../paths.ts";
import { PageTree } from "./page-tree.tsx";

type WikiLayoutProps = { wiki: { slug: string; name: string; isVisible: boolean }; tree: Branch[]; current: number | null; children: ReactNode };

/** A page of a wiki beside the tree it stands in. On small screens the tree follows the page, and a link leads down to it. */
export function WikiLayout({ wiki, tree, current, children }: WikiLayoutProps) {
  const t = useT("wikis", en);
  return (
    <div className="page wiki-layout">
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <a href="#wiki-tree" className="wiki-to-tree"><Icon name="list-tree" size={16} />{t("allPages")}</a>
        {children}
      </main>
      <nav id="wiki-tree" aria-label={t("pagesOf", { name: wiki.name })} className="wiki-tree">
        {wiki.isVisible && <Link to={wikiPath(wiki.slug)} aria-current={current === null ? "page" : undefined} className="wiki-tree-home"><Icon name="book-open" size={16} />{wiki.name}</Link>}
        <PageTree tree={tree} wiki={wiki.slug} current={current} />
      </nav>
    </div>
  );
}
