import { and, asc, desc, eq, isNotNull, isNull, or, sql, type SQL } from "drizzle-orm";
import { NotFoundError } from "#app/core/errors.ts";
import { translate } from "#app/core/messages.ts";
import { isStaff, type Viewer } from "#app/core/viewer.ts";
import type { Executor } from "#db/client.ts";
import { badges, memberBadges, members, profileAnswers, profileFields } from "#db/schema/accounts.ts";

/** What anybody may know of a member. Never the whole row: it holds an address and a password's hash. */
const shown = {
  id: members.id,
  username: members.username,
  name: members.name,
  label: members.label,
  title: members.title,
  bio: members.bio,
  location: members.location,
  website: members.website,
  links: members.links,
  avatarFileId: members.avatarFileId,
  coverFileId: members.coverFileId,
  createdAt: members.createdAt,
};

/**
 * The only way to get a member's profile for a viewer, whatever the capitals of the name. One who has not confirmed
 * an address is there for themselves and for staff only: a name alone is no member yet.
 *
 * @throws NotFoundError when there is none
 */
export async function accessProfile(on: Executor, viewer: Viewer, username: string) {
  const isSelf = viewer.kind === "member" ? eq(members.id, viewer.id) : undefined;
  const isPublic = or(isNotNull(members.emailVerifiedAt), isNull(members.pendingEmail), isSelf);
  const [profile] = await on
    .select(shown)
    .from(members)
    .where(and(eq(sql`lower(${members.username})`, username.toLowerCase()), isStaff(viewer) ? undefined : isPublic));
  if (!profile) throw new NotFoundError("member");
  return profile;
}
export type Profile = Awaited<ReturnType<typeof accessProfile>>;

/** Who they are, under their name on the card of a link: and for whom they speak. */
export function placeOnCard({ username, label }: Pick<Profile, "username" | "label">): string {
  return `@${username}${label ? ` · ${translate("en", `ui.${label}`)}` : ""}`;
}

/** What they answered to the questions of admins. Staff-only answers are not even read for others. */
export function listAnswers(on: Executor, viewer: Viewer, memberId: number) {
  return on
    .select({ fieldId: profileFields.id, name: profileFields.name, staffOnly: profileFields.staffOnly, value: profileAnswers.value })
    .from(profileAnswers)
    .innerJoin(profileFields, eq(profileFields.id, profileAnswers.fieldId))
    .where(and(eq(profileAnswers.memberId, memberId), openTo(viewer)))
    .orderBy(asc(profileFields.position), asc(profileFields.id));
}

function openTo(viewer: Viewer): SQL | undefined {
  return isStaff(viewer) ? undefined : eq(profileFields.staffOnly, false);
}

/** The newest first. */
export function listBadges(on: Executor, memberId: number) {
  return on
    .select({ id: badges.id, name: badges.name, description: badges.description, tier: badges.tier, earnedCount: memberBadges.earnedCount, earnedAt: memberBadges.earnedAt })
    .from(memberBadges)
    .innerJoin(badges, eq(badges.id, memberBadges.badgeId))
    .where(eq(memberBadges.memberId, memberId))
    .orderBy(desc(memberBadges.earnedAt), desc(badges.id))
    .limit(200);
}
