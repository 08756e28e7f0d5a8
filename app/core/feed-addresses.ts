import { eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { feedAddresses } from "#db/schema/outside.ts";

/** Ends every feed address of a member's own, where somebody who has one should read no more: with the sessions, or with a suspension. */
export async function endFeedAddresses(on: Executor, memberId: number): Promise<void> {
  await on.delete(feedAddresses).where(eq(feedAddresses.memberId, memberId));
}
