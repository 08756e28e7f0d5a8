import { refusalOf } from "#app/core/http.ts";
import { isAdmin, requireMember, type Member, type Viewer } from "#app/core/viewer.ts";
import { enforce } from "#app/core/policy.ts";
import type { Executor } from "#db/client.ts";
import { accessGroup, type AccessedGroup } from "./groups.ts";
import { countRequests } from "./group-requests.ts";
import { canAskToJoin, canJoinGroup, canManageGroup } from "./policy.ts";

/** What every page of a group shows of it. */
export async function shownGroup(on: Executor, viewer: Viewer, group: AccessedGroup) {
  const mayManage = canManageGroup(viewer, group).allowed;
  const { id, name, description, joining } = group;
  return { id, name, description, joining, mayManage, mayAdminister: isAdmin(viewer), waitingCount: mayManage ? await countRequests(on, id) : 0 };
}

/** Why they cannot come in by themselves; null when they can, or when nobody does. */
export function refusalAtDoor(viewer: Viewer, group: AccessedGroup): string | null {
  if (group.joining === "closed") return null;
  return refusalOf(viewer, group.joining === "open" ? canJoinGroup(viewer, group) : canAskToJoin(viewer, group));
}

/**
 * A group for the pages of those who run it.
 *
 * @throws SignInRequiredError, NotFoundError, ForbiddenError
 */
export async function requireGroupOwner(on: Executor, viewer: Viewer, groupId: number): Promise<{ actor: Member; group: AccessedGroup }> {
  const actor = requireMember(viewer);
  const group = await accessGroup(on, actor, groupId);
  enforce(canManageGroup(actor, group));
  return { actor, group };
}
