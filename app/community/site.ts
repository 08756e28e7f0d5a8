import { inArray } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { siteSettings } from "#db/schema/community.ts";

/** The community's own words about itself, as admins set them. */
export type Site = { name: string; tagline: string; welcome: string };

export const defaultSite: Site = { name: "Wellspring", tagline: "", welcome: "" };

export async function readSite(on: Executor): Promise<Site> {
  const rows = await on.select({ key: siteSettings.key, value: siteSettings.value }).from(siteSettings).where(inArray(siteSettings.key, Object.keys(defaultSite)));
  return { ...defaultSite, ...Object.fromEntries(rows.filter(({ value }) => typeof value === "string").map(({ key, value }) => [key, value])) };
}
