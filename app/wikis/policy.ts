import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isAdmin, isModeratorOf, isSuspended, type Viewer } from "#app/core/viewer.ts";
import type { RightsLevel } from "#db/schema/community.ts";
import type { Page } from "#db/schema/wikis.ts";

// Whether a viewer may see a page at all is settled before these are asked: see accessPage and accessWiki.

type Place = { level: RightsLevel; divisionId: number };
type PlacedPage = Place & Pick<Page, "ownerId" | "removedAt" | "publishedRevision" | "createdById"> & { wiki: { needsReview: boolean } };

/** New pages, other words, another place in the tree: all who may edit here. */
export function canEdit(viewer: Viewer, { level }: Place): Decision {
  if (viewer.kind === "guest") return deny("wikis.signInToEdit");
  if (isSuspended(viewer)) return deny("wikis.suspended", { until: viewer.suspendedUntil! });
  if (!viewer.isVerified) return deny("wikis.unverified");
  return level === "create" ? allow : deny("wikis.mayOnlyRead");
}

export function canEditPage(viewer: Viewer, page: PlacedPage): Decision {
  return page.removedAt ? deny("wikis.restoreFirst") : canEdit(viewer, page);
}

/** Whether what they save is seen at once. Elsewhere a reviewer looks first. */
export function canPublish(viewer: Viewer, page: PlacedPage): Decision {
  const able = canEditPage(viewer, page);
  return able.allowed && page.wiki.needsReview ? canReview(viewer, page) : able;
}

/** Staff of the division, and whoever answers for the page. */
export function canReview(viewer: Viewer, page: PlacedPage): Decision {
  const able = canEditPage(viewer, page);
  if (!able.allowed) return able;
  return isStaffOf(viewer, page.divisionId) || isPageOwner(viewer, page) ? allow : deny("wikis.onlyReviewers");
}

/** Owner, "verified until", template. */
export function canCareFor(viewer: Viewer, page: PlacedPage): Decision {
  if (page.removedAt) return deny("wikis.restoreFirst");
  return isStaffOf(viewer, page.divisionId) || isPageOwner(viewer, page) ? allow : deny("wikis.onlyStaffOrOwner");
}

export function canModerate(viewer: Viewer, { divisionId }: { divisionId: number }): Decision {
  return isModeratorOf(viewer, divisionId) ? allow : deny("wikis.onlyModerators");
}

/** Others may have worked on what was published; a draft that never was is its writer's to take back. */
export function canRemovePage(viewer: Viewer, page: PlacedPage): Decision {
  if (page.removedAt) return deny("wikis.restoreFirst");
  if (viewer.kind === "member" && page.publishedRevision === 0 && page.createdById === viewer.id) return canEdit(viewer, page);
  return canModerate(viewer, page);
}

/** Who sees and edits a part of the tree is what admins decide everywhere. */
export function canSetRights(viewer: Viewer): Decision {
  return isAdmin(viewer) ? allow : deny("wikis.onlyAdmins");
}

/** Any duty in the division or over the whole site. */
export function isStaffOf(viewer: Viewer, divisionId: number): boolean {
  return viewer.kind === "member" && viewer.roles.some((grant) => grant.divisionId === null || grant.divisionId === divisionId);
}

function isPageOwner(viewer: Viewer, { ownerId }: Pick<Page, "ownerId">): boolean {
  return viewer.kind === "member" && ownerId === viewer.id;
}
