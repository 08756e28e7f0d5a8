import { useFetcher, useRouteLoaderData } from "@remix-run/react";
import { useEffect } from "react";

type SeenMarkProps = { articleId: number; pageId?: undefined } | { pageId: number; articleId?: undefined };

/** Put on the page of an article or a wiki's page: whoever has it before them needs no bell for it any more. */
export function SeenMark({ articleId, pageId }: SeenMarkProps) {
  const root = useRouteLoaderData("root") as { unreadCount?: number } | undefined;
  const fetcher = useFetcher();
  const hasUnread = (root?.unreadCount ?? 0) > 0;
  useEffect(() => {
    if (hasUnread) fetcher.submit(articleId ? { articleId } : { pageId: pageId ?? 0 }, { method: "post", action: "/notifications/seen" });
    // Once for each thing that is looked at.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [articleId, pageId, hasUnread]);
  return null;
}
