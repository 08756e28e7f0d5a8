import { config } from "#app/core/config.ts";
import { db } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { groups } from "#db/schema/community.ts";

/** Makes an empty database a community: the groups every community has, and the demo where it is wanted. */
export async function ensureCommunity(): Promise<void> {
  await db
    .insert(groups)
    .values([
      { kind: "everyone", name: "Everyone" },
      { kind: "members", name: "Members" },
      { kind: "staff", name: "Staff" },
    ])
    .onConflictDoNothing();
  if (config.demo && (await db.$count(members)) === 0) await (await import("./demo.ts")).seedDemo();
}
