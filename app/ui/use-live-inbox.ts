import { useEffect, useState } from "react";
import { useLiveRoom } from "./use-live-room.ts";

/** How many lines of a member's inbox are unread, kept true on all their devices. Null for guests. */
export function useLiveInbox(memberId: number | null, count: number): number {
  const [unread, setUnread] = useState(count);
  useEffect(() => setUnread(count), [count]);
  useLiveRoom(memberId ? `member:${memberId}` : null, { onState: (state) => state.unread !== undefined && setUnread(state.unread) });
  return memberId ? unread : 0;
}
