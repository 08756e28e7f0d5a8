import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { FollowLevel } from "#db/schema/community.ts";
import en from "./words.ts";
import { levelIcons } from "./follow-control.tsx";

/** What a member chose for tags, each leading to where it is changed. Nothing for whoever chose none. */
export function FollowedTags({ tags }: { tags: { slug: string; name: string; level: FollowLevel }[] }) {
  const t = useT("notifications", en);
  if (tags.length === 0) return null;
  return (
    <section className="mb-8">
      <h2 className="mb-2 text-sm font-semibold text-ink-soft">{t("followedTags")}</h2>
      <ul className="flex flex-wrap gap-2">
        {tags.map(({ slug, name, level }) => (
          <li key={slug}>
            <Link to={`/tag/${encodeURIComponent(slug)}`} className="inline-flex min-h-8 items-center gap-1.5 rounded-md border border-line px-2.5 text-sm hover:bg-sunken touch:min-h-11">
              <Icon name={levelIcons[level]} size={14} className="text-ink-soft" />#{name}<span className="sr-only"> {t(level)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
