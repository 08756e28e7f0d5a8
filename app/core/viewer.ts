import type { SpeakerLabel } from "#db/schema/accounts.ts";
import type { RoleName } from "#db/schema/community.ts";
import { SignInRequiredError } from "./errors.ts";

export type Guest = {
  kind: "guest";
  locale: string;
  timeZone: string;
  /** Their browser still carries the cookie of a session that has ended: they were signed out, and may not know. */
  hadSession?: true;
};

/** A duty over one division, or over the whole site where `divisionId` is null. */
export type RoleGrant = { role: RoleName; divisionId: number | null };

export type Member = {
  kind: "member";
  id: number;
  username: string;
  name: string;
  label: SpeakerLabel | null;
  avatarFileId: number | null;
  roles: RoleGrant[];
  /** Whether they proved that the e-mail address is theirs. Without it they read only. */
  isVerified: boolean;
  suspendedUntil: Date | null;
  locale: string;
  timeZone: string;
  colourScheme: "system" | "light" | "dark";
  prefersPages: boolean;
  hidesPresence: boolean;
  /** The hash that names their present session; absent in jobs and tests. */
  sessionId?: string;
};

/** Whoever is looking. Every read and every policy takes one. */
export type Viewer = Guest | Member;

export const guest: Guest = { kind: "guest", locale: "en", timeZone: "UTC" };

/** Who believes to be signed in still, and is not. */
export const signedOut: Viewer = { ...guest, hadSession: true };

export function wasSignedOut(viewer: Viewer): boolean {
  return viewer.kind === "guest" && viewer.hadSession === true;
}

export function isOwner(viewer: Viewer): boolean {
  return hasRole(viewer, ["owner"], null);
}

/** Owners and admins: they change the site itself. */
export function isAdmin(viewer: Viewer): boolean {
  return hasRole(viewer, ["owner", "admin"], null);
}

/** Whether they keep order in a division: its own moderators, the site's, and admins. */
export function isModeratorOf(viewer: Viewer, divisionId: number): boolean {
  return isSiteModerator(viewer) || hasRole(viewer, ["moderator"], divisionId);
}

/** Whether they keep order everywhere. */
export function isSiteModerator(viewer: Viewer): boolean {
  return hasRole(viewer, ["owner", "admin", "moderator"], null);
}

/** Whether they have any duty at all, anywhere. */
export function isStaff(viewer: Viewer): boolean {
  return viewer.kind === "member" && viewer.roles.length > 0;
}

/** The divisions whose staff they are by a role in just that division. */
export function staffedDivisionIds(viewer: Viewer): number[] {
  if (viewer.kind === "guest") return [];
  return [...new Set(viewer.roles.flatMap(({ divisionId }) => (divisionId === null ? [] : [divisionId])))];
}

/** Whether they are staff of the whole site. */
export function isSiteStaff(viewer: Viewer): boolean {
  return viewer.kind === "member" && viewer.roles.some(({ divisionId }) => divisionId === null);
}

export function isSuspended(member: Member, now = new Date()): boolean {
  return member.suspendedUntil !== null && member.suspendedUntil > now;
}

/** @throws SignInRequiredError when the viewer is a guest */
export function requireMember(viewer: Viewer): Member {
  if (viewer.kind === "guest") throw new SignInRequiredError();
  return viewer;
}

function hasRole(viewer: Viewer, roles: RoleName[], divisionId: number | null): boolean {
  return viewer.kind === "member" && viewer.roles.some((grant) => grant.divisionId === divisionId && roles.includes(grant.role));
}
