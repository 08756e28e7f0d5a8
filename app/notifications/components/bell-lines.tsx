import { Link } from "@remix-run/react";
import { cx } from "#app/ui/class-names.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import type { loader } from "../routes/latest.ts";
import { LineFace, LineSentence } from "./inbox-line.tsx";
import en from "./words.ts";

export type BellLinesProps = { lines: Awaited<ReturnType<typeof loader>>["lines"] };

/** The latest lines, behind the bell. With its words it is loaded when the bell is opened. */
export function BellLines({ lines }: BellLinesProps) {
  const t = useT("notifications", en);
  if (lines.length === 0) return <p className="px-2.5 py-4 text-center text-sm text-ink-soft">{t("bellEmpty")}</p>;
  return lines.map((line) => (
    <Link key={line.id} to={line.href} className={cx("flex gap-3 rounded px-2.5 py-2 hover:bg-sunken", !line.isRead && "bg-accent-soft/45")}>
      <LineFace line={line} size={32} />
      <span className="min-w-0 flex-1 text-sm">
        <span className="block text-ink-soft"><LineSentence line={line} />{!line.isRead && <span className="sr-only"> ({t("unread")})</span>}</span>
        <span className={cx("line-clamp-1 block", !line.isRead && "font-semibold")}>{line.title}</span>
        <span className="block truncate text-xs text-ink-faint"><Time at={line.updatedAt} /> · {line.categoryName ? t("placeOf", { division: line.divisionName ?? "", category: line.categoryName }) : t("groups")}</span>
      </span>
    </Link>
  ));
}
