import { Link } from "@remix-run/react";
import { useT, type Translate } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import type { AuditFact } from "../audit-facts.ts";
import en from "../messages/en.json";

type Entry = { id: number; at: Date; action: string; target: string; /** What the target is called. */ name: string | null; facts: AuditFact[]; /** As it was written down. */ detail: string | null; actor: string | null };

/** Who did what when, the latest first. What has no sentence of ours shows its own name. */
export function AuditList({ entries }: { entries: Entry[] }) {
  const t = useT("community", en);
  if (entries.length === 0) return <p className="text-sm text-ink-soft">{t("nothingDone")}</p>;
  return (
    <ol className="divide-y divide-line border-y border-line text-sm">
      {entries.map(({ id, at, action, target, name, facts, detail, actor }) => (
        <li key={id} className="grid gap-x-4 py-2.5 sm:grid-cols-[8rem_1fr]">
          <Time at={at} className="text-ink-soft" />
          <div className="min-w-0">
            <p className="wrap-anywhere">
              {actor ? <Link to={`/u/${actor}`} className="font-medium hover:underline">{actor}</Link> : <span className="font-medium">{t("theSystem")}</span>}{" "}
              {sentenceOf(action) ? t(sentenceOf(action)!) : <code className="text-xs">{action}</code>}{" "}
              <Target target={target} name={name} actor={actor} />
            </p>
            {facts.length > 0 && <ul className="mt-0.5 text-ink-soft">{facts.map((fact, index) => <li key={index} className="wrap-anywhere">{inWords(fact, t)}</li>)}</ul>}
            {detail && (
              <details className="mt-0.5 text-xs text-ink-faint">
                <summary className="opens w-fit touch:min-h-11">{t("asWritten")}</summary>
                <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-3 font-mono whitespace-pre-wrap wrap-anywhere text-ink-soft" tabIndex={0}>{`${action} ${target}\n${detail}`}</pre>
              </details>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Target({ target, name, actor }: { target: string; name: string | null; actor: string | null }) {
  const href = hrefOf(target);
  // Whose own act it was is said already; "site" and the names of sessions say nothing to a reader.
  if (!name || name === actor) return null;
  return href ? <Link to={href} className="text-accent-strong underline underline-offset-2">{name}</Link> : <span className="font-medium">{name}</span>;
}

function inWords({ field, before, now }: AuditFact, t: Translate<typeof en>): string {
  const name = field.startsWith("group ") ? field.slice(6) : knows(`fact ${field}`) ? t(`fact ${field}` as keyof typeof en) : field;
  const isOurWord = field.startsWith("group ") || field === "role" || field === "label";
  const said = (value: string) => {
    const key = isOurWord ? value : `value ${value}`;
    return knows(key) ? t(key as keyof typeof en) : value;
  };
  if (before !== undefined && now !== undefined) return t("factChanged", { field: name, before: said(before), now: said(now) });
  if (before !== undefined) return t("factGone", { field: name, before: said(before) });
  return now === undefined ? name : t("factNow", { field: name, now: said(now) });
}

function sentenceOf(action: string): (keyof typeof en & string) | null {
  const key = `did ${action}`;
  return knows(key) ? (key as keyof typeof en) : null;
}

function knows(key: string): boolean {
  return Object.hasOwn(en, key);
}

/** Where the thing is administered, for those kinds that have such a page. */
function hrefOf(target: string): string | null {
  const [kind, id] = target.split(":");
  const folders: Record<string, string> = { division: "/admin/divisions", category: "/admin/categories", group: "/groups", member: "/admin/members", wiki: "/admin/wikis", blog: "/admin/blogs" };
  return id && kind && folders[kind] ? `${folders[kind]}/${id}` : null;
}
