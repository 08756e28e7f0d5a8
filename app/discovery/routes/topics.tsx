import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { NotFoundError } from "#app/core/errors.ts";
import { defineLoader, noParams } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { requireMember } from "#app/core/viewer.ts";
import { TopicListPage } from "#app/forums/components/topic-list-page.tsx";
import { readListPage } from "#app/forums/list-page.ts";
import { topicSorts } from "#app/forums/topic-candidates.ts";
import { useT } from "#app/ui/i18n.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { mayStartTopics } from "#app/forums/category-tree.ts";
import { db } from "#db/client.ts";
import en from "../components/words.ts";

/** One file for the six lists of the whole site: the address says which. */
export const loader = defineLoader({ params: noParams }, async ({ viewer, request }) => {
  const name = new URL(request.url).pathname.replace(/^\/|\.data$/g, "");
  const sort = topicSorts.find((each) => each === name);
  if (!sort) throw new NotFoundError("list");
  if (sort === "new" || sort === "unread" || sort === "mine") requireMember(viewer);
  const [page, mayStart] = await Promise.all([readListPage(viewer, request, { sort }), mayStartTopics(db, viewer)]);
  return { ...page, mayStart, title: translate(viewer.locale, `discovery.title.${sort}`), found: { feeds: [{ path: "/latest", title: translate(viewer.locale, "outside.newTopics") }] } satisfies Found };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export default function TopicsPage() {
  const page = useLoaderData<typeof loader>();
  const t = useT("discovery", en);
  return (
    <Page width="wide">
      <PageHeader title={page.title} lead={t(`lead.${page.sort}`)} />
      <TopicListPage page={page} newTopicHref={page.mayStart ? "/new-topic" : null} />
    </Page>
  );
}
