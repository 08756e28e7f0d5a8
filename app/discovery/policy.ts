import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isAdmin, isSiteStaff, type Viewer } from "#app/core/viewer.ts";

/** What people look for concerns those who answer and build: staff of the whole site, product managers among them. */
export function canSeeSearches(viewer: Viewer): Decision {
  return isSiteStaff(viewer) ? allow : deny("discovery.onlyStaff");
}

export function canManageSynonyms(viewer: Viewer): Decision {
  return isAdmin(viewer) ? allow : deny("community.onlyAdmins");
}
