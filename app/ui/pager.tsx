import { Link } from "@remix-run/react";
import { buttonClass } from "./button.tsx";
import { cx } from "./class-names.ts";
import { useT } from "./i18n.tsx";
import { Icon } from "./icon.tsx";
import en from "./messages/en.json";

/** The rest of a list: an ordinary link, so that it works everywhere. Null `href` when there is no more. */
export function LoadMore({ href, label }: { href: string | null; label?: string }) {
  const t = useT("ui", en);
  if (!href) return null;
  return (
    <div className="mt-6 flex justify-center print:hidden">
      <Link to={href} rel="next" preventScrollReset className={buttonClass("plain")}>{label ?? t("loadMore")}</Link>
    </div>
  );
}

type PagerProps = { page: number; pageCount: number; hrefOf: (page: number) => string; className?: string };

/** Numbered pages: the first, the last and those around this one. Nothing for a single page. */
export function Pager({ page, pageCount, hrefOf, className }: PagerProps) {
  const t = useT("ui", en);
  if (pageCount <= 1) return null;
  const cell = "inline-flex min-h-9 min-w-9 items-center justify-center rounded-md px-2 text-sm tabular hover:bg-sunken touch:min-h-11 touch:min-w-11 max-sm:min-w-9! max-sm:px-1";
  return (
    <nav aria-label={t("pages")} className={cx("flex flex-wrap items-center gap-1 max-sm:gap-0", className)}>
      {page > 1 && <Link to={hrefOf(page - 1)} rel="prev" aria-label={t("previousPage")} className={cell}><Icon name="chevron-left" size={16} /></Link>}
      {pagesAround(page, pageCount).map((number, index) =>
        number === null
          ? <span key={`gap${index}`} className="px-1 text-ink-faint">…</span>
          : number === page
            ? <span key={number} aria-current="page" className={cx(cell, "bg-accent-soft font-semibold text-accent-strong")}>{number}</span>
            : <Link key={number} to={hrefOf(number)} aria-label={t("pageNumber", { page: number })} className={cx(cell, isFar(number, page, pageCount) && "max-sm:hidden")}>{number}</Link>,
      )}
      {page < pageCount && <Link to={hrefOf(page + 1)} rel="next" aria-label={t("nextPage")} className={cell}><Icon name="chevron-right" size={16} /></Link>}
    </nav>
  );
}

/** Left out where the row would break: what lies two pages off, unless it is the first or the last. */
function isFar(number: number, page: number, pageCount: number): boolean {
  return Math.abs(number - page) === 2 && number !== 1 && number !== pageCount;
}

/** Page numbers to offer, with null where some are left out. */
export function pagesAround(page: number, pageCount: number): (number | null)[] {
  const wanted = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, pageCount])].filter((n) => n >= 1 && n <= pageCount).sort((a, b) => a - b);
  return wanted.flatMap((n, index) => (index > 0 && n - wanted[index - 1]! > 1 ? [null, n] : [n]));
}
