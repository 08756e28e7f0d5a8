import { eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { siteSettings } from "#db/schema/community.ts";

/** What the community is called, for mail and for passwords that must not contain it. */
export async function readSiteName(on: Executor): Promise<string> {
  const [row] = await on.select({ value: siteSettings.value }).from(siteSettings).where(eq(siteSettings.key, "name"));
  return typeof row?.value === "string" && row.value ? row.value : "Wellspring";
}
