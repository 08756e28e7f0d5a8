import { allow, deny, type Decision } from "./policy.ts";
import { isSuspended, type Viewer } from "./viewer.ts";

/** What every act of writing asks first, wherever it is. */
export function canTakePart(viewer: Viewer): Decision {
  if (viewer.kind === "guest") return deny("core.signInRequired");
  if (isSuspended(viewer)) return deny("forums.suspended", { until: viewer.suspendedUntil! });
  return viewer.isVerified ? allow : deny("forums.unverified");
}
