import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";

type Badge = { id: number; name: string; description: string; tier: "bronze" | "silver" | "gold"; earnedCount: number; earnedAt: Date };

const tones = { bronze: "text-[oklch(0.55_0.09_55)]", silver: "text-ink-faint", gold: "text-[oklch(0.68_0.13_85)]" } as const;

export function BadgeList({ badges }: { badges: Badge[] }) {
  const t = useT("profiles", en);
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {badges.map(({ id, name, description, tier, earnedCount, earnedAt }) => (
        <li key={id} className="flex gap-3 rounded-md border bg-surface p-4">
          <Icon name="trophy" size={22} className={`mt-0.5 ${tones[tier]}`} />
          <div className="min-w-0">
            <h2 className="font-semibold">{name}<span className="sr-only"> {t(tier)}</span></h2>
            {description && <p className="text-sm text-ink-soft">{description}</p>}
            <p className="mt-1 text-sm text-ink-faint">
              {t.rich("earned", { time: <Time at={earnedAt} /> })}
              {earnedCount > 1 && <> · {t("earnedTimes", { count: earnedCount })}</>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
