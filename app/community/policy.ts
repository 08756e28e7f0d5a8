import { allow, deny, type Decision } from "#app/core/policy.ts";
import { canTakePart } from "#app/core/taking-part.ts";
import { isAdmin, isOwner, type Member, type Viewer } from "#app/core/viewer.ts";
import type { GroupJoining, RoleName } from "#db/schema/community.ts";

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
  return isAdmin(viewer) || group.isOwner ? canTakePart(viewer) : deny("community.onlyGroupOwners");
}

/** Owners keep each other: whom an admin trusts with a group, an admin takes it from. */
export function canPutOut(viewer: Viewer, target: { isOwner: boolean }): Decision {
  return target.isOwner && !isAdmin(viewer) ? deny("community.onlyAdminsPutOwnersOut") : allow;
}

export function canBan(viewer: Viewer, target: { memberId: number; isOwner: boolean }): Decision {
  if (viewer.kind === "member" && viewer.id === target.memberId) return deny("community.notYourself");
  return canPutOut(viewer, target);
}

type Door = { kind: string; joining: GroupJoining; isMember: boolean; isBanned: boolean };

export function canJoinGroup(viewer: Viewer, group: Door): Decision {
  if (group.joining !== "open") return deny("community.groupIsNotOpen");
  return canEnter(viewer, group);
}

export function canAskToJoin(viewer: Viewer, group: Door): Decision {
  if (group.joining !== "request") return deny("community.groupTakesNoRequests");
  return canEnter(viewer, group);
}

function canEnter(viewer: Viewer, { kind, isMember, isBanned }: Door): Decision {
  if (kind !== "custom") return deny("community.groupIsBuiltIn");
  if (isBanned) return deny("community.youAreBanned");
  return isMember ? deny("community.alreadyInGroup") : canTakePart(viewer);
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
