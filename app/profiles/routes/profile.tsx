import { redirect, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineLoader } from "#app/core/http.ts";
import { articlePath, blogPath, pagePath, wikiPath } from "#app/core/knowledge-paths.ts";
import { translate } from "#app/core/messages.ts";
import { categoryPath, topicPath } from "#app/forums/paths.ts";
import { describeProfile } from "#app/outside/structured.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useT } from "#app/ui/i18n.tsx";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page } from "#app/ui/page.tsx";
import { LoadMore } from "#app/ui/pager.tsx";
import { TabLinks } from "#app/ui/tab-links.tsx";
import { db } from "#db/client.ts";
import { KnowledgeItem, PostItem, TopicItem } from "../components/activity-items.tsx";
import { BadgeList } from "../components/badge-list.tsx";
import { MediaGrid } from "../components/media-grid.tsx";
import { profileAside } from "../components/profile-aside.tsx";
import { ProfileHeader } from "../components/profile-header.tsx";
import { cursor, profileParams } from "../inputs.ts";
import en from "../messages/en.json";
import { profilePath, profileTabs, type ProfileTab } from "../paths.ts";
import { canSetLabel } from "../policy.ts";
import { countActivity, listArticlesBy, listEditsBy, listPostsBy, listSolutionsBy, listTopicsBy } from "../activity.ts";
import { listMediaBy } from "../media.ts";
import { accessProfile, placeOnCard, listAnswers, listBadges } from "../profiles.ts";
import type { Viewer } from "#app/core/viewer.ts";

export const loader = defineLoader({ params: profileParams }, async ({ viewer, params: { username, tab }, request, context }) => {
  const profile = await accessProfile(db, viewer, username);
  const { pathname, search, searchParams } = new URL(request.url);
  // One address for each page: the name as its member writes it, and no word for the first tab.
  const right = profilePath(profile.username, tab);
  if (pathname.replace(/\.data$/, "") !== right) throw redirect(right + search, 301);
  const before = cursor.parse(searchParams.get("before") ?? undefined);
  const [counts, answers, activity] = await Promise.all([
    countActivity(db, viewer, profile.id), listAnswers(db, viewer, profile.id), readTab(viewer, profile.id, tab, before),
  ]);
  describeProfile(viewer, context, profile, counts);
  return {
    profile, counts, answers, activity,
    isSelf: viewer.kind === "member" && viewer.id === profile.id,
    maySetLabel: canSetLabel(viewer, profile).allowed,
    title: translate(viewer.locale, "profiles.titleOf", { name: profile.name, username: profile.username }),
    found: {
      feeds: [{ path: `${profilePath(profile.username)}/topics`, title: translate(viewer.locale, "outside.topicsOf", { name: profile.name }) }],
      card: { kind: "profile", title: profile.name, description: profile.bio || profile.title, image: profile.avatarFileId ? { href: `/avatars/${profile.avatarFileId}/240`, alt: profile.name, width: 240, height: 240 } : undefined, drawn: { kind: "member", id: profile.id, place: placeOnCard(profile) } },
    } satisfies Found,
  };
});

async function readTab(viewer: Viewer, memberId: number, tab: ProfileTab, before: number | undefined) {
  if (tab === "topics") return { tab, ...(await listTopicsBy(db, viewer, memberId, { before })) };
  if (tab === "articles") return { tab, ...(await listArticlesBy(db, viewer, memberId, { before })) };
  if (tab === "edits") return { tab, ...(await listEditsBy(db, viewer, memberId, { before })) };
  if (tab === "media") return { tab, ...(await listMediaBy(db, viewer, memberId, { before })) };
  if (tab === "badges") return { tab, items: await listBadges(db, memberId), before: null };
  const list = tab === "posts" ? listPostsBy : listSolutionsBy;
  return { tab, ...(await list(db, viewer, memberId, { before })) };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => titled(data?.title, matches, data?.profile.bio || data?.profile.title);

const nothing = { topics: ["message-square", "noTopics"], posts: ["reply", "noPosts"], articles: ["newspaper", "noArticles"], edits: ["book-open", "noEdits"], solutions: ["check-circle-2", "noSolutions"], media: ["image", "noMedia"], badges: ["trophy", "noBadges"] } as const;

export default function ProfilePage() {
  const t = useT("profiles", en);
  const { profile, counts, answers, activity, isSelf, maySetLabel } = useLoaderData<typeof loader>();
  const { name, username, label } = profile;
  // Most people write neither articles nor pages, and send no pictures.
  const tabs = profileTabs.filter((tab) => !["articles", "edits", "media"].includes(tab) || counts[tab] > 0 || tab === activity.tab).map((tab) => ({ to: profilePath(username, tab), label: t(tab), count: counts[tab], current: tab === activity.tab }));
  const [icon, none] = nothing[activity.tab];
  return (
    <Page aside={profileAside({ username, label, answers, maySetLabel })}>
      <ProfileHeader profile={profile} isSelf={isSelf} />
      <TabLinks label={t("sections", { name })} items={tabs} className="mb-4" />
      {activity.items.length === 0 && <EmptyState icon={icon} title={t(none)}>{isSelf ? t("noneHintSelf") : t("noneHint", { name })}</EmptyState>}
      {activity.tab === "badges" && <BadgeList badges={activity.items} />}
      {activity.tab === "media" && activity.items.length > 0 && <MediaGrid items={activity.items} />}
      {activity.tab !== "badges" && activity.tab !== "media" && activity.items.length > 0 && (
        <ul className="divide-y divide-line">
          {activity.tab === "topics" && activity.items.map((topic) => <TopicItem key={topic.id} topic={topic} href={topicPath(topic)} categoryHref={categoryPath(topic.category)} />)}
          {activity.tab === "articles" && activity.items.map((item) => <KnowledgeItem key={item.id} item={item} href={articlePath({ ...item, blog: item.place.slug })} placeHref={blogPath(item.place.slug)} />)}
          {activity.tab === "edits" && activity.items.map((item) => <KnowledgeItem key={item.id} item={item} href={pagePath({ ...item, wiki: item.place.slug })} placeHref={wikiPath(item.place.slug)} />)}
          {(activity.tab === "posts" || activity.tab === "solutions") && activity.items.map((post) => <PostItem key={post.id} post={post} href={post.path} categoryHref={categoryPath(post.category)} />)}
        </ul>
      )}
      <LoadMore href={activity.before ? `${profilePath(username, activity.tab)}?before=${activity.before}` : null} label={t("older")} />
    </Page>
  );
}
