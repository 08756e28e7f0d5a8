import { EventEmitter } from "node:events";
import type { DomainEvent } from "./events.ts";
import { ALL_PAGES } from "./page-cache.ts";
import { shared } from "./shared.ts";

/** Everything but the page of a topic: lists, homes, profiles show a bit of every topic. */
export const LISTS = "lists";

/** The channel on which processes tell each other what guests must no longer be shown. */
export const PAGES_CHANNEL = "wellspring_pages";

/** Tells the pages kept in this process of what it changed itself, without the way round by the database. */
export const oldPages = shared("old pages", () => new EventEmitter<{ tags: [string[]] }>().setMaxListeners(0));

export function topicTag(topicId: number): string {
  return `topic:${topicId}`;
}

/**
 * What guests' pages kept before this event may show wrongly. Whatever takes something out of sight drops every page,
 * because a topic's page can name other topics.
 */
export function tagsOf(event: DomainEvent): string[] {
  switch (event.type) {
    case "member.created":
    case "member.verified":
    case "topic.created":
    case "article.published":
      return [LISTS];
    case "topic.changed":
      return event.change === "unlisted" || event.change === "banner" || event.change === "title" ? [ALL_PAGES] : [topicTag(event.topicId), LISTS];
    case "topic.voted":
    case "post.created":
    case "post.edited":
    case "post.restored":
    case "post.reacted":
    case "answer.accepted":
    case "answer.unaccepted":
      return [topicTag(event.topicId), LISTS];
    case "article.held":
    case "session.ended":
    case "notification.changed":
    case "group.request-changed":
    case "access.changed-for-many":
    case "member.address-changed":
      return [];
    default:
      return [ALL_PAGES];
  }
}
