import { useFetcher } from "@remix-run/react";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Menu } from "#app/ui/menu.tsx";
import en from "../messages/en.json";

const levels = ["page", "subtree", "none"] as const;
type Level = (typeof levels)[number];

/** Whether to hear of edits: of this page, of all below it too, or not. */
export function FollowPage({ path, follow }: { path: string; follow: { level: Level; isAbove: boolean } | null }) {
  const t = useT("wikis", en);
  const choice = useFetcher();
  if (!follow) return null;
  const chosen = (choice.formData?.get("level") as Level | null | undefined) ?? follow.level;
  return (
    <Menu label={t(`follow.${chosen}`)} icon={chosen === "none" ? "bell" : "eye"}>
      <choice.Form method="post" action={`${path}/follow`} aria-label={t("followPage")} className="w-72 max-w-[calc(100vw-48px)]">
        {levels.map((level) => (
          <button key={level} name="level" value={level} aria-pressed={level === chosen} onClick={(event) => event.currentTarget.closest("details")?.removeAttribute("open")} className={cx("block w-full rounded px-2.5 py-2 text-left text-sm hover:bg-sunken", level === chosen && "bg-accent-soft")}>
            <span className="block font-medium text-ink">{t(`follow.${level}`)}</span>
            <span className="block text-xs whitespace-normal text-ink-soft">{t(`followHint.${level}`)}</span>
          </button>
        ))}
      </choice.Form>
      {follow.isAbove && chosen === "none" && <p className="px-2.5 py-2 text-xs text-ink-soft">{t("followedAbove")}</p>}
    </Menu>
  );
}
