import { Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import en from "../messages/en.json";

type AdminPageProps = { title: string; lead?: ReactNode; actions?: ReactNode; /** The page above this one. */ up?: { to: string; label: string }; /** The tab it belongs to. */ tab?: string; /** What could not be done, when it belongs to no field. */ problem?: string | null; children: ReactNode };

/** The frame of the administration's pages: its tabs, the title, what was saved and what could not be. */
export function AdminPage({ title, lead, actions, up, tab, problem, children }: AdminPageProps) {
  const t = useT("community", en);
  const [params] = useSearchParams();
  const tabs = [
    { to: "/admin", label: t("adminOverview") },
    { to: "/admin/divisions", label: t("adminDivisions") },
    { to: "/admin/blogs", label: t("adminBlogs") },
    { to: "/admin/wikis", label: t("adminWikis") },
    { to: "/admin/groups", label: t("adminGroups") },
    { to: "/admin/members", label: t("adminMembers") },
    { to: "/admin/profile-fields", label: t("adminProfileFields") },
    { to: "/admin/site", label: t("adminSite") },
    { to: "/admin/searches", label: t("adminSearches") },
    { to: "/admin/audit", label: t("adminAudit") },
  ].map((item) => (item.to === tab ? { ...item, current: true } : item));
  return (
    <Page>
      <TabLinks label={t("administration")} items={tabs} className="mb-8" />
      <PageHeader title={title} lead={lead} actions={actions} place={up && <Link to={up.to} className="hover:text-ink hover:underline">← {up.label}</Link>} />
      {problem && <Notice tone="danger" className="mb-6">{problem}</Notice>}
      {!problem && params.has("saved") && <Notice tone="success" className="mb-6">{t("saved")}</Notice>}
      {children}
    </Page>
  );
}

/** A titled part of a page, divided from the one before by a hairline. */
export function Section({ title, lead, actions, children }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="mt-10 border-t border-line pt-6 first:mt-0 first:border-0 first:pt-0">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">{title}</h2>
          {lead && <p className="mt-1 max-w-[62ch] text-sm text-ink-soft">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
