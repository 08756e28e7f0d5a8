import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { cameWithForm, defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { idParam } from "#app/core/ids.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { speakerName } from "#app/core/speaker.ts";
import { requireMember } from "#app/core/viewer.ts";
import { FollowControl } from "#app/notifications/components/follow-control.tsx";
import { readTopicLevel } from "#app/notifications/follow.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import type { Found } from "#app/ui/found.tsx";
import { titled } from "#app/ui/meta.ts";
import { pack, unpack } from "#app/ui/packed.ts";
import { db } from "#db/client.ts";
import { TopicView } from "../components/topic-view.tsx";
import { createReplyInput, topicParams } from "../inputs.ts";
import { topicPath } from "../paths.ts";
import { firstUnread } from "../reading.ts";
import { createReply } from "../replies.ts";
import { describeTopic } from "#app/outside/describe-topic.ts";
import { readTopicPage, type TopicPageData } from "../topic-page-data.ts";
import { accessTopic } from "../topics.ts";

const asked = z.object({ reply: z.coerce.number().int().positive().optional().catch(undefined), quote: z.string().optional(), draft: idParam.optional().catch(undefined), /** The reply from which one jumped to what it answers. */ from: idParam.optional().catch(undefined) });

export const loader = defineLoader({ params: topicParams }, async ({ viewer, params: { slug, topicId, postNumber }, request, context }) => {
  // One question to the database; where the topic is hidden nobody looks at the other answers.
  const [topic, unread, follows] = await Promise.all([accessTopic(db, viewer, topicId), firstUnread(db, viewer, topicId), readTopicLevel(db, viewer, topicId)]);
  const { search, searchParams } = new URL(request.url);
  // After access, because the right slug says what a hidden topic is about.
  if (slug !== topic.slug && !cameWithForm(request)) throw redirect(topicPath(topic, postNumber) + search, 301);
  const { reply, quote, draft, from } = asked.parse(Object.fromEntries(searchParams));
  const page = await readTopicPage(viewer, topic, { postNumber, unread, replyTo: reply, quotes: quote !== undefined, draftId: draft, from });
  await describeTopic(viewer, context, topic, page);
  return {
    page: pack(page),
    follows,
    description: page.description,
    place: { divisionId: topic.divisionId, categoryId: topic.categoryId },
    title: topic.title,
    isUnlisted: topic.unlistedAt !== null,
    found: {
      // What people say about an article or a page is known under that.
      canonical: page.subject ? page.subject.path : topicPath(topic, page.window.first > 1 ? page.window.first : undefined),
      // One that is in no list is in no feed either.
      feeds: topic.unlistedAt ? [] : [{ path: topicPath(topic), title: topic.title }],
      card: { kind: "article", title: topic.title, description: topic.excerpt, drawn: { kind: "topic", id: topic.id, place: page.facts.category.name }, publishedAt: topic.createdAt, author: speakerOf(page, viewer.locale), tags: page.facts.tags.map(({ name }) => name) },
    } satisfies Found,
  };
});

/** Who wrote the post that the address names, for where a link to it is shown. */
function speakerOf({ posts, window: { asked } }: TopicPageData, locale: string): string | undefined {
  const post = posts.find(({ number }) => number === asked);
  return post && !("isGone" in post) && !post.removal ? speakerName(post.author, locale) : undefined;
}

export const action = defineAction({ params: topicParams, input: createReplyInput }, async ({ viewer, params: { slug, topicId }, input }) => {
  const author = requireMember(viewer);
  await limitRate("reply", author.id, { points: 30, perSeconds: 60 });
  const post = await createReply(author, topicId, input);
  return redirect(`${topicPath({ slug, id: topicId }, post.number)}#post-${post.number}`);
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? [...titled(data.title, matches, data.description ?? undefined), ...(data.isUnlisted ? [{ name: "robots", content: "noindex" }] : [])] : [];

export default function TopicPage() {
  const { page, follows } = useLoaderData<typeof loader>();
  const data = unpack<TopicPageData>(page);
  const problem = useActionData<Problem>();
  return <TopicView key={data.topic.id} data={data} problem={problem} followOf={follows} follow={follows && <FollowControl path={topicPath(data.topic)} of="topic" level={follows} />} />;
}
