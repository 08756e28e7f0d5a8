import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { iconOf } from "#app/ui/shell/rail.tsx";
import en from "../messages/en.json";

type Shown = { id: number; parentId: number | null; slug: string; name: string; description: string; colour: string | null; icon: string; topicCount: number };

/** What a division holds: its top categories with what is below each. One whose parent is hidden stands at the top. */
export function CategoryTree({ categories, accent }: { categories: Shown[]; accent: string }) {
  const t = useT("community", en);
  const ids = new Set(categories.map(({ id }) => id));
  const tops = categories.filter(({ parentId }) => parentId === null || !ids.has(parentId));
  const below = (id: number): Shown[] => categories.filter(({ parentId }) => parentId === id).flatMap((each) => [each, ...below(each.id)]);
  const sum = (id: number, own: number) => below(id).reduce((total, each) => total + each.topicCount, own);
  if (tops.length === 0) return null;
  return (
    <section aria-label={t("categories")} className="mb-8">
      <ul className="grid gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-2">
        {tops.map((top) => (
          <li key={top.id} className="bg-surface last:odd:sm:col-span-2">
            <div className="relative flex h-full gap-3.5 p-4 hover:bg-sunken">
              <span aria-hidden="true" className="mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken" style={{ color: `color-mix(in oklab, ${top.colour ?? accent} 70%, var(--ink))` }}><Icon name={iconOf(top.icon)} /></span>
              <div className="min-w-0">
                <h2 className="text-base font-semibold">
                  <Link to={`/c/${top.slug}/${top.id}`} className="after:absolute after:inset-0">{top.name}</Link>
                  <span className="ml-2 text-xs font-normal text-ink-soft tabular">{t("topicCount", { count: sum(top.id, top.topicCount) })}</span>
                </h2>
                {top.description && <p className="text-sm text-ink-soft text-pretty">{top.description}</p>}
                {below(top.id).length > 0 && (
                  <p className="relative z-1 mt-1.5 flex flex-wrap gap-x-3 text-sm">
                    {below(top.id).slice(0, 8).map((child) => <Link key={child.id} to={`/c/${child.slug}/${child.id}`} className="inline-flex min-h-6 items-center text-accent-strong hover:underline touch:min-h-11">{child.name}</Link>)}
                  </p>
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
