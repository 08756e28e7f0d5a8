import { Link, useMatches } from "@remix-run/react";
import { feedFormats } from "../feed-formats.ts";
import type { Found } from "../found.tsx";
import { useT } from "../i18n.tsx";
import { Icon } from "../icon.tsx";
import en from "../messages/en.json";

/**
 * Where programs can follow what this page shows. A member is led to where both addresses are: everybody's, and one of
 * their own, which also shows what guests do not see.
 */
export function FeedLinks({ isMember }: { isMember: boolean }) {
  const t = useT("ui", en);
  const matches = useMatches();
  const feed = (matches.at(-1)?.data as { found?: Found } | undefined)?.found?.feeds?.[0];
  if (!feed) return null;
  if (isMember) return <Link to={`/settings/feeds?of=${encodeURIComponent(feed.path)}`} className="inline-flex items-center gap-1.5 hover:text-ink"><Icon name="rss" size={14} />{t("followInReader")}</Link>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      <span className="inline-flex items-center gap-1.5"><Icon name="rss" size={14} />{t("feed")}</span>
      {feedFormats.map(({ ending, name }) => <a key={ending} href={`${feed.path}.${ending}`} className="hover:text-ink hover:underline">{name}</a>)}
    </span>
  );
}
