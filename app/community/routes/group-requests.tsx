import { redirect, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { SeenMark } from "#app/notifications/components/seen-mark.tsx";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { ConfirmButton } from "#app/ui/confirm-button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Notice } from "#app/ui/notice.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { Time } from "#app/ui/time.tsx";
import { db } from "#db/client.ts";
import { GroupPage } from "../components/group-page.tsx";
import { answerRequest, listRequests } from "../group-requests.ts";
import { groupIdParams, groupRequestsInput, requestsQuery } from "../inputs.ts";
import en from "../messages/en.json";
import { groupPath } from "../paths.ts";
import { requireGroupOwner, shownGroup } from "../shown-group.ts";

export const loader = defineLoader({ params: groupIdParams }, async ({ viewer, params, request }) => {
  const { group } = await requireGroupOwner(db, viewer, params.groupId);
  const { after } = requestsQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { title: group.name, group: await shownGroup(db, viewer, group), ...(await listRequests(db, group.id, { after })) };
});

export const action = defineAction({ params: groupIdParams, input: groupRequestsInput }, async ({ viewer, params: { groupId }, input: { intent, requestId, reason } }) => {
  await answerRequest(requireMember(viewer), groupId, { requestId, reason, state: intent === "approve" ? "approved" : "declined" });
  return redirect(`${groupPath({ id: groupId }, "requests")}?saved`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export const shouldRevalidate = staysWhenSignedOut;

export default function GroupRequests() {
  const t = useT("community", en);
  const { group, requests, next } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as Problem | undefined;
  return (
    <GroupPage group={group} tab="requests" problem={problem}>
      <SeenMark groupId={group.id} />
      {group.joining !== "request" && <Notice className="mb-6">{t("requestsClosed")}</Notice>}
      {requests.length === 0 ? <EmptyState icon="users" title={t("requestsEmpty")}>{t("requestsEmptyText")}</EmptyState> : (
        <ul className="divide-y divide-line border-y border-line">
          {requests.map(({ id, message, createdAt, member }) => {
            const failed = problem?.values.requestId === String(id) ? problem : undefined;
            return (
              <li key={id} className="flex flex-wrap items-start gap-x-3 gap-y-3 py-4">
                <Avatar name={member.name} fileId={member.avatarFileId} size={40} />
                <div className="min-w-48 flex-1">
                  <p><Link to={`/u/${member.username}`} className="font-medium hover:underline">{member.name}</Link> <span className="text-sm text-ink-soft">@{member.username} · <Time at={createdAt} /></span></p>
                  <p className="text-xs text-ink-soft">{t("memberSince")} <Time at={member.createdAt} /> · {t("writtenPosts", { count: member.postCount })}</p>
                  <p className="mt-1.5 max-w-[62ch] whitespace-pre-line wrap-anywhere">{message || <span className="text-sm text-ink-faint">{t("noMessage")}</span>}</p>
                </div>
                <div className="flex items-center gap-2">
                  <ConfirmButton label={t("decline")} look="quiet" confirm={t("decline")} question={t("declineNamed", { name: member.name })} fields={{ intent: "decline", requestId: id }}>
                    <TextArea name="reason" rows={3} label={t("declineReason")} hint={t("declineReasonHint")} maxLength={500} defaultValue={failed?.values.reason} errors={failed?.fields.reason} />
                  </ConfirmButton>
                  <Form method="post"><input type="hidden" name="intent" value="approve" /><input type="hidden" name="requestId" value={id} /><Button size="small" aria-label={t("approveNamed", { name: member.name })}>{t("approve")}</Button></Form>
                </div>
                {failed?.fields.reason && <p className="field-error basis-full">{failed.fields.reason.join(" ")}</p>}
              </li>
            );
          })}
        </ul>
      )}
      <LoadMore href={next === null ? null : `${groupPath(group, "requests")}?after=${next}`} label={t("moreRequests")} />
    </GroupPage>
  );
}
