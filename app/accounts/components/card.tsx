import type { ReactNode } from "react";

type CardProps = { title: string; lead?: ReactNode; children: ReactNode; /** What else one may want here; stands below. */ foot?: ReactNode };

/** A page of one form: signing in and up, and what mailed links lead to. */
export function Card({ title, lead, children, foot }: CardProps) {
  return (
    <main id="content" tabIndex={-1} className="mx-auto w-full max-w-md px-4 py-6 outline-none sm:py-12">
      <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
      {lead && <p className="mt-2 text-ink-soft">{lead}</p>}
      <div className="mt-6 rounded-md border bg-surface p-5 sm:p-6">{children}</div>
      {foot && <div className="mt-6 space-y-4 text-sm text-ink-soft">{foot}</div>}
    </main>
  );
}
