import { z } from "zod";
import type { Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { countNews, listTopics, type TopicPage } from "./topic-lists.ts";
import { topicSorts, topPeriods, type TopicFilter, type TopicSort, type TopPeriod } from "./topic-candidates.ts";

/** With fewer than this, "top" looks at a longer period, unless the address names one. */
const ENOUGH = 5;
const memberSorts: TopicSort[] = ["new", "unread", "mine"];

/** Which list an address asks for by `?list=`. Those of members are no list to guests. */
export function sortIn(request: Request, viewer: Viewer): TopicSort {
  const sort = z.enum(topicSorts).catch("latest").parse(new URL(request.url).searchParams.get("list"));
  return viewer.kind === "guest" && memberSorts.includes(sort) ? "latest" : sort;
}

/** Everything a page with a list of topics shows of it. A loader answers it whole: "load more" looks for `list` in it. */
export async function readListPage(viewer: Viewer, request: Request, filter: TopicFilter & { sort: TopicSort }, { limit }: { limit?: number } = {}) {
  const search = new URL(request.url).searchParams;
  const cursor = search.get("after");
  const asked = z.enum(topPeriods).optional().catch(undefined).parse(search.get("period") ?? undefined);
  const place = { divisionId: filter.divisionId, categoryId: filter.categoryId, tagId: filter.tagId };
  const [{ list, period }, counts] = await Promise.all([
    filter.sort === "top" ? readTop(viewer, filter, asked, cursor) : listTopics(db, viewer, { ...filter, cursor, limit }).then((found) => ({ list: found, period: null })),
    viewer.kind === "member" ? countNews(db, viewer, place) : null,
  ]);
  return {
    list,
    sort: filter.sort,
    period,
    counts,
    inPages: viewer.kind === "member" && viewer.prefersPages,
    isMember: viewer.kind === "member",
  };
}

export type ListPage = Awaited<ReturnType<typeof readListPage>>;

async function readTop(viewer: Viewer, filter: TopicFilter, asked: TopPeriod | undefined, cursor: string | null): Promise<{ list: TopicPage; period: TopPeriod }> {
  if (asked || cursor) return { list: await listTopics(db, viewer, { ...filter, period: asked ?? "all", cursor }), period: asked ?? "all" };
  for (const period of ["month", "year"] as const) {
    const list = await listTopics(db, viewer, { ...filter, period });
    if (list.topics.length >= ENOUGH) return { list, period };
  }
  return { list: await listTopics(db, viewer, { ...filter, period: "all" }), period: "all" };
}
