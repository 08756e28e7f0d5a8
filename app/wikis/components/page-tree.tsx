import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import en from "../messages/en.json";
import { pagePath } from "../paths.ts";
import type { Branch } from "../tree.ts";

type PageTreeProps = { tree: Branch[]; wiki: string; current?: number | null };

/** Pages in the order of their tree, each as deep as it stands. A flat list: its rows are many and must be light. */
export function PageTree({ tree, wiki, current }: PageTreeProps) {
  const t = useT("wikis", en);
  const shown = new Set(tree.map(({ parentId }) => parentId));
  return (
    <ul className="page-tree">
      {tree.map(({ id, slug, title, depth, childCount, isPublished }) => (
        <li key={id} style={{ paddingLeft: Math.min(depth, 6) * 14 }}>
          <Link to={pagePath({ wiki, slug, id })} aria-current={id === current ? "page" : undefined} className="page-tree-link">
            <span className="page-tree-title">{title}</span>
            {!isPublished && <span className="page-tree-mark">{t("draft")}</span>}
            {childCount > 0 && !shown.has(id) && <Icon name="chevron-right" size={14} />}
          </Link>
        </li>
      ))}
    </ul>
  );
}
