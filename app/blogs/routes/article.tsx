import { redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ForbiddenError } from "#app/core/errors.ts";
import { defineAction, defineLoader, type Problem } from "#app/core/http.ts";
import { limitRate } from "#app/core/rate-limit.ts";
import { isModeratorOf, requireMember } from "#app/core/viewer.ts";
import { findRelatedTalk } from "#app/discovery/related-talk.ts";
import { TalkSection } from "#app/forums/components/talk-section.tsx";
import { createReplyInput } from "#app/forums/inputs.ts";
import { commentPath, topicPath } from "#app/forums/paths.ts";
import { readTalk } from "#app/forums/read-talk.ts";
import { createComment } from "#app/forums/talk.ts";
import { FollowControl } from "#app/notifications/components/follow-control.tsx";
import { SeenMark } from "#app/notifications/components/seen-mark.tsx";
import { readTopicLevel } from "#app/notifications/follow.ts";
import { describeArticle } from "#app/outside/describe-knowledge.ts";
import { staysWhenSignedOut } from "#app/ui/after-conflict.ts";
import { useT } from "#app/ui/i18n.tsx";
import { titled } from "#app/ui/meta.ts";
import { Page } from "#app/ui/page.tsx";
import { db } from "#db/client.ts";
import { listArticles } from "../article-lists.ts";
import { readReading } from "../article-page.ts";
import { isShown } from "../articles.ts";
import { articleAt } from "../blog-for.ts";
import { ArticleBar } from "../components/article-bar.tsx";
import { ArticleView } from "../components/article-view.tsx";
import { RelatedTalk } from "../components/related-talk.tsx";
import { articleParams } from "../inputs.ts";
import en from "../messages/en.json";
import { canEditArticle, canTakeBack } from "../policy.ts";
import { subjectOf } from "../talk-subject.ts";

export const loader = defineLoader({ params: articleParams }, async ({ viewer, params, request, context }) => {
  const article = await articleAt(viewer, params, request);
  const { blog, path } = article;
  const reading = await readReading(db, article);
  const shown = isShown(article);
  const [talk, topics, more] = await Promise.all([
    shown ? readTalk(viewer, { articleId: article.id }, { categoryId: article.categoryId, path, closedAt: article.commentsClosedAt, request }) : null,
    shown ? findRelatedTalk(viewer, article.title, reading.tags.map(({ slug }) => slug)) : [],
    shown ? listArticles(db, viewer, { blogId: blog.id, exceptId: article.id }, { limit: 2 }) : null,
  ]);
  return {
    place: { divisionId: blog.divisionId, categoryId: article.categoryId },
    title: article.title,
    article: reading,
    blog: { slug: blog.slug, name: blog.name },
    path,
    found: shown ? describeArticle(viewer, context, { ...article, author: reading.author, blog, tags: reading.tags, cover: reading.cover && { href: reading.cover.src, alt: reading.cover.alt, width: reading.cover.width, height: reading.cover.height }, commentCount: talk?.count, talk: talk?.topic }) : undefined,
    isShown: shown,
    talk,
    follows: talk?.topic ? await readTopicLevel(db, viewer, talk.topic.id) : null,
    related: topics.map((topic) => ({ id: topic.id, title: topic.title, path: topicPath(topic), replyCount: topic.replyCount })),
    more: more?.items ?? [],
    edits: canEditArticle(viewer, blog, article).allowed,
    keeps: canTakeBack(viewer, blog, article).allowed || isModeratorOf(viewer, blog.divisionId),
  };
});

/** A comment. */
export const action = defineAction({ params: articleParams, input: createReplyInput }, async ({ viewer, params, request, input }) => {
  const author = requireMember(viewer);
  await limitRate("reply", author.id, { points: 30, perSeconds: 60 });
  const article = await articleAt(author, params, request);
  if (!isShown(article)) throw new ForbiddenError("blogs.notPublished");
  const { number } = await createComment(author, { articleId: article.id }, subjectOf(article, article.blog.slug), input);
  return redirect(commentPath(article.path, number));
});

export const shouldRevalidate = staysWhenSignedOut;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? [...titled(data.title, matches, data.article.excerpt), ...(data.isShown ? [] : [{ name: "robots", content: "noindex" }])] : [];

export default function ArticlePage() {
  const { article, blog, path, talk, follows, related, more, edits, keeps } = useLoaderData<typeof loader>();
  const problem = useActionData<Problem>();
  const t = useT("blogs", en);
  return (
    <Page width="wide">
      <SeenMark articleId={article.id} />
      {(edits || keeps) && <ArticleBar article={article} path={path} edits={edits} t={t} />}
      <ArticleView key={article.id} article={article} blog={blog} t={t} />
      <div className="article-after">
        {talk && (
          <div className="mt-12 border-t border-line pt-8">
            <TalkSection key={article.id} talk={talk} problem={problem} follow={follows && talk.topic && <FollowControl path={topicPath(talk.topic)} of="topic" level={follows} />} />
          </div>
        )}
        <RelatedTalk topics={related} articles={more} t={t} />
      </div>
    </Page>
  );
}
