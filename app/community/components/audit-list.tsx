import { Link } from "@remix-run/react";
import { useT } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";

type Entry = { id: number; at: Date; action: string; target: string; detail: string; actor: string | null };

/** Who did what when, the latest first. What has no sentence of ours shows its own name. */
export function AuditList({ entries }: { entries: Entry[] }) {
  const t = useT("community", en);
  if (entries.length === 0) return <p className="text-sm text-ink-soft">{t("nothingDone")}</p>;
  return (
    <ol className="divide-y divide-line border-y border-line text-sm">
      {entries.map(({ id, at, action, target, detail, actor }) => (
        <li key={id} className="grid gap-x-4 py-2.5 sm:grid-cols-[8rem_1fr]">
          <Time at={at} className="text-ink-soft" />
          <div className="min-w-0">
            <p>
              {actor ? <Link to={`/u/${actor}`} className="font-medium hover:underline">{actor}</Link> : <span className="font-medium">{t("theSystem")}</span>}{" "}
              {sentenceOf(action) ? t(sentenceOf(action)!) : <code className="text-xs">{action}</code>}{" "}
              {hrefOf(target) ? <Link to={hrefOf(target)!} className="text-accent-strong underline underline-offset-2">{target}</Link> : <span className="text-ink-soft">{target}</span>}
            </p>
            {detail !== "{}" && <p className="font-mono text-xs break-words text-ink-faint">{detail.length > 400 ? `${detail.slice(0, 400)}…` : detail}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function sentenceOf(action: string): (keyof typeof en & string) | null {
  const key = `did ${action}`;
  return Object.hasOwn(en, key) ? (key as keyof typeof en) : null;
}

/** Where the thing is administered, for those kinds that have such a page. */
function hrefOf(target: string): string | null {
  const [kind, id] = target.split(":");
  const folders: Record<string, string> = { division: "/admin/divisions", category: "/admin/categories", group: "/groups", member: "/admin/members" };
  return id && kind && folders[kind] ? `${folders[kind]}/${id}` : null;
}
