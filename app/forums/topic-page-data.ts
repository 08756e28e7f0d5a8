import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { refusalOf } from "#app/core/http.ts";
import { isModeratorOf, type Viewer } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { posts } from "#db/schema/forums.ts";
import { readDraft } from "#app/core/drafts.ts";
import { canTakePart } from "#app/core/taking-part.ts";
import { canReply, canVote } from "./policy.ts";
import { eachOnce, listPagesMadeOf, mayMakePages } from "./made-of.ts";
import { quoteOf } from "./quote.ts";
import { readSubject } from "./talk-subject.ts";
import { PAGE_SIZE, pageStart, readAcceptedAnswer, readPosts, readTimeline, readTopicFacts } from "./topic-page.ts";
import type { AccessedTopic } from "./topics.ts";

type Asked = { postNumber?: number; /** The first they have not read: see firstUnread. */ unread: number | null; replyTo?: number; quotes: boolean; /** The draft to go on with, of several. */ draftId?: number; /** The reply that led here, to which there is a way back. */ from?: number };

export type TopicPageData = Awaited<ReturnType<typeof readTopicPage>>;

/**
 * Everything a topic's page shows around one post: the one asked for, else the first a member has not read, else the first.
 *
 * @throws NotFoundError for a number that was never given out
 */
export async function readTopicPage(viewer: Viewer, topic: AccessedTopic, { postNumber, unread, replyTo, quotes, draftId, from }: Asked) {
  if (postNumber && postNumber > Math.max(1, topic.lastPostNumber)) throw new NotFoundError("post");
  const asked = postNumber ?? unread ?? 1;
  const first = pageStart(asked);
  const last = Math.min(first + PAGE_SIZE - 1, Math.max(1, topic.lastPostNumber));
  const [facts, subject, shown, answer, timeline, draft, accepted, makesPages] = await Promise.all([
    readTopicFacts(db, viewer, topic),
    readSubject(db, topic),
    readPosts(db, viewer, topic, { first, last }),
    first === 1 ? readAcceptedAnswer(db, topic) : null,
    readTimeline(db, topic),
    viewer.kind === "member" ? readDraft(viewer, `reply:${topic.id}`, draftId) : null,
    acceptedNumber(topic),
    mayMakePages(db, viewer),
  ]);
  const answering = replyTo ? await readAnswering(viewer, topic, replyTo, quotes) : null;
  return {
    topic: shownTopic(topic),
    facts,
    /** What it is the talk about. */
    subject,
    /** The pages of wikis in which it is kept true from now on. */
    madePages: facts.isSource ? eachOnce(await listPagesMadeOf(db, viewer, topic.id)) : [],
    posts: shown,
    answer,
    timeline,
    window: { first, last, asked },
    /** Where a member goes on reading: a line is drawn above it. */
    continueAt: unread !== null && unread > 1 ? unread : null,
    /** Whether the page opens somewhere inside, and should be shown from there. */
    arrivesAt: asked > 1 ? asked : null,
    cameFrom: from && from > asked && from <= topic.lastPostNumber ? from : null,
    answering,
    draft,
    key: viewer.kind === "member" ? randomUUID() : null,
    acceptedNumber: accepted,
    description: first === 1 ? topic.excerpt : null,
    replyRefusal: refusalOf(viewer, canReply(viewer, topic)),
    voteRefusal: viewer.kind === "guest" ? null : refusalOf(viewer, canVote(viewer, topic)),
    rights: rightsIn(viewer, topic, { makesPages }),
    prefersPages: viewer.kind === "member" && viewer.prefersPages,
  };
}

async function acceptedNumber({ kind, acceptedPostId }: AccessedTopic): Promise<number | null> {
  if (kind !== "question" || acceptedPostId === null) return null;
  const [post] = await numberOf(db, { postId: acceptedPostId });
  return post?.number ?? null;
}

const numberOf = prepared(() => db.select({ number: posts.number }).from(posts).where(eq(posts.id, sql.placeholder("postId"))));

/** What this viewer may do in a topic, for the forms under its posts. */
export function rightsIn(viewer: Viewer, topic: AccessedTopic, { makesPages }: { makesPages: boolean }) {
  const viewerId = viewer.kind === "member" ? viewer.id : null;
  const moderates = isModeratorOf(viewer, topic.divisionId);
  const takesPart = canTakePart(viewer).allowed && (moderates || topic.archivedAt === null);
  return {
    viewerId, moderates, takesPart,
    mayReply: viewerId === null || canReply(viewer, topic).allowed,
    /** Product people take words as evidence: app/insights/routes/capture.tsx answers them. */
    captures: viewer.kind === "member" && viewer.roles.some(({ role }) => role === "product_manager" || role === "owner" || role === "admin"),
    /** May make a page of a wiki of what was said: app/wikis/routes/promote.tsx answers them. The post that only names its subject says nothing. */
    makesPages: makesPages && topic.removedAt === null,
    isTalk: topic.articleId !== null || topic.pageId !== null,
    accepts: topic.kind === "question" && takesPart && (moderates || topic.authorId === viewerId),
  };
}

/** The post a form without scripts was opened for, and its words when it is to quote them. */
export async function readAnswering(viewer: Viewer, topic: AccessedTopic, number: number, quotes: boolean) {
  const [post] = await readPosts(db, viewer, topic, { first: number, last: number });
  if (!post || "isGone" in post || post.removal) return null;
  return { id: post.id, number, username: post.author.username, name: post.author.name, quote: quotes ? quoteOf(topic.id, post) : null };
}

/** Of a topic's row, what its readers may know. */
export function shownTopic(topic: AccessedTopic) {
  const { id, slug, title, kind, createdAt, lastPostNumber, postCount, lastPostAt, reactionCount, voteCount, version, ideaStatus, ideaStatusReason, lockedAt, lockedReason, autoCloseAt, archivedAt, removedReason } = topic;
  return {
    id, slug, title, kind, createdAt, lastPostNumber, postCount, lastPostAt, reactionCount, voteCount, version, ideaStatus, ideaStatusReason, lockedAt, lockedReason, autoCloseAt, archivedAt, removedReason,
    authorId: topic.authorId,
    isSolved: topic.acceptedPostId !== null,
    isRemoved: topic.removedAt !== null,
    purgedAt: topic.purgedAt,
    isUnlisted: topic.unlistedAt !== null,
    isPinned: topic.pinScope !== null && (topic.pinnedUntil === null || topic.pinnedUntil > new Date()),
  };
}
