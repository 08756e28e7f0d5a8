import { redirect, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { defineAction, defineLoader, refusalOf } from "#app/core/http.ts";
import { requireMember } from "#app/core/viewer.ts";
import { useLiveTopic } from "#app/ui/use-live-topic.ts";
import { db } from "#db/client.ts";
import { ReplyForm } from "../components/reply-form.tsx";
import { createReplyInput, topicParams } from "../inputs.ts";
import { topicPath } from "../paths.ts";
import { canReply } from "../policy.ts";
import { createReply } from "../replies.ts";
import { pageStart, PAGE_SIZE, readPosts } from "../topic-page.ts";
import { accessTopic } from "../topics.ts";

export const loader = defineLoader({ params: topicParams }, async ({ viewer, params: { slug, topicId, postNumber } }) => {
  const topic = await accessTopic(db, viewer, topicId);
  // After access, because the right slug says what a hidden topic is about.
  if (slug !== topic.slug) throw redirect(topicPath(topic, postNumber), 301);
  const first = pageStart(postNumber ?? 1);
  return {
    topic,
    posts: await readPosts(db, viewer, topic, { first, last: first + PAGE_SIZE - 1 }),
    refusal: refusalOf(viewer, canReply(viewer, topic)),
  };
});

export const action = defineAction(
  { params: topicParams, input: createReplyInput },
  async ({ viewer, params: { slug, topicId }, input }) => {
    const post = await createReply(requireMember(viewer), topicId, input);
    return redirect(topicPath({ slug, id: topicId }, post.number));
  },
);

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.topic.title ?? "Topic" }];

export default function TopicPage() {
  const { topic, posts, refusal } = useLoaderData<typeof loader>();
  useLiveTopic({ topicId: topic.id, version: topic.version, lastPostNumber: topic.lastPostNumber, showsEnd: posts.length === 0 || posts.at(-1)!.number === topic.lastPostNumber });

  return (
    <main>
      <h1>{topic.title}</h1>
      {posts.map((post) => "isGone" in post ? null : (
        <article key={post.id} id={`post-${post.number}`}>
          <a href={topicPath(topic, post.number)}>#{post.number}</a> {post.author.name} ·{" "}
          <time>{post.createdAt.toISOString()}</time>
          <div dangerouslySetInnerHTML={{ __html: post.bodyHtml }} />
        </article>
      ))}
      <ReplyForm refusal={refusal} />
    </main>
  );
}
