import type { ReactNode } from "react";
import { cx } from "./class-names.ts";
import { useKept } from "./kept.tsx";

type PageProps = {
  /** What helps here: facts, a table of contents, people. Beside the column from 1100 px, below it on smaller screens. */
  aside?: ReactNode;
  /** All that `aside` is made of, when the server may keep what it looks like, under names that no other page gives: see useKept. */
  asideOf?: unknown;
  /** `wide` for tables and boards; the others keep a readable measure. */
  width?: "normal" | "wide";
  /** The rail goes with the page in place of staying in sight: for one that is longer than a window. */
  asideGoes?: true;
  className?: string;
  children: ReactNode;
};

/** The column of a page, with its rail on the right. Everything between the left rail and the footer. */
export function Page({ aside, asideOf, width = "normal", asideGoes, className, children }: PageProps) {
  const kept = useKept(asideOf === undefined ? null : `<aside class="page-aside`, "</aside>", asideOf, () => aside);
  return (
    <div className={cx("page", aside ? "page-with-aside" : width === "normal" && "page-narrow")}>
      <main id="content" tabIndex={-1} className={cx("min-w-0 outline-none", className)}>{children}</main>
      {aside && <aside className={cx("page-aside", asideGoes && "page-aside-goes")} {...kept} />}
    </div>
  );
}

type PageHeaderProps = {
  title: ReactNode;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  /** Where this is: a small line above the title. */
  place?: ReactNode;
  /** Buttons at the end of the line. */
  actions?: ReactNode;
  className?: string;
};

export function PageHeader({ title, lead, place, actions, className }: PageHeaderProps) {
  return (
    <header className={cx("mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4", className)}>
      <div className="min-w-0 flex-1 basis-64">
        {place && <div className="mb-1 text-sm text-ink-soft">{place}</div>}
        <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
        {lead && <div className="mt-1.5 max-w-[62ch] text-ink-soft">{lead}</div>}
      </div>
      {actions && <div className="page-actions flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** A titled box in the right rail. */
export function RailSection({ title, children, className }: { title: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={cx("border-t border-line pt-4 first:border-0 first:pt-0", className)}>
      <h2 className="mb-2 text-xs font-semibold text-ink-soft">{title}</h2>
      {children}
    </section>
  );
}
