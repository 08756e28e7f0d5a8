import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field, TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { LoadMore } from "#app/ui/pager.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { Section } from "../components/admin-page.tsx";
import { GroupPage } from "../components/group-page.tsx";
import { banFromGroup, liftBan, listBans } from "../group-bans.ts";
import { bansQuery, groupBansInput, groupIdParams } from "../inputs.ts";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";
import { requireGroupOwner, shownGroup } from "../shown-group.ts";

export const loader = defineLoader({ params: groupIdParams }, async ({ viewer, params, request }) => {
  const { group } = await requireGroupOwner(db, viewer, params.groupId);
  const { who = "", after } = bansQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { title: group.name, group: await shownGroup(db, viewer, group), who, ...(await listBans(db, group.id, { after })) };
});

export const action = defineAction({ params: groupIdParams, input: groupBansInput }, async ({ viewer, params: { groupId }, input }) => {
  const actor = requireMember(viewer);
  if (input.intent === "ban") await banFromGroup(actor, groupId, input);
  if (input.intent === "lift") await liftBan(actor, { groupId, memberId: input.memberId });
  return redirect(`${groupPath({ id: groupId }, "bans")}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function GroupBans() {
  const t = useT("community", en);
  const { group, who, bans, next } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  const failed = problem?.values.intent === "ban" ? problem : undefined;
  return (
    <GroupPage group={group} tab="bans" problem={problem}>
      <Section title={t("banSomeone")} lead={t("banLead")}>
        <Form method="post" className="max-w-[62ch] space-y-4">
          <input type="hidden" name="intent" value="ban" />
          <Field key={who} name="username" label={t("addByUsername")} required maxLength={60} autoCapitalize="none" spellCheck={false} defaultValue={failed?.values.username ?? who} errors={failed?.fields.username} />
          <TextArea name="reason" rows={2} label={t("banReason")} hint={t("banReasonHint")} required maxLength={500} defaultValue={failed?.values.reason} errors={failed?.fields.reason} />
          <Button look="danger">{t("ban")}</Button>
        </Form>
      </Section>
      <Section title={t("groupBans")}>
        {bans.length === 0 ? <p className="text-sm text-ink-soft">{t("bansEmpty")}</p> : (
          <ul className="divide-y divide-line border-y border-line">
            {bans.map(({ id, username, name, avatarFileId, reason, createdAt, bannedBy }) => (
              <li key={id} className="flex flex-wrap items-center gap-3 py-3">
                <Avatar name={name} fileId={avatarFileId} size={32} />
                <div className="min-w-48 flex-1">
                  <Link to={`/u/${username}`}><span className="font-medium">{name}</span> <span className="text-sm text-ink-soft">@{username}</span></Link>
                  <p className="text-sm wrap-anywhere">{reason}</p>
                  <p className="text-xs text-ink-soft"><Time at={createdAt} />{bannedBy && <> {t("bannedBy", { name: bannedBy })}</>}</p>
                </div>
                <Form method="post"><input type="hidden" name="intent" value="lift" /><input type="hidden" name="memberId" value={id} /><Button size="small" aria-label={t("liftBanNamed", { name })}>{t("liftBan")}</Button></Form>
              </li>
            ))}
          </ul>
        )}
        <LoadMore href={next && `${groupPath(group, "bans")}?after=${next}`} label={t("moreBans")} />
      </Section>
    </GroupPage>
  );
}
