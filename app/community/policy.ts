import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isAdmin, type Viewer } from "#app/core/viewer.ts";

export function canManageAccess(viewer: Viewer): Decision {
  return isAdmin(viewer) ? allow : deny("community.onlyAdmins");
}
