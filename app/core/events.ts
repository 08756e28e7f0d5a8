import { sql } from "drizzle-orm";
import { afterCommit } from "#db/after-commit.ts";
import type { Tx } from "#db/client.ts";
import { preparedSql } from "#db/prepared.ts";
import type { ReactionKind } from "#db/schema/forums.ts";
import { oldPages, PAGES_CHANNEL, tagsOf } from "./page-tags.ts";

type OfTopic = { topicId: number; categoryId: number };
type OfPost = OfTopic & { postId: number; postNumber: number };

type OfArticle = { articleId: number; blogId: number; categoryId: number; actorId: number };
type OfPage = { pageId: number; wikiId: number; categoryId: number; actorId: number };

/** Everything that happens in the community, named in the past tense. What follows each is in app/server/reactions.ts. */
export type DomainEvent =
  | { type: "member.created"; memberId: number }
  | { type: "member.verified"; memberId: number }
  /** A proven address took the place of another. */
  | { type: "member.address-changed"; memberId: number }
  /** Name, label, picture, profile: what others see of them. */
  | { type: "member.changed"; memberId: number }
  /** Their account is gone; what they wrote may stay under a neutral name. */
  | { type: "member.erased"; memberId: number }
  /** One session, or all but one, ended: its sockets close. */
  | { type: "session.ended"; memberId: number; sessionIds: string[] }
  | ({ type: "topic.created"; authorId: number } & OfTopic)
  /** Title, kind, tags, pin, close, status: what lists and the page show of it. */
  | ({ type: "topic.changed"; actorId: number; change: TopicChange } & OfTopic)
  | ({ type: "topic.moved"; actorId: number; fromCategoryId: number } & OfTopic)
  | ({ type: "topic.removed"; actorId: number } & OfTopic)
  | ({ type: "topic.restored"; actorId: number } & OfTopic)
  /** Its title and all its words were erased for good. */
  | ({ type: "topic.purged"; actorId: number } & OfTopic)
  | ({ type: "topic.voted"; memberId: number; on: boolean } & OfTopic)
  | ({ type: "post.created"; authorId: number } & OfPost)
  | ({ type: "post.edited"; editorId: number } & OfPost)
  | ({ type: "post.removed"; actorId: number } & OfPost)
  | ({ type: "post.restored"; actorId: number } & OfPost)
  /** Its words were erased for good, or those of one of its versions. */
  | ({ type: "post.purged"; actorId: number } & OfPost)
  | ({ type: "post.reacted"; memberId: number; kind: ReactionKind; on: boolean } & OfPost)
  | ({ type: "answer.accepted"; actorId: number } & OfPost)
  | ({ type: "answer.unaccepted"; actorId: number } & OfPost)
  /** It became public: the first time, or again after it was taken back (`isAgain`). */
  | ({ type: "article.published"; isAgain: boolean } & OfArticle)
  /** A published one changed: words, cover, series, tags. */
  | ({ type: "article.edited" } & OfArticle)
  /** Taken back or removed: out of sight for readers. */
  | ({ type: "article.hidden" } & OfArticle)
  /** Its hour came, but whoever set it may not publish there any more: it waits. */
  | ({ type: "article.held" } & OfArticle)
  /** Readers see a new revision; the first makes the page. */
  | ({ type: "page.published"; revision: number; isMinor: boolean } & OfPage)
  /** Title, place, rights, owner, verification: what trees and the page show of it and of those below. */
  | ({ type: "page.changed" } & OfPage)
  | ({ type: "page.removed" } & OfPage)
  | ({ type: "page.restored" } & OfPage)
  /** A draft waits for a reviewer. */
  | ({ type: "page.review-asked"; revision: number } & OfPage)
  /** Divisions, categories or menus changed: names, order, colours. */
  | { type: "places.changed" }
  /** Tags were renamed, merged or deleted: their pages, and how the topics under them are found. */
  | { type: "tags.changed"; tagIds: number[] }
  /** Someone may see less or more than before: all who look at a category, or one member everywhere. */
  | { type: "access.changed"; of: "category" | "member"; id: number }
  /** The same for many at once, whom a rule brought into a group or took out of it. */
  | { type: "access.changed-for-many"; memberIds: number[] }
  /** Someone asks to be let into a group, or no longer, or was answered. */
  | { type: "group.request-changed"; groupId: number; memberId: number; requestId: number }
  | { type: "notification.changed"; memberId: number };

export type TopicChange =
  | "title" | "kind" | "tags" | "pinned" | "unpinned" | "closed" | "reopened" | "unlisted" | "listed" | "archived" | "unarchived" | "status" | "banner"
  /** The status of an idea, following what was decided elsewhere: who cares was told there. */
  | "decided";

export type EventOf<Type extends DomainEvent["type"]> = Extract<DomainEvent, { type: Type }>;

/**
 * Puts the event on the queue in the caller's transaction, so it exists if and
 * only if the change it describes does. The worker wakes when that commits, and
 * every web process forgets the guests' pages that showed what was before: this one
 * before whoever made the change hears of it, the others as soon as they are told.
 */
export async function record(tx: Tx, event: DomainEvent): Promise<void> {
  const tags = tagsOf(event);
  if (tags.length > 0) afterCommit(tx, () => oldPages.emit("tags", tags));
  await recorded(tx, { type: event.type, event: JSON.stringify(event), tags: tags.join(" ") });
}

const recorded = preparedSql(() => sql`
  select case when ${sql.placeholder("tags")}::text <> '' then pg_notify(${PAGES_CHANNEL}::text, ${sql.placeholder("tags")}::text) end
  from graphile_worker.add_job(${sql.placeholder("type")}::text, payload => ${sql.placeholder("event")}::json)`);
