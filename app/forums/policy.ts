import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isModeratorOf, isSiteStaff, isStaff, isSuspended, type Viewer } from "#app/core/viewer.ts";
import type { Category, RightsLevel } from "#db/schema/community.ts";
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

/** What every act of writing asks first. */
export function canTakePart(viewer: Viewer): Decision {
  if (viewer.kind === "guest") return deny("core.signInRequired");
  if (isSuspended(viewer)) return deny("forums.suspended", { until: viewer.suspendedUntil! });
  return viewer.isVerified ? allow : deny("forums.unverified");
}

export function canModerate(viewer: Viewer, { divisionId }: { divisionId: number }): Decision {
  return isModeratorOf(viewer, divisionId) ? allow : deny("forums.onlyModerators");
}
