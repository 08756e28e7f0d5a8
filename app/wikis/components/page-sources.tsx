import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import en from "../messages/en.json";
import type { Credit } from "../sources.ts";

const link = "font-medium text-ink hover:underline";

/** What a page was made from, and whose words it began with. */
export function PageSources({ sources }: { sources: Credit[] }) {
  const t = useT("wikis", en);
  return (
    <ul className="mt-8 space-y-1 rounded-md bg-sunken px-4 py-3 text-sm text-ink-soft empty:hidden">
      {sources.map(({ title, path, authors }, at) => (
        <li key={at} className="flex items-start gap-2">
          <Icon name="messages-square" size={16} className="mt-0.5" />
          <span>
            {t.rich("madeFrom", {
              count: authors.length,
              title: path ? <Link key="title" to={path} className={link}>{title}</Link> : <span key="title" className="font-medium text-ink">{title}</span>,
              names: <span key="names">{authors.map(({ name, username }, index) => <span key={index}>{index > 0 && ", "}{username ? <Link to={`/u/${username}`} className={link}>{name}</Link> : name}</span>)}</span>,
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
