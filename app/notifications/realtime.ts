import { broadcastLatest } from "#app/core/realtime.ts";

const EVERY_MS = 500;

/** Tells a member's open browsers, on all their devices, to ask how many lines are unread. */
export async function announceInbox({ memberId }: { memberId: number }): Promise<void> {
  broadcastLatest(`member:${memberId}`, "inbox.changed", EVERY_MS, { memberId });
}
