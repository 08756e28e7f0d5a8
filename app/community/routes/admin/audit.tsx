import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { translate } from "#app/core/messages.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { LoadMore } from "#app/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listAuditLog } from "../../audit-log.ts";
import { AdminPage } from "../../components/admin-page.tsx";
import { AuditList } from "../../components/audit-list.tsx";
import en from "../../messages/en.json";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  requireAdmin(viewer);
  const before = idParam.safeParse(new URL(request.url).searchParams.get("before")).data;
  return { title: translate(viewer.locale, "community.adminAudit"), ...(await listAuditLog(db, { before })) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function AdminAudit() {
  const t = useT("community", en);
  const { entries, next } = useLoaderData<typeof loader>();
  return (
    <AdminPage title={t("adminAudit")} lead={t("auditLead")} tab="/admin/audit">
      <AuditList entries={entries} />
      <LoadMore href={next ? `?before=${next}` : null} label={t("olderEntries")} />
    </AdminPage>
  );
}
