import { Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import en from "../messages/en.json";

type InsightsPageProps = { title: ReactNode; lead?: ReactNode; actions?: ReactNode; aside?: ReactNode; place?: ReactNode; /** The tab it belongs to. */ tab: string; problem?: string | null; children: ReactNode };

/** The frame of the pages of insights: their tabs, the title, what was saved and what could not be. */
export function InsightsPage({ title, lead, actions, aside, place, tab, problem, children }: InsightsPageProps) {
  const t = useT("insights", en);
  const [params] = useSearchParams();
  const tabs = [
    { to: "/insights", label: t("tabOverview") },
    { to: "/insights/themes", label: t("tabThemes") },
    { to: "/insights/statements", label: t("tabStatements") },
    { to: "/insights/brief", label: t("tabBrief") },
    { to: "/insights/accuracy", label: t("tabAccuracy") },
    { to: "/insights/glossary", label: t("tabGlossary") },
    { to: "/insights/accounts", label: t("tabAccounts") },
  ].map((item) => ({ ...item, current: item.to === tab }));
  return (
    <Page aside={aside} asideGoes width="wide" className="insights">
      <TabLinks label={t("pagesOfInsights")} items={tabs} className="mb-8 print:hidden" />
      <PageHeader title={title} lead={lead} actions={actions} place={place} />
      {problem && <Notice tone="danger" className="mb-6">{problem}</Notice>}
      {!problem && params.has("saved") && <Notice tone="success" className="mb-6 print:hidden">{t("saved")}</Notice>}
      {children}
    </Page>
  );
}

type SectionProps = { title: ReactNode; lead?: ReactNode; more?: { to: string; label: string }; id?: string; children: ReactNode; className?: string };

/** A titled part of a page. */
export function Section({ title, lead, more, id, children, className }: SectionProps) {
  return (
    <section id={id} className={className ?? "mt-10 first:mt-0"}>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-1 border-b border-line-strong pb-2">
        <div>
          <h2 className="text-lg font-semibold">{title}</h2>
          {lead && <p className="max-w-[68ch] text-sm text-ink-soft">{lead}</p>}
        </div>
        {more && <Link to={more.to} className="text-sm text-accent-strong hover:underline print:hidden">{more.label}</Link>}
      </div>
      {children}
    </section>
  );
}
