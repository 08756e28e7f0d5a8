import { broadcast } from "#app/core/realtime.ts";

/** Rooms named in one message: more would not fit where processes pass it on. */
const AT_ONCE = 200;

/** Tells members' open browsers, on all their devices, to ask how many lines are unread. */
export function announceInboxes(memberIds: number[]): void {
  for (let at = 0; at < memberIds.length; at += AT_ONCE) {
    broadcast(memberIds.slice(at, at + AT_ONCE).map((id) => `member:${id}`), "inbox.changed");
  }
}

export async function announceInbox({ memberId }: { memberId: number }): Promise<void> {
  announceInboxes([memberId]);
}
