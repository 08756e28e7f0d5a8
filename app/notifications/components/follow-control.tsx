import { useFetcher } from "@remix-run/react";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { Menu } from "#app/ui/menu.tsx";
import type { FollowLevel } from "#db/schema/community.ts";
import en from "../messages/en.json";
import { followLevels } from "../paths.ts";

export const levelIcons: Record<FollowLevel, IconName> = { watching: "eye", tracking: "circle", normal: "bell", muted: "bell-off" };

const labels = { topic: "followTopic", category: "followCategory", tag: "followTag" } as const;

type FollowControlProps = {
  /** The topic's, the category's or the tag's own address; `/follow` is sent to. */
  path: string;
  of: "topic" | "category" | "tag";
  /** Null for guests, who are shown nothing. */
  level: FollowLevel | null;
  className?: string;
};

/** How closely to follow a topic, a category or a tag: four buttons that say what each means. */
export function FollowControl({ path, of, level, className }: FollowControlProps) {
  const t = useT("notifications", en);
  const choice = useFetcher();
  if (!level) return null;
  const chosen = (choice.formData?.get("level") as FollowLevel | null | undefined) ?? level;
  return (
    <Menu label={t(chosen)} icon={levelIcons[chosen]} className={className}>
      <choice.Form method="post" action={`${path}/follow`} aria-label={t(labels[of])} className="w-72 max-w-[calc(100vw-48px)]">
        {followLevels.map((each) => (
          <button key={each} name="level" value={each} aria-pressed={each === chosen} onClick={(event) => event.currentTarget.closest("details")?.removeAttribute("open")} className={cx("flex w-full gap-3 rounded px-2.5 py-2 text-left hover:bg-sunken", each === chosen && "bg-accent-soft")}>
            <Icon name={levelIcons[each]} size={16} className="mt-0.5 shrink-0 text-ink-soft" />
            <span className="min-w-0 whitespace-normal">
              <span className="block text-sm font-medium text-ink">{t(each)}</span>
              <span className="block text-xs text-ink-soft">{t(`${of}_${each}`)}</span>
            </span>
          </button>
        ))}
      </choice.Form>
    </Menu>
  );
}
