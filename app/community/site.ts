import { sql } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { siteSettings } from "#db/schema/community.ts";
import { changesBetween } from "./divisions.ts";
import { canAdminister } from "./policy.ts";

/** The community's own words about itself, as admins set them. */
export type Site = { name: string; tagline: string; welcome: string };

export const defaultSite: Site = { name: "Wellspring", tagline: "", welcome: "" };

export async function readSite(on: Executor): Promise<Site> {
  const rows = await settings(on, { keys: Object.keys(defaultSite) });
  return siteFrom(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
}

const settings = prepared(() =>
  db
    .select({ key: siteSettings.key, value: siteSettings.value })
    .from(siteSettings)
    .where(sql`${siteSettings.key} = any(${sql.placeholder("keys")}::text[])`),
);

/** The settings as they are stored, with our own words where there are none. */
export function siteFrom(stored: Record<string, unknown>): Site {
  return { ...defaultSite, ...Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === "string")) };
}

export function saveSite(admin: Member, site: Site): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canAdminister(admin));
    const before = await readSite(tx);

    const rows = Object.entries(site).map(([key, value]) => ({ key, value, updatedById: admin.id, updatedAt: new Date() }));
    await tx
      .insert(siteSettings)
      .values(rows)
      .onConflictDoUpdate({ target: siteSettings.key, set: { value: sql`excluded.value`, updatedById: sql`excluded.updated_by_id`, updatedAt: sql`excluded.updated_at` } });
    await audit(tx, { actorId: admin.id, action: "site.edited", target: "site", detail: changesBetween(before, site) });

    await record(tx, { type: "places.changed" });
  });
}
