import type { AppLoadContext } from "@remix-run/node";
import { and, asc, eq, isNull, lte, or, sql } from "drizzle-orm";
import { divisionPath } from "#app/community/paths.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { categoryPath, topicPath } from "#app/forums/paths.ts";
import type { AccessedTopic } from "#app/forums/topics.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { posts } from "#db/schema/forums.ts";
import { cardPath } from "./paths.ts";
import { counter, describe, describePlaces, person, TEXT_LENGTH, whole } from "./structured.ts";

/** As many posts as the first page of a topic shows. */
const POSTS = 20;

type Shown = { window: { first: number }; /** What it is the talk about. */ subject: unknown; facts: { category: { id: number; slug: string; name: string }; division: { slug: string; name: string } } };
type Row = Awaited<ReturnType<typeof readFirst>>[number];

/**
 * What a topic is, on its first page: a question with answers, or a conversation, never both. A question without an
 * answer in words is neither (Google's rules for QAPage), and a topic in no list is not described at all.
 */
export async function describeTopic(viewer: Viewer, context: AppLoadContext, topic: AccessedTopic, { window, subject, facts: { category, division } }: Shown): Promise<void> {
  if (topic.unlistedAt) (context.answerHeaders ??= new Headers()).set("X-Robots-Tag", "noindex");
  // Comments are known under what they are about.
  if (viewer.kind !== "guest" || topic.unlistedAt || subject) return;
  describePlaces(viewer, context, [[division.name, divisionPath(division)], [category.name, categoryPath(category)], [topic.title, topicPath(topic)]]);
  if (window.first > 1) return;
  const rows = await readFirst(topic);
  const opening = rows.find(({ number }) => number === 1);
  if (!opening) return;
  const thing = topic.kind === "question" ? questionOf(topic, opening, rows) : postingOf(topic, category, opening, rows);
  if (thing) describe(viewer, context, thing);
}

function readFirst(topic: AccessedTopic) {
  return db
    .select({
      id: posts.id, number: posts.number, replyToNumber: posts.replyToNumber, text: sql<string>`left(${posts.bodyText}, ${TEXT_LENGTH}::int)`, createdAt: posts.createdAt, editedAt: posts.editedAt,
      isStaffNote: posts.isStaffNote, reactions: posts.reactionCounts, importedScore: posts.importedScore, name: members.name, username: members.username, label: members.label,
    })
    .from(posts)
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(and(eq(posts.topicId, topic.id), isNull(posts.removedAt), or(lte(posts.number, POSTS), eq(posts.id, topic.acceptedPostId ?? 0))))
    .orderBy(asc(posts.number));
}

function questionOf(topic: AccessedTopic, opening: Row, rows: Row[]) {
  // What replies to an answer is talk about it; a picture alone is no answer that a search could show.
  const answers = rows.filter((row) => row.number > 1 && !row.isStaffNote && (row.replyToNumber ?? 1) === 1 && row.text.trim() !== "");
  const accepted = rows.find(({ id, text }) => id === topic.acceptedPostId && text.trim() !== "");
  const suggested = answers.filter((row) => row !== accepted);
  if (!accepted && suggested.length === 0) return null;
  return {
    "@type": "QAPage",
    mainEntity: {
      "@type": "Question", name: topic.title, text: opening.text.trim() || topic.title, url: whole(topicPath(topic)),
      answerCount: topic.lastPostNumber > POSTS ? topic.postCount - 1 : suggested.length + (accepted ? 1 : 0), upvoteCount: topic.voteCount,
      author: person(opening), ...datesOf(opening),
      acceptedAnswer: accepted && answerOf(topic, accepted), suggestedAnswer: suggested.length > 0 ? suggested.map((row) => answerOf(topic, row)) : undefined,
    },
  };
}

function answerOf(topic: AccessedTopic, row: Row) {
  return { "@type": "Answer", text: row.text, url: whole(topicPath(topic, row.number)), upvoteCount: Math.max(0, likesOf(row)), author: person(row), ...datesOf(row) };
}

function postingOf(topic: AccessedTopic, category: Shown["facts"]["category"], opening: Row, rows: Row[]) {
  if (opening.text.trim() === "") return null;
  const comments = rows.filter(({ number, text }) => number > 1 && number <= POSTS && text.trim() !== "");
  return {
    "@type": "DiscussionForumPosting", headline: topic.title.slice(0, 110), text: opening.text, url: whole(topicPath(topic)), author: person(opening), ...datesOf(opening),
    image: whole(cardPath("topic", topic.id)), isPartOf: { "@type": "CollectionPage", name: category.name, url: whole(categoryPath(category)) },
    interactionStatistic: [counter("LikeAction", Math.max(0, likesOf(opening))), counter("CommentAction", Math.max(0, topic.postCount - 1))],
    comment: comments.length > 0 ? comments.map((row) => ({ "@type": "Comment", text: row.text, url: whole(topicPath(topic, row.number)), author: person(row), ...datesOf(row) })) : undefined,
  };
}

function datesOf({ createdAt, editedAt }: Row) {
  return { datePublished: createdAt.toISOString(), dateModified: editedAt?.toISOString() };
}

function likesOf({ reactions, importedScore }: Row): number {
  return Object.values(reactions).reduce((sum, count) => sum + count, 0) + importedScore;
}
