import { Link } from "@remix-run/react";
import type { readMemberForAdmins } from "../member-admin.ts";
import { useT } from "#app/ui/i18n.tsx";
import { Time } from "#app/ui/time.tsx";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";

type Member = Awaited<ReturnType<typeof readMemberForAdmins>>;

/** What admins need to know of a member at a glance. */
export function MemberFacts({ member }: { member: Member }) {
  const t = useT("community", en);
  const facts = [
    { name: t("email"), value: member.email ? <>{member.email} {member.emailVerifiedAt ? "" : <span className="text-ink-soft">({t("isUnverified")})</span>}</> : t("noEmail") },
    { name: t("joinedAt"), value: <Time at={member.createdAt} /> },
    { name: t("lastSeen"), value: member.lastSeenAt ? <Time at={member.lastSeenAt} /> : t("neverSeen") },
    { name: t("written"), value: t("writtenCount", { topics: member.topicCount, posts: member.postCount }) },
    { name: t("adminGroups"), value: member.groups.length === 0 ? t("noGroups") : <span className="flex flex-wrap gap-x-3">{member.groups.map((group) => <Link key={group.id} to={groupPath(group)} className="text-accent-strong hover:underline">{group.name}</Link>)}</span> },
  ];
  return (
    <dl className="mb-8 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[8rem_1fr]">
      {facts.map(({ name, value }) => (
        <div key={name} className="contents"><dt className="text-ink-soft max-sm:mt-1">{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}
