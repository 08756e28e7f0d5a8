import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isAdmin, isOwner, type Member, type Viewer } from "#app/core/viewer.ts";
import type { RoleName } from "#db/schema/community.ts";

export function canManageAccess(viewer: Viewer): Decision {
  return isAdmin(viewer) ? allow : deny("community.onlyAdmins");
}

/** Divisions, categories, groups, settings: what the site is made of. A division's own moderators keep order, they do not build. */
export function canAdminister(viewer: Viewer): Decision {
  return isAdmin(viewer) ? allow : deny("community.onlyAdmins");
}

/** Admins, and those of its members who own it. Only groups made by people have members that are listed. */
export function canManageGroup(viewer: Viewer, group: { kind: string; isOwner: boolean }): Decision {
  if (group.kind !== "custom") return deny("community.groupIsBuiltIn");
  return isAdmin(viewer) || group.isOwner ? allow : deny("community.onlyGroupOwners");
}

/** Whoever could make admins could make themselves anything, so owners alone hand out the two highest roles. */
export function canGrantRole(viewer: Viewer, role: RoleName): Decision {
  if (role === "owner" || role === "admin") return isOwner(viewer) ? allow : deny("community.onlyOwnersMakeAdmins");
  return canAdminister(viewer);
}

/** Nobody suspends themselves, and an admin does not suspend owners or other admins. */
export function canSuspend(viewer: Viewer, target: Member): Decision {
  const able = canAdminister(viewer);
  if (!able.allowed) return able;
  if (viewer.kind === "member" && viewer.id === target.id) return deny("community.notYourself");
  return isAdmin(target) && !isOwner(viewer) ? deny("community.onlyOwnersMakeAdmins") : allow;
}
