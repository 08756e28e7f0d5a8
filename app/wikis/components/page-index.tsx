import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import en from "../messages/en.json";
import { pagePath } from "../paths.ts";
import type { Branch } from "../tree.ts";

/** Sections that stand in columns together: those below one page of the top, or pages of the top themselves. */
type Part = { lead: Branch | null; sections: Branch[][] };

/** All pages of a wiki as its contents: sections in columns, each with what stands below it. */
export function PageIndex({ tree, wiki }: { tree: Branch[]; wiki: string }) {
  const t = useT("wikis", en);
  const link = (page: Branch, className: string) => (
    <Link to={pagePath({ wiki, ...page })} className={className}>
      <span className="page-tree-title">{page.title}</span>
      {!page.isPublished && <span className="page-tree-mark">{t("draft")}</span>}
    </Link>
  );
  return partsOf(tree).map(({ lead, sections }) => (
    <div key={(lead ?? sections[0]![0]!).id} className="page-index-part">
      {lead && <p className="mb-3 flex items-center gap-1"><Icon name="book-open" size={18} className="text-accent" />{link(lead, "page-index-lead")}</p>}
      <ul className="page-index">
        {sections.map(([top, ...below]) => (
          <li key={top!.id} className="page-index-section">
            {link(top!, "page-tree-link page-index-top")}
            {below.length > 0 && <ul>{below.map((page) => <li key={page.id} style={{ paddingLeft: Math.min(page.depth - top!.depth - 1, 5) * 14 }}>{link(page, "page-tree-link")}</li>)}</ul>}
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** A page of the top with two levels below it is a book of its own, whose chapters are the sections. */
function partsOf(tree: Branch[]): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < tree.length; ) {
    const next = tree.findIndex(({ depth }, index) => index > at && depth === 0);
    const branch = tree.slice(at, next < 0 ? tree.length : next);
    at += branch.length;
    if (branch.some(({ depth }) => depth > 1)) parts.push({ lead: branch[0]!, sections: chaptersOf(branch) });
    else if (parts.at(-1)?.lead === null) parts.at(-1)!.sections.push(branch);
    else parts.push({ lead: null, sections: [branch] });
  }
  return parts;
}

function chaptersOf(branch: Branch[]): Branch[][] {
  const chapters: Branch[][] = [];
  for (const page of branch.slice(1)) {
    if (page.depth === 1) chapters.push([page]);
    else chapters.at(-1)!.push(page);
  }
  return chapters;
}
