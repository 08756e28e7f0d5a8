import { TabLinks } from "#app/ui/tab-links.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { CategoryHolds } from "#db/schema/community.ts";
import en from "../messages/en.json";
import { adminCategoryPath } from "../paths.ts";

/** The pages of one category in the administration. */
export function CategoryTabs({ category }: { category: { id: number; slug: string; holds: CategoryHolds } }) {
  const t = useT("community", en);
  return (
    <TabLinks
      label={t("pagesOfCategory")}
      className="mb-6"
      items={[
        { to: adminCategoryPath(category.id), label: t("edit") },
        { to: adminCategoryPath(category.id, "rights"), label: t("rights") },
        ...(category.holds === "topics" ? [{ to: adminCategoryPath(category.id, "writing"), label: t("writing") }] : []),
        { to: adminCategoryPath(category.id, "move"), label: t("move") },
        { to: `/c/${category.slug}/${category.id}`, label: t("visit") },
      ]}
    />
  );
}
