import { eq } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { PreferencesInput } from "./inputs.ts";

export function changePreferences(member: Member, preferences: PreferencesInput): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.update(members).set(preferences).where(eq(members.id, member.id));
    await record(tx, { type: "member.changed", memberId: member.id });
  });
}
