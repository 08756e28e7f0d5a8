import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { db } from "#db/client.ts";
import { Section } from "../components/admin-page.tsx";
import { listOtherGroups, listOwnGroups } from "../groups.ts";
import { groupsQuery } from "../inputs.ts";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  const { after } = groupsQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [own, others] = await Promise.all([after === undefined ? listOwnGroups(db, member) : null, listOtherGroups(db, member, { after })]);
  return { title: translate(viewer.locale, "community.groups"), own, others: others.groups, next: others.next };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function Groups() {
  const t = useT("community", en);
  const { own, others, next } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader title={t("groups")} lead={t("groupsLead")} />
      <div>
        {own && <Section title={t("yourGroups")}>{own.length > 0 ? <GroupList groups={own} /> : <p className="text-sm text-ink-soft">{t("youAreInNone")}</p>}</Section>}
        <Section title={t("otherGroups")}>
          {others.length > 0 ? <GroupList groups={others} /> : <EmptyState icon="users" title={t("noOtherGroups")}>{t("noOtherGroupsText")}</EmptyState>}
          <LoadMore href={next === null ? null : `/groups?after=${encodeURIComponent(next)}`} label={t("moreGroups")} />
        </Section>
      </div>
    </Page>
  );
}

type Line = { id: number; name: string; description: string; joining: "closed" | "request" | "open"; isOwner?: boolean };

function GroupList({ groups }: { groups: Line[] }) {
  const t = useT("community", en);
  return (
    <ul className="divide-y divide-line border-t border-line">
      {groups.map(({ isOwner, ...group }) => (
        <li key={group.id} className="flex min-h-14 items-center justify-between gap-4 py-2.5">
          <div className="min-w-0">
            <Link to={groupPath(group)} className="font-medium hover:underline">{group.name}</Link>
            {group.description && <p className="line-clamp-2 text-sm text-ink-soft">{group.description}</p>}
          </div>
          {isOwner === undefined ? <span className="shrink-0 text-xs text-ink-soft">{t(`joins_${group.joining}`)}</span> : isOwner && <span className="shrink-0 rounded bg-accent-soft px-1.5 text-xs font-semibold text-accent-strong">{t("groupOwner")}</span>}
        </li>
      ))}
    </ul>
  );
}
