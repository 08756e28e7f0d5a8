import { db } from "#db/client.ts";
import { groups } from "#db/schema/community.ts";

/** The three groups every community has from its first start. */
export async function ensureGroups(): Promise<void> {
  await db.insert(groups).values([{ kind: "everyone", name: "Everyone" }, { kind: "members", name: "Members" }, { kind: "staff", name: "Staff" }]);
}
