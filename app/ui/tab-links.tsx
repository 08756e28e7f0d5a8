import { Link, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { cx } from "./class-names.ts";
import { useLanguage } from "./i18n.tsx";

export type TabLink = { to: string; label: string; count?: number; /** When the path alone does not tell. */ current?: boolean };

/** Neighbouring pages as a row of links; scrolls inside itself where the screen is narrow. */
export function TabLinks({ label, items, className }: { /** What the row is, for screen readers. */ label: string; items: TabLink[]; className?: string }) {
  const { pathname } = useLocation();
  const { locale } = useLanguage();
  const row = useRef<HTMLElement>(null);
  // Where the row is wider than the screen, the page one is on must not be the one out of sight.
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (here && row.current) row.current.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - row.current.offsetLeft - row.current.offsetWidth / 2;
  }, [pathname]);
  return (
    <nav ref={row} aria-label={label} className={cx("tab-links", className)}>
      {items.map(({ to, label: text, count, current = pathname === to.split("?")[0] }) => (
        <Link key={to} to={to} aria-current={current ? "page" : undefined} className="tab-link">
          {text}
          {count !== undefined && count > 0 && <span className="tabular text-xs text-ink-faint">{count > 99 ? "99+" : count.toLocaleString(locale === "en-XA" ? "en" : locale)}</span>}
        </Link>
      ))}
    </nav>
  );
}
