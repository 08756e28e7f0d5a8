import { allow, deny, type Decision } from "#app/core/policy.ts";
import { canTakePart } from "#app/core/taking-part.ts";
import { isModeratorOf, isSiteModerator, isSiteStaff, isStaff, type Viewer } from "#app/core/viewer.ts";
import type { Category, RightsLevel } from "#db/schema/community.ts";
import type { PinScope, Post, Topic } from "#db/schema/forums.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";

// Whether a viewer may see something at all is settled before these are asked: see accessTopic and accessCategory.

type Place = { level: RightsLevel; divisionId: number };

export function canReply(viewer: Viewer, topic: Place & { lockedAt: Date | null; archivedAt: Date | null }): Decision {
  if (viewer.kind === "guest") return deny("forums.signInToReply");
  const able = canTakePart(viewer);
  if (!able.allowed) return able;
  if (topic.level === "see") return deny("forums.mayOnlyRead");
  if ((topic.lockedAt || topic.archivedAt) && !isModeratorOf(viewer, topic.divisionId)) return deny("forums.topicLocked");
  return allow;
}

export function canCreateTopic(viewer: Viewer, { level }: Place): Decision {
  if (viewer.kind === "guest") return deny("forums.signInToCreate");
  const able = canTakePart(viewer);
  if (!able.allowed) return able;
  return level === "create" ? allow : deny("forums.mayNotCreate");
}

/** Announcements are for those with a duty; the other kinds are as the category allows. */
export function canUseKind(viewer: Viewer, { allowedKinds }: Pick<Category, "allowedKinds">, kind: TopicKind): Decision {
  if (kind === "announcement" && !isStaff(viewer)) return deny("forums.onlyStaffAnnounce");
  return allowedKinds.includes(kind) ? allow : deny("forums.kindNotAllowed");
}

/** Tags belong to the whole site, so those who tend them are its staff. */
export function canManageTags(viewer: Viewer): Decision {
  return isSiteStaff(viewer) ? allow : deny("forums.onlyStaffTags");
}

export function canModerate(viewer: Viewer, { divisionId }: { divisionId: number }): Decision {
  return isModeratorOf(viewer, divisionId) ? allow : deny("forums.onlyModerators");
}

/** What is talk about an article or a page is called and lies as that does. */
type MayBeTalk = Partial<Pick<Topic, "articleId" | "pageId">>;
type PlacedTopic = Place & MayBeTalk & Pick<Topic, "authorId" | "kind" | "archivedAt" | "lockedAt" | "postCount" | "removedAt">;
type SomePost = Pick<Post, "authorId" | "number" | "removedAt" | "removedById"> & Partial<Pick<Post, "purgedAt">>;

/** Reacting writes no words, so that sight of the topic is enough; nobody applauds themselves. */
export function canReact(viewer: Viewer, topic: PlacedTopic, post: SomePost): Decision {
  const able = canTakePart(viewer);
  if (!able.allowed) return able;
  if (topic.removedAt || post.removedAt) return deny("forums.restoreFirst");
  if (topic.archivedAt) return deny("forums.topicArchived");
  return viewer.kind === "member" && post.authorId === viewer.id ? deny("forums.notYourOwn") : allow;
}

export function canVote(viewer: Viewer, topic: PlacedTopic): Decision {
  const able = canTakePart(viewer);
  if (!able.allowed) return able;
  if (topic.removedAt) return deny("forums.restoreFirst");
  if (topic.kind !== "idea" && topic.kind !== "question") return deny("forums.noVotesHere");
  return topic.archivedAt || topic.lockedAt ? deny("forums.topicClosed") : allow;
}

/** Saying "I have this question too" of one's own says nothing. An idea may have its author's vote. */
export function canAddVote(viewer: Viewer, topic: PlacedTopic): Decision {
  const isOwn = topic.kind === "question" && viewer.kind === "member" && topic.authorId === viewer.id;
  return isOwn ? deny("forums.askedByYou") : canVote(viewer, topic);
}

/** Staff who speak for the product: moderators and product managers of the place. */
export function canSetIdeaStatus(viewer: Viewer, { kind, divisionId }: Pick<PlacedTopic, "kind" | "divisionId">): Decision {
  if (kind !== "idea") return deny("forums.notAnIdea");
  const manages = viewer.kind === "member" && viewer.roles.some((grant) => grant.role === "product_manager" && (grant.divisionId === null || grant.divisionId === divisionId));
  return manages || isModeratorOf(viewer, divisionId) ? allow : deny("forums.onlyStaff");
}

/** Whoever asked knows what helped; moderators step in for those who never come back. */
export function canAccept(viewer: Viewer, topic: PlacedTopic, post: SomePost): Decision {
  if (topic.kind !== "question" || post.number === 1 || post.removedAt) return deny("forums.notAnAnswer");
  return decidedByAuthor(viewer, topic, topic.authorId, "forums.onlyAsker");
}

export function canEditPost(viewer: Viewer, topic: PlacedTopic, post: SomePost): Decision {
  if (post.removedAt) return deny(post.purgedAt ? "forums.erasedForGood" : "forums.restoreFirst");
  return decidedByAuthor(viewer, topic, post.authorId, "forums.onlyAuthor");
}

/** The opening post goes with its topic: see canRemoveTopic. */
export function canRemovePost(viewer: Viewer, topic: PlacedTopic, post: SomePost): Decision {
  return decidedByAuthor(viewer, topic, post.authorId, "forums.onlyAuthor");
}

/** What a moderator removed, only moderators bring back. */
export function canRestorePost(viewer: Viewer, topic: PlacedTopic, post: SomePost): Decision {
  if (post.purgedAt) return deny("forums.erasedForGood");
  if (isModeratorOf(viewer, topic.divisionId)) return topic.removedAt ? deny("forums.restoreFirst") : allow;
  if (post.removedById !== post.authorId) return deny("forums.onlyModerators");
  return decidedByAuthor(viewer, topic, post.authorId, "forums.onlyAuthor");
}

/** Title, kind, tags and place. */
export function canEditTopic(viewer: Viewer, topic: PlacedTopic): Decision {
  if (isTalk(topic)) return deny("forums.talkFollows");
  return decidedByAuthor(viewer, topic, topic.authorId, "forums.onlyAuthor");
}

/** An author may take a topic back until others have written in it: their words are theirs. */
export function canRemoveTopic(viewer: Viewer, topic: PlacedTopic): Decision {
  if (!isModeratorOf(viewer, topic.divisionId) && (topic.postCount > 1 || isTalk(topic))) return deny("forums.othersWroteHere");
  return decidedByAuthor(viewer, topic, topic.authorId, "forums.onlyAuthor");
}

/** What went out of sight with its subject comes back with it, and not without. */
export function canRestoreTopic(viewer: Viewer, topic: Place & Pick<Topic, "isRemovedWithSubject"> & Partial<Pick<Topic, "purgedAt">>): Decision {
  if (topic.purgedAt) return deny("forums.erasedForGood");
  return topic.isRemovedWithSubject ? deny("forums.talkFollows") : canModerate(viewer, topic);
}

/** What others may still read is not erased under their eyes: it is removed first. The opening post is, with its topic. */
export function canPurgePost(viewer: Viewer, topic: Place & Pick<Topic, "removedAt">, post: Pick<Post, "number" | "removedAt">): Decision {
  const moderates = canModerate(viewer, topic);
  if (!moderates.allowed) return moderates;
  return post.removedAt || (post.number === 1 && topic.removedAt) ? allow : deny("forums.removeFirst");
}

/** Talk that went out of sight with its subject comes back with it. */
export function canPurgeTopic(viewer: Viewer, topic: Place & Pick<Topic, "removedAt" | "isRemovedWithSubject">): Decision {
  const moderates = canModerate(viewer, topic);
  if (!moderates.allowed) return moderates;
  if (topic.isRemovedWithSubject) return deny("forums.talkFollows");
  return topic.removedAt ? allow : deny("forums.removeFirst");
}

/** What a post said before, such as a telephone number that its author took out again. */
export function canPurgeVersion(viewer: Viewer, topic: Place): Decision {
  return canModerate(viewer, topic);
}

/** Whole-site pins and banners touch divisions that are not theirs to keep. */
export function canPin(viewer: Viewer, topic: Place, scope: PinScope): Decision {
  if (scope === "site" && !isSiteModerator(viewer)) return deny("forums.onlySiteModerators");
  return canModerate(viewer, topic);
}

function decidedByAuthor(viewer: Viewer, topic: PlacedTopic, authorId: number, otherwise: "forums.onlyAuthor" | "forums.onlyAsker"): Decision {
  const able = canTakePart(viewer);
  if (!able.allowed) return able;
  // What is counted nowhere while the topic is removed must not be counted twice when it comes back.
  if (topic.removedAt) return deny("forums.restoreFirst");
  if (isModeratorOf(viewer, topic.divisionId)) return allow;
  if (viewer.kind !== "member" || authorId !== viewer.id) return deny(otherwise);
  if (topic.archivedAt) return deny("forums.topicArchived");
  return topic.level === "see" ? deny("forums.mayOnlyRead") : allow;
}

function isTalk({ articleId = null, pageId = null }: MayBeTalk): boolean {
  return articleId !== null || pageId !== null;
}
