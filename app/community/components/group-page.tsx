import { Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Problem } from "#app/core/http.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";

export type ShownGroup = { id: number; name: string; description: string; joining: "closed" | "request" | "open"; mayManage: boolean; mayAdminister: boolean; waitingCount: number };

type GroupPageProps = { group: ShownGroup; tab: "members" | "requests" | "bans" | "settings"; problem?: Problem; actions?: ReactNode; children: ReactNode };

/** The frame of a group's pages: for those who run it, with the tabs to do so. */
export function GroupPage({ group, tab, problem, actions, children }: GroupPageProps) {
  const t = useT("community", en);
  const [params] = useSearchParams();
  const tabs = [
    { to: groupPath(group), label: t("groupMembers"), current: tab === "members" },
    { to: groupPath(group, "requests"), label: t("groupRequests"), count: group.waitingCount, current: tab === "requests" },
    { to: groupPath(group, "bans"), label: t("groupBans"), current: tab === "bans" },
    ...(group.mayAdminister ? [{ to: groupPath(group, "settings"), label: t("groupSettings"), current: tab === "settings" }] : []),
  ];
  return (
    <Page>
      <PageHeader title={group.name} lead={group.description} actions={actions} place={<Link to={group.mayAdminister ? "/admin/groups" : "/groups"} className="hover:text-ink hover:underline">← {t("groups")}</Link>} />
      {group.mayManage && <TabLinks label={t("groupTabs")} items={tabs} className="mb-6" />}
      {problem && Object.keys(problem.fields).length === 0 && <Notice tone="danger" className="mb-6">{problem.message}</Notice>}
      {!problem && params.has("saved") && <Notice tone="success" className="mb-6">{t("saved")}</Notice>}
      <div>{children}</div>
    </Page>
  );
}
