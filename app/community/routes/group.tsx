import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { SeenMark } from "#app/notifications/components/seen-mark.tsx";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { LoadMore } from "#app/ui/pager.tsx";
import { db } from "#db/client.ts";
import { Section } from "../components/admin-page.tsx";
import { GroupDoor, LeaveButton } from "../components/group-door.tsx";
import { GroupMembers } from "../components/group-members.tsx";
import { GroupPage } from "../components/group-page.tsx";
import { addToGroupByName, countGroupMembers, joinGroup, leaveGroup, listGroupMembers, listGroupOwners, removeFromGroup, setGroupOwner } from "../group-members.ts";
import { askToJoin, readOwnRequest, withdrawRequest } from "../group-requests.ts";
import { accessGroup } from "../groups.ts";
import { groupIdParams, groupPageInput, peopleQuery } from "../inputs.ts";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";
import { refusalAtDoor, shownGroup } from "../shown-group.ts";

/** From so many members on, one is looked for by name. */
const LONG = 12;

export const loader = defineLoader({ params: groupIdParams }, async ({ viewer, params, request }) => {
  const member = requireMember(viewer);
  const group = await accessGroup(db, member, params.groupId);
  const { q = "", after } = peopleQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const shown = await shownGroup(db, member, group);
  // Who is in a group is known inside.
  const seesMembers = group.isMember || shown.mayManage;
  const list = seesMembers ? await listGroupMembers(db, group.id, { words: q, after }) : null;
  return {
    title: group.name, group: shown, isMember: group.isMember, isOwner: group.isOwner, isByRule: group.isByRule, isBanned: group.isBanned, words: q,
    owners: await listGroupOwners(db, group.id), count: seesMembers ? await countGroupMembers(db, group.id) : null,
    // By which address someone came is for those who run the group.
    members: list && list.members.map(({ domain, ...each }) => ({ ...each, domain: shown.mayManage ? domain : null })), next: list?.next ?? null,
    refusal: refusalAtDoor(viewer, group), request: group.isMember ? null : await readOwnRequest(db, viewer, group.id),
  };
});

export const action = defineAction({ params: groupIdParams, input: groupPageInput }, async ({ viewer, params: { groupId }, input }) => {
  const actor = requireMember(viewer);
  if (input.intent === "add") await addToGroupByName(actor, groupId, input.username);
  if (input.intent === "remove") await removeFromGroup(actor, { groupId, memberId: input.memberId });
  if (input.intent === "make-owner" || input.intent === "unmake-owner") await setGroupOwner(actor, { groupId, memberId: input.memberId, isOwner: input.intent === "make-owner" });
  if (input.intent === "join") await joinGroup(actor, groupId);
  if (input.intent === "ask") await askToJoin(actor, groupId, input.message);
  if (input.intent === "withdraw") await withdrawRequest(actor, groupId);
  if (input.intent === "leave") {
    await leaveGroup(actor, groupId);
    // It may be one that is not there for those who are not in it.
    return redirect("/groups");
  }
  return redirect(["join", "ask", "withdraw"].includes(input.intent) ? groupPath({ id: groupId }) : `${groupPath({ id: groupId })}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function Group() {
  const t = useT("community", en);
  const { group, isMember, isOwner, isByRule, isBanned, words, owners, count, members, next, refusal, request } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const of = (intent: string) => (problem?.values.intent === intent ? problem : undefined);
  const nextOf = (after: string) => `${groupPath(group)}?${new URLSearchParams({ ...(words && { q: words }), after })}`;
  return (
    <GroupPage group={group} tab="members" problem={problem} actions={isMember && !isByRule && <LeaveButton group={group} />}>
      <SeenMark groupId={group.id} />
      {isMember ? <p className="mb-6 text-sm text-ink-soft">{isByRule ? t("inByAddress") : t(isOwner ? "youOwn" : "youAreIn")}</p> : <GroupDoor group={group} isBanned={isBanned} refusal={refusal} request={request} problem={of("ask")} />}
      <div>
      <Section title={t("runBy")}>
        {owners.length === 0 ? <p className="text-sm text-ink-soft">{t("runByAdmins")}</p> : (
          <ul className="flex flex-wrap gap-x-6 gap-y-2">
            {owners.map(({ id, username, name, avatarFileId }) => <li key={id}><Link to={`/u/${username}`} className="flex min-h-8 items-center gap-2 touch:min-h-11"><Avatar name={name} fileId={avatarFileId} size={28} /><span className="font-medium">{name}</span></Link></li>)}
          </ul>
        )}
      </Section>
      <Section title={count === null ? t("groupMembers") : t("memberCount", { count })}>
        {group.mayManage && (
          <Form method="post" className="mb-5 flex flex-wrap items-end gap-3">
            <input type="hidden" name="intent" value="add" />
            <div className="min-w-48 flex-1 sm:max-w-72"><Field name="username" label={t("addByUsername")} required maxLength={60} autoCapitalize="none" spellCheck={false} defaultValue={of("add")?.values.username} errors={of("add")?.fields.username} /></div>
            <Button>{t("add")}</Button>
          </Form>
        )}
        {members ? <GroupMembers group={group} members={members} words={words} isLong={(count ?? 0) > LONG} /> : <p className="text-sm text-ink-soft">{t("membersSeeMembers")}</p>}
        <LoadMore href={next && nextOf(next)} label={t("moreMembers")} />
      </Section>
      </div>
    </GroupPage>
  );
}
