import { Form, Link } from "@remix-run/react";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { Menu, MenuForm, MenuLink } from "#app/ui/menu.tsx";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";
import type { ShownGroup } from "./group-page.tsx";

type Row = { id: number; username: string; name: string; avatarFileId: number | null; isOwner: boolean; /** The rule that brought them, for those who run the group. */ domain: string | null };

/** Who is in a group; for those who run it, with what they can do about each. */
export function GroupMembers({ group, members, words, isLong }: { group: ShownGroup; members: Row[]; words: string; isLong: boolean }) {
  const t = useT("community", en);
  return (
    <>
      {(isLong || words) && (
        <Form method="get" className="mb-4 flex flex-wrap items-end gap-3">
          <div className="min-w-48 flex-1 sm:max-w-72"><Field name="q" type="search" label={t("findInGroup")} maxLength={60} defaultValue={words} /></div>
          <Button>{t("find")}</Button>
        </Form>
      )}
      {members.length === 0 ? <p className="text-sm text-ink-soft">{words ? t("nobodyLikeThat") : t("groupIsEmpty")}</p> : (
        <ul className="divide-y divide-line border-y border-line">
          {members.map(({ id, username, name, avatarFileId, isOwner, domain }) => (
            <li key={id} className="flex min-h-14 items-center gap-3 py-2">
              <Avatar name={name} fileId={avatarFileId} size={32} />
              <Link to={`/u/${username}`} className="min-w-0 flex-1"><span className="font-medium">{name}</span> <span className="text-sm text-ink-soft">@{username}</span></Link>
              {domain && <span className="truncate rounded bg-sunken px-1.5 text-xs text-ink-soft">{t("byDomain", { domain })}</span>}
              {isOwner && <span className="rounded bg-accent-soft px-1.5 text-xs font-semibold text-accent-strong">{t("groupOwner")}</span>}
              {group.mayManage && (group.mayAdminister || !isOwner) && (
                <Menu label={t("more", { name })} icon="ellipsis" hideLabel>
                  {group.mayAdminister && <MenuForm action={groupPath(group)} icon="star" fields={{ intent: isOwner ? "unmake-owner" : "make-owner", memberId: id }}>{t(isOwner ? "unmakeOwner" : "makeOwner")}</MenuForm>}
                  {domain === null && <MenuForm action={groupPath(group)} icon="x" tone="danger" fields={{ intent: "remove", memberId: id }}>{t("removeFromGroup")}</MenuForm>}
                  <MenuLink to={`${groupPath(group, "bans")}?who=${encodeURIComponent(username)}`} icon="lock">{t("banMore")}</MenuLink>
                </Menu>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
