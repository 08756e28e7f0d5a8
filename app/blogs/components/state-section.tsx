import type { ReactNode } from "react";

/** One thing that can be done with an article, what it means, and its form. */
export function StateSection({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <section className="mt-8 border-t border-line pt-6 first-of-type:mt-0 first-of-type:border-0 first-of-type:pt-0">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-1 mb-4 max-w-[62ch] text-sm text-ink-soft">{lead}</p>
      {children}
    </section>
  );
}
