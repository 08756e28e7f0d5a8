import { allow, deny, type Decision } from "#app/core/policy.ts";
import type { SpeakerLabel } from "#db/schema/accounts.ts";
import { isAdmin, isSuspended, type Viewer } from "#app/core/viewer.ts";

/** Whether they may write about themselves: others read it, so what holds for posts holds here. */
export function canEditOwnProfile(viewer: Viewer): Decision {
  if (viewer.kind === "guest") return deny("core.signInRequired");
  if (isSuspended(viewer)) return deny("profiles.suspended", { until: viewer.suspendedUntil! });
  return viewer.isVerified ? allow : deny("profiles.verifyFirst");
}

/**
 * Whether they may say in whose name a member speaks. Nobody labels themselves but admins; and who speaks for somebody
 * cannot hide it: an admin's own label is taken off by another one.
 */
export function canSetLabel(viewer: Viewer, member: { id: number; label: SpeakerLabel | null }): Decision {
  if (!isAdmin(viewer)) return deny("profiles.onlyAdmins");
  return viewer.kind === "member" && viewer.id === member.id && member.label !== null ? deny("profiles.notOwnLabel") : allow;
}
