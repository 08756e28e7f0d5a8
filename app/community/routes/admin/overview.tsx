import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { IconName } from "#app/ui/icon-names.ts";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { categories, divisions, groups } from "#db/schema/community.ts";
import { AdminPage, Section } from "../../components/admin-page.tsx";
import { AuditList } from "../../components/audit-list.tsx";
import { listAuditLog } from "../../audit-log.ts";
import en from "../../messages/en.json";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer }) => {
  requireAdmin(viewer);
  const [memberCount, divisionCount, categoryCount, groupCount, { entries }] = await Promise.all([
    db.$count(members), db.$count(divisions), db.$count(categories), db.$count(groups), listAuditLog(db, { changesOnly: true }),
  ]);
  return { title: translate(viewer.locale, "community.administration"), memberCount, divisionCount, categoryCount, groupCount, entries: entries.slice(0, 8) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function AdminOverview() {
  const t = useT("community", en);
  const data = useLoaderData<typeof loader>();
  const cards: { to: string; icon: IconName; title: string; text: string }[] = [
    { to: "/admin/divisions", icon: "layers", title: t("adminDivisions"), text: t("overviewDivisions", { divisions: data.divisionCount, categories: data.categoryCount }) },
    { to: "/admin/blogs", icon: "newspaper", title: t("adminBlogs"), text: t("overviewBlogs") },
    { to: "/admin/wikis", icon: "book-open", title: t("adminWikis"), text: t("overviewWikis") },
    { to: "/admin/groups", icon: "users", title: t("adminGroups"), text: t("overviewGroups", { count: data.groupCount }) },
    { to: "/admin/members", icon: "user", title: t("adminMembers"), text: t("overviewMembers", { count: data.memberCount }) },
    { to: "/admin/profile-fields", icon: "list", title: t("adminProfileFields"), text: t("overviewProfileFields") },
    { to: "/admin/site", icon: "palette", title: t("adminSite"), text: t("overviewSite") },
    { to: "/admin/searches", icon: "search", title: t("adminSearches"), text: t("overviewSearches") },
  ];
  return (
    <AdminPage title={t("administration")} lead={t("administrationLead")}>
      <ul className="grid gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-2">
        {cards.map(({ to, icon, title, text }) => (
          <li key={to} className="bg-surface last:odd:sm:col-span-2">
            <Link to={to} className="flex h-full gap-4 p-5 hover:bg-sunken">
              <Icon name={icon} size={20} className="mt-1 text-accent" />
              <span><span className="block font-semibold">{title}</span><span className="block text-sm text-ink-soft">{text}</span></span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-10">
        <Section title={t("lastChanges")} actions={<Link to="/admin/audit" className="text-sm text-accent-strong hover:underline">{t("allChanges")}</Link>}>
          <AuditList entries={data.entries} />
        </Section>
      </div>
    </AdminPage>
  );
}
