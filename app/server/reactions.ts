import { closeRooms } from "#app/community/realtime.ts";
import type { DomainEvent, EventOf } from "#app/core/events.ts";
import { announcePost, announceTopic } from "#app/forums/realtime.ts";

type Reactions = {
  [Type in DomainEvent["type"]]: Record<string, (event: EventOf<Type>) => Promise<void>>;
};

/**
 * What follows each event. Reactions run in the worker after the change has
 * committed, in no set order, each repeatable and each retried on its own.
 * Waiting work stores their names: let the queue empty before renaming one.
 */
export const reactions: Reactions = {
  "member.created": {},
  "member.verified": {},
  "member.changed": {},
  "session.ended": {},
  "topic.created": { announceTopic },
  "topic.changed": {},
  "topic.moved": {},
  "topic.removed": {},
  "topic.restored": {},
  "topic.voted": {},
  "post.created": { announcePost },
  "post.edited": {},
  "post.removed": {},
  "post.restored": {},
  "post.reacted": {},
  "answer.accepted": {},
  "answer.unaccepted": {},
  "places.changed": {},
  "tags.changed": {},
  "access.changed": { closeRooms },
  "notification.changed": {},
};
