import { Link } from "@remix-run/react";
import { cx } from "#app/ui/class-names.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Time } from "#app/ui/time.tsx";
import type { Edit } from "../revisions.ts";
import type { AllT as T } from "./post-words.ts";

type EditListProps = { edits: Edit[]; revision: number; shown: number; as: string; address: string; t: T };

/** Who changed a post, when and why, the latest first; each leads to what it changed. */
export function EditList({ edits, revision, shown, as, address, t }: EditListProps) {
  const oldest = edits.at(-1)?.revision ?? 1;
  return (
    <nav aria-label={t("history")} className="text-sm">
      <ol className="space-y-1">
        {edits.map(({ revision: number, by, reason, at, isErased }) => (
          <li key={number}>
            <Link to={`${address}?to=${number}&as=${as}`} aria-current={number === shown ? "true" : undefined} className={cx("block rounded-md px-3 py-2 hover:bg-sunken", number === shown && "bg-accent-soft")}>
              <span className="font-medium">{t("version", { number })}</span>{number === revision && <span className="text-ink-soft"> · {t("historyNow")}</span>}
              <span className="block text-ink-soft">{by.name} · <Time at={at} /></span>
              {isErased && <span className="flex items-center gap-1 text-ink-soft"><Icon name="eraser" size={14} />{t("version", { number: number - 1 })}: {t("versionErased")}</span>}
              {reason && <span className="block italic text-ink-soft">{reason}</span>}
            </Link>
          </li>
        ))}
        {oldest > 2 && <li><Link to={`${address}?to=${shown}&as=${as}&before=${oldest}`} className="block px-3 py-2 font-medium text-accent-strong">{t("olderVersions")}</Link></li>}
      </ol>
    </nav>
  );
}
