import { useFetcher, useRouteLoaderData } from "@remix-run/react";
import { useEffect } from "react";

type SeenMarkProps = { articleId: number } | { pageId: number } | { groupId: number };

/** Put on the page of an article, a wiki's page or a group: whoever has it before them needs no bell for it any more. */
export function SeenMark(subject: SeenMarkProps) {
  const root = useRouteLoaderData("root") as { unreadCount?: number } | undefined;
  const fetcher = useFetcher();
  const hasUnread = (root?.unreadCount ?? 0) > 0;
  const [[name, id]] = Object.entries(subject) as [[string, number]];
  useEffect(() => {
    if (hasUnread) fetcher.submit({ [name]: id }, { method: "post", action: "/notifications/seen" });
    // Once for each thing that is looked at.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name, id, hasUnread]);
  return null;
}
