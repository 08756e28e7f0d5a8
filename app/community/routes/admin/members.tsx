import type { MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { idParam } from "#app/core/ids.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { LoadMore } from "#app/ui/pager.tsx";
import { SpeakerBadge } from "#app/ui/speaker-label.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { AdminPage } from "../../components/admin-page.tsx";
import { searchMembers } from "../../member-admin.ts";
import en from "../../messages/en.json";
import { adminMemberPath } from "../../paths.ts";
import { requireAdmin } from "../../require-admin.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  requireAdmin(viewer);
  const { searchParams } = new URL(request.url);
  const words = (searchParams.get("q") ?? "").replace(/\0/g, "").trim().slice(0, 100);
  const before = idParam.safeParse(searchParams.get("before")).data;
  return { title: translate(viewer.locale, "community.adminMembers"), words, ...(await searchMembers(db, { words, before })) };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function AdminMembers() {
  const t = useT("community", en);
  const { words, members, next } = useLoaderData<typeof loader>();
  return (
    <AdminPage title={t("adminMembers")} lead={t("adminMembersLead")} tab="/admin/members">
      <Form method="get" role="search" className="mb-6 flex flex-wrap items-end gap-3">
        <div className="min-w-48 flex-1 sm:max-w-96"><Field type="search" name="q" label={t("searchMembers")} hideLabel placeholder={t("searchMembers")} maxLength={100} defaultValue={words} /></div>
        <Button>{t("search")}</Button>
      </Form>
      {members.length === 0 ? <EmptyState icon="search" title={t("noMembersFound")}>{t("noMembersFoundHint")}</EmptyState> : (
        <ul className="divide-y divide-line border-y border-line">
          {members.map((member) => (
            <li key={member.id} className="flex min-h-14 items-center gap-3 py-2">
              <Avatar name={member.name} fileId={member.avatarFileId} size={32} />
              <Link to={adminMemberPath(member.id)} className="min-w-0 flex-1">
                <span className="font-medium hover:underline">{member.name}</span> <span className="text-sm text-ink-soft">@{member.username}</span>
                <span className="block truncate text-sm text-ink-soft">{member.email}</span>
              </Link>
              {member.suspendedUntil && member.suspendedUntil > new Date() && <span className="rounded bg-danger-soft px-1.5 text-xs font-semibold text-danger">{t("isSuspended")}</span>}
              {!member.emailVerifiedAt && <span className="hidden rounded bg-sunken px-1.5 text-xs text-ink-soft sm:inline">{t("isUnverified")}</span>}
              <SpeakerBadge label={member.label} className="hidden sm:inline" />
              <span className="hidden w-32 text-right text-xs text-ink-soft sm:block">{member.lastSeenAt ? <>{t("seen")} <Time at={member.lastSeenAt} /></> : t("neverSeen")}</span>
            </li>
          ))}
        </ul>
      )}
      <LoadMore href={next ? `?${new URLSearchParams({ ...(words && { q: words }), before: String(next) })}` : null} />
    </AdminPage>
  );
}
