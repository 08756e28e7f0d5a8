import { endConnections, recheckAccess, refreshPresence } from "#app/community/realtime.ts";
import type { DomainEvent, EventOf } from "#app/core/events.ts";
import { announceChange, announcePost, recheckTopic } from "#app/forums/realtime.ts";
import { notifyOfAnswer, notifyOfCare, notifyOfEdit, notifyOfMove, notifyOfPost, notifyOfReaction, notifyOfVote, recountInboxes, reviseLines, withdrawAnswer } from "#app/notifications/notify.ts";
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
  "topic.changed": { announceChange, notifyOfCare },
  "topic.moved": { recheckTopic, notifyOfMove },
  "topic.removed": { recheckTopic, recountInboxes },
  "topic.restored": { recheckTopic, recountInboxes },
  "topic.voted": { announceChange, notifyOfVote },
  "post.created": { announcePost, notifyOfPost },
  "post.edited": { announceChange, notifyOfEdit },
  "post.removed": { announceChange, reviseLines },
  "post.restored": { announceChange, reviseLines },
  "post.reacted": { announceChange, notifyOfReaction },
  "answer.accepted": { announceChange, notifyOfAnswer },
  "answer.unaccepted": { announceChange, withdrawAnswer },
  "places.changed": {},
  "tags.changed": {},
  "access.changed": { recheckAccess },
  "notification.changed": { announceInbox },
};
