import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { groupMembers, groupRequests, groups } from "#db/schema/community.ts";
import { notifications } from "#db/schema/notifications.ts";
import { seedGroups, seedRequests } from "#db/seed/places.ts";
import type { Members } from "./seed-people.ts";

const HOUR = 3_600_000;

/** Who waits at the doors of groups, and the line that tells those who run them. */
export async function seedDoors(tx: Tx, members: Members, now: Date): Promise<void> {
  for (const { key, name } of seedGroups) {
    const asking = seedRequests.filter(({ group }) => group === key).map(({ username, message, hoursAgo }) => ({ memberId: members.get(username)!.id, message, createdAt: new Date(now.getTime() - hoursAgo * HOUR) }));
    const latest = asking.at(-1);
    if (!latest) continue;
    const [group] = await tx.select({ id: groups.id }).from(groups).where(eq(groups.name, name));
    await tx.insert(groupRequests).values(asking.map((request) => ({ groupId: group!.id, ...request })));
    const owners = (await tx.select().from(groupMembers).where(eq(groupMembers.groupId, group!.id))).filter(({ isOwner }) => isOwner);
    await tx.insert(notifications).values(owners.map(({ memberId }) => ({
      memberId, kind: "group" as const, groupKey: `asked:${group!.id}`, groupId: group!.id, actorId: latest.memberId, actorIds: asking.map((each) => each.memberId), actorCount: asking.length, createdAt: asking[0]!.createdAt, updatedAt: latest.createdAt,
    })));
  }
}
