import { NotFoundError } from "#app/core/errors.ts";
import { allow, deny, type Decision } from "#app/core/policy.ts";
import { isAdmin, type Member, type Viewer } from "#app/core/viewer.ts";

/** Product managers, of the whole site or of a division, and admins. */
export function mayReadInsights(viewer: Viewer): viewer is Member {
  return viewer.kind === "member" && (isAdmin(viewer) || viewer.roles.some(({ role }) => role === "product_manager"));
}

/**
 * What every page of insights asks first. For everyone else there is no such page.
 *
 * @throws NotFoundError
 */
export function requireInsights(viewer: Viewer): Member {
  if (!mayReadInsights(viewer)) throw new NotFoundError("insights");
  return viewer;
}

/** A division's product manager decides on what is mostly said there, one of the whole site on everything. */
export function canDecide(viewer: Viewer, theme: { divisionId: number | null }): Decision {
  if (!mayReadInsights(viewer)) return deny("insights.onlyProductManagers");
  const everywhere = isAdmin(viewer) || viewer.roles.some(({ role, divisionId }) => role === "product_manager" && divisionId === null);
  const here = viewer.roles.some(({ role, divisionId }) => role === "product_manager" && divisionId !== null && divisionId === theme.divisionId);
  return everywhere || here ? allow : deny("insights.otherDivision");
}

/** The glossary, accounts and weights are the same for all divisions. */
export function canConfigure(viewer: Viewer): Decision {
  return canDecide(viewer, { divisionId: null });
}
