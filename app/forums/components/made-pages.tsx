import { Link } from "@remix-run/react";
import { cx } from "#app/ui/class-names.ts";
import { Icon } from "#app/ui/icon.tsx";
import type { MadePage } from "../made-of.ts";
import type { T } from "./post-words.ts";

/** Where what stands here is kept true from now on. */
export function MadePages({ pages, className, t }: { pages: MadePage[]; className?: string; t: T }) {
  return (
    <p className={cx("flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-ink-soft", className)}>
      <Icon name="book-open" size={16} className="mt-0.5" />
      <span>
        {t("maintainedHere")}{" "}
        {pages.map(({ title, path, wiki }, at) => (
          <span key={path}>{at > 0 && ", "}<Link to={path} className="font-medium text-ink underline underline-offset-2">{title}</Link> <span className="text-ink-faint">({wiki})</span></span>
        ))}
      </span>
    </p>
  );
}
