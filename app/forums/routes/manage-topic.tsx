import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { translate } from "#app/core/messages.ts";
import { enforce } from "#app/core/policy.ts";
import { isSiteModerator, requireMember } from "#app/core/viewer.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page, PageHeader } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { ManageForms } from "../components/manage-forms.tsx";
import { topicParams } from "../inputs.ts";
import en from "../components/words.ts";
import { mayMakePages } from "../made-of.ts";
import { topicPath } from "../paths.ts";
import { canModerate, canSetIdeaStatus } from "../policy.ts";
import { accessTopic } from "../topics.ts";

/** Everything those who keep order can do to a topic, each as a form of its own. */
export const loader = defineLoader({ params: topicParams }, async ({ viewer, params: { topicId } }) => {
  const topic = await accessTopic(db, viewer, topicId);
  const moderates = canModerate(requireMember(viewer), topic);
  if (!canSetIdeaStatus(viewer, topic).allowed) enforce(moderates);
  const { title, kind, pinScope, pinnedUntil, lockedReason, autoCloseAt, ideaStatus, ideaStatusReason } = topic;
  return {
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    title: translate(viewer.locale, "forums.manageTitle"),
    path: topicPath(topic),
    topic: {
      title, kind, pinScope, pinnedUntil, lockedReason, autoCloseAt, ideaStatus, ideaStatusReason,
      isBanner: topic.bannerAt !== null, isClosed: topic.lockedAt !== null, isUnlisted: topic.unlistedAt !== null,
      isArchived: topic.archivedAt !== null, isRemoved: topic.removedAt !== null, isPurged: topic.purgedAt !== null,
    },
    moderates: moderates.allowed,
    makesPages: topic.removedAt === null && topic.articleId === null && topic.pageId === null && (await mayMakePages(db, viewer)),
    pinsSite: isSiteModerator(viewer),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches);

export type ManagedTopic = Awaited<ReturnType<typeof loader>>;

export default function ManageTopicPage() {
  const data = useLoaderData<typeof loader>();
  const t = useT("forums", en);
  return (
    <Page>
      <PageHeader title={t("manageTitle")} lead={t("manageLead")} place={<Link to={data.path} className="hover:underline">{data.topic.title}</Link>} />
      <ManageForms data={data} t={t} />
    </Page>
  );
}
