import { applyRulesTo } from "#app/community/group-rules.ts";
import { endConnections, recheckAccess, recheckMany, refreshPresence } from "#app/community/realtime.ts";
import type { DomainEvent, EventOf } from "#app/core/events.ts";
import { countSameHere, countVote, mineMember, mineMemberOfAccess, minePlaces, minePost, mineTitle, mineTopic } from "#app/insights/mine-on-change.ts";
import { forgetMember } from "#app/insights/recount.ts";
import { announceChange, announcePost, recheckTopic } from "#app/forums/realtime.ts";
import { notifyOfAnswer, notifyOfCare, notifyOfEdit, notifyOfMove, notifyOfPost, notifyOfReaction, notifyOfVote, recountInboxes, reviseLines, withdrawAnswer } from "#app/notifications/notify.ts";
import { trackNewTopic } from "#app/notifications/track-new-topic.ts";
import { notifyOfRequest } from "#app/notifications/notify-groups.ts";
import { notifyOfArticle, notifyOfCredit, notifyOfHeld, notifyOfPage, notifyOfReview, recountArticle, recountPage, reviseOfPage } from "#app/notifications/notify-knowledge.ts";
import { tellHubOfArticle, tellHubOfPage, tellHubOfPost } from "#app/outside/news-for-hub.ts";
import { endAddresses } from "#app/outside/private-feeds.ts";
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
  "member.created": { applyRulesTo },
  "member.verified": { applyRulesTo },
  "member.address-changed": { applyRulesTo },
  "member.changed": { refreshPresence, mineMember },
  "member.erased": { forgetMember, endAddresses },
  "session.ended": { endConnections },
  "topic.created": { trackNewTopic },
  "topic.changed": { announceChange, notifyOfCare, mineTitle },
  "topic.moved": { recheckTopic, notifyOfMove, mineTopic },
  "topic.removed": { recheckTopic, recountInboxes, mineTopic },
  "topic.restored": { recheckTopic, recountInboxes, mineTopic },
  "topic.purged": { recheckTopic, recountInboxes, mineTopic },
  "topic.voted": { announceChange, notifyOfVote, countVote },
  "post.created": { announcePost, notifyOfPost, minePost, tellHubOfPost },
  "post.edited": { announceChange, notifyOfEdit, minePost },
  "post.removed": { announceChange, reviseLines, minePost },
  "post.restored": { announceChange, reviseLines, minePost },
  "post.purged": { announceChange, recountInboxes, minePost },
  "post.reacted": { announceChange, notifyOfReaction, countSameHere },
  "answer.accepted": { announceChange, notifyOfAnswer },
  "answer.unaccepted": { announceChange, withdrawAnswer },
  "article.published": { notifyOfArticle, tellHubOfArticle },
  "article.edited": { tellHubOfArticle },
  "article.hidden": { recountArticle },
  "article.held": { notifyOfHeld },
  "page.published": { notifyOfPage, notifyOfCredit, tellHubOfPage },
  "page.changed": { reviseOfPage },
  "page.removed": { recountPage },
  "page.restored": { recountPage },
  "page.review-asked": { notifyOfReview },
  "places.changed": { minePlaces },
  "tags.changed": {},
  "access.changed": { recheckAccess, mineMemberOfAccess },
  "access.changed-for-many": { recheckMany },
  "group.request-changed": { notifyOfRequest },
  "notification.changed": { announceInbox },
};
