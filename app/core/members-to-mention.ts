import { and, desc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { Member } from "./viewer.ts";

const LIMIT = 8;

/** Members whose username or name begins like this, those seen last first. The viewer themselves is left out. */
export function searchMembersToMention(on: Executor, viewer: Member, beginning: string) {
  const start = beginning.trim().toLowerCase().slice(0, 40);
  return on
    .select({ username: members.username, name: members.name, avatarFileId: members.avatarFileId, label: members.label })
    .from(members)
    .where(
      and(
        ne(members.id, viewer.id),
        or(isNull(members.suspendedUntil), lt(members.suspendedUntil, sql`now()`)),
        or(
          sql`starts_with(lower(${members.username}), ${start})`,
          sql`starts_with(lower(${members.name}), ${start})`,
          // Any later word of the name, such as a family name.
          start.length > 1 ? sql`strpos(lower(${members.name}), ${` ${start}`}) > 0` : undefined,
        ),
      ),
    )
    .orderBy(desc(eq(sql`lower(${members.username})`, start)), sql`${members.lastSeenAt} desc nulls last`, desc(members.postCount), members.id)
    .limit(LIMIT);
}
