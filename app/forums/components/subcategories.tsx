import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import en from "./words.ts";
import { categoryPath } from "../paths.ts";

type Subcategory = { id: number; slug: string; name: string; description: string; colour: string | null; topicCount: number };

/** The categories directly below one, each with what it is for. */
export function Subcategories({ categories, accent }: { categories: Subcategory[]; /** Of the division, for those without a colour of their own. */ accent: string }) {
  const t = useT("forums", en);
  if (categories.length === 0) return null;
  return (
    <ul aria-label={t("subcategories")} className="mb-6 grid gap-2 sm:grid-cols-2">
      {categories.map((category) => (
        <li key={category.id}>
          <Link to={categoryPath(category)} className="flex h-full gap-3 rounded-md border border-line bg-surface px-4 py-3 hover:border-line-strong">
            <span aria-hidden="true" className="mt-2 size-2.5 shrink-0 rounded-[3px]" style={{ backgroundColor: category.colour ?? accent }} />
            <span className="min-w-0">
              <span className="flex flex-wrap items-baseline gap-x-2"><span className="font-semibold">{category.name}</span><span className="tabular text-xs text-ink-faint">{t("topics", { count: category.topicCount })}</span></span>
              {category.description && <span className="block text-sm text-ink-soft">{category.description}</span>}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
