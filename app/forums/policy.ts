import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isModeratorOf, isSuspended, type Viewer } from "#app/core/viewer.ts";
import type { RightsLevel } from "#db/schema/community.ts";

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

/** What every act of writing asks first. */
export function canTakePart(viewer: Viewer): Decision {
  if (viewer.kind === "guest") return deny("core.signInRequired");
  if (isSuspended(viewer)) return deny("forums.suspended", { until: viewer.suspendedUntil! });
  return viewer.isVerified ? allow : deny("forums.unverified");
}

export function canModerate(viewer: Viewer, { divisionId }: { divisionId: number }): Decision {
  return isModeratorOf(viewer, divisionId) ? allow : deny("forums.onlyModerators");
}
