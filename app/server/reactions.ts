import { endConnections, recheckAccess, refreshPresence } from "#app/community/realtime.ts";
import type { DomainEvent, EventOf } from "#app/core/events.ts";
import { announceChange, announcePost, recheckTopic } from "#app/forums/realtime.ts";
import { announceInbox } from "#app/notifications/realtime.ts";

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
  "member.changed": { refreshPresence },
  "session.ended": { endConnections },
  "topic.created": {},
  "topic.changed": { announceChange },
  "topic.moved": { recheckTopic },
  "topic.removed": { recheckTopic },
  "topic.restored": { recheckTopic },
  "topic.voted": { announceChange },
  "post.created": { announcePost },
  "post.edited": { announceChange },
  "post.removed": { announceChange },
  "post.restored": { announceChange },
  "post.reacted": { announceChange },
  "answer.accepted": { announceChange },
  "answer.unaccepted": { announceChange },
  "places.changed": {},
  "tags.changed": {},
  "access.changed": { recheckAccess },
  "notification.changed": { announceInbox },
};
