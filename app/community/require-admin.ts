import { enforce } from "#app/core/policy.ts";
import { requireMember, type Member, type Viewer } from "#app/core/viewer.ts";
import { canAdminister } from "./policy.ts";

/**
 * What every page of the administration asks first, before it looks at anything.
 *
 * @throws SignInRequiredError for guests, ForbiddenError for everyone who is no admin
 */
export function requireAdmin(viewer: Viewer): Member {
  const member = requireMember(viewer);
  enforce(canAdminister(member));
  return member;
}
