import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isAdmin, isSuspended, type Viewer } from "#app/core/viewer.ts";

/** Whether they may write about themselves: others read it, so what holds for posts holds here. */
export function canEditOwnProfile(viewer: Viewer): Decision {
  if (viewer.kind === "guest") return deny("core.signInRequired");
  if (isSuspended(viewer)) return deny("profiles.suspended", { until: viewer.suspendedUntil! });
  return viewer.isVerified ? allow : deny("profiles.verifyFirst");
}

/** Whether they may say in whose name a member speaks. Nobody labels themselves but admins. */
export function canSetLabel(viewer: Viewer): Decision {
  return isAdmin(viewer) ? allow : deny("profiles.onlyAdmins");
}
