import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { titled } from "#app/ui/meta.ts";
import { db } from "#db/client.ts";
import { InboxPage } from "../components/inbox-page.tsx";
import { countUnread, listInbox } from "../inbox.ts";
import { inboxQuery } from "../inputs.ts";

const PAGE = 30;

export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const member = requireMember(viewer);
  const { kind, unread, after } = inboxQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [updatedAt, id] = after?.split("_") ?? [];
  const [lines, unreadCount] = await Promise.all([
    listInbox(db, member, { kind, isUnread: unread && true, after: updatedAt && id ? { updatedAt, id: Number(id) } : undefined, limit: PAGE + 1 }),
    countUnread(db, member),
  ]);
  const last = lines.length > PAGE ? lines[PAGE - 1]! : null;
  return {
    title: translate(viewer.locale, "notifications.title"),
    memberId: member.id,
    lines: lines.slice(0, PAGE),
    unreadCount,
    filter: { kind: kind ?? null, isUnread: unread === "1", isLater: after !== undefined },
    next: last && `${last.position}_${last.id}`,
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function Inbox() {
  return <InboxPage {...useLoaderData<typeof loader>()} />;
}
