import { useT } from "#app/ui/i18n.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import type { TopicSort } from "../topic-candidates.ts";
import en from "./words.ts";

type ListTabsProps = {
  current: TopicSort;
  /** Only for members. */
  counts: { new: number; unread: number } | null;
  /** The page whose lists they are; the whole site's have addresses of their own. */
  base?: string;
  className?: string;
};

/** The lists of a place, as neighbours. Guests have no "new", "unread" and "mine". */
export function ListTabs({ current, counts, base, className }: ListTabsProps) {
  const t = useT("forums", en);
  const sorts: TopicSort[] = counts ? ["latest", "new", "unread", "top", "unanswered", "mine"] : ["latest", "top", "unanswered"];
  return (
    <TabLinks
      label={t("lists")}
      className={className}
      items={sorts.map((sort) => ({
        to: base ? (sort === "latest" ? base : `${base}?list=${sort}`) : `/${sort}`,
        label: t(`list.${sort}`),
        current: sort === current,
        count: sort === "new" || sort === "unread" ? counts?.[sort] : undefined,
      }))}
    />
  );
}
