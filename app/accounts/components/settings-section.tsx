import type { ReactNode } from "react";
import { PageHeader } from "#app/ui/page.tsx";

/** One page of the settings. */
export function SettingsSection({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className="max-w-2xl">
      <PageHeader title={title} lead={lead} />
      {children}
    </section>
  );
}
