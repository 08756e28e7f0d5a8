import { asc, eq } from "drizzle-orm";
import { refreshAccess } from "#app/community/rights.ts";
import { record } from "#app/core/events.ts";
import { db } from "#db/client.ts";
import { categories, categoryRights, divisions, groups } from "#db/schema/community.ts";
import { wikis, type Wiki } from "#db/schema/wikis.ts";

/**
 * The wiki of that address. Where there is none it is made in the division named, else in the first: everyone reads,
 * members edit, until an admin says otherwise.
 */
export function ensureWiki({ slug, name, description = "", division }: { slug: string; name: string; description?: string; division?: string }): Promise<Wiki> {
  return db.transaction(async (tx) => {
    const [present] = await tx.select().from(wikis).where(eq(wikis.slug, slug));
    if (present) return present;
    const [place] = await tx.select({ id: divisions.id }).from(divisions).where(division ? eq(divisions.slug, division) : undefined).orderBy(asc(divisions.position), asc(divisions.id)).limit(1);
    if (!place) throw new Error("There is no division in which a wiki could lie.");
    const [category] = await tx.insert(categories).values({ divisionId: place.id, slug: `wiki-${slug}`, name, description, holds: "wiki", icon: "book-open", inheritsRights: false, position: 1000 }).returning();
    const levels = { everyone: "see", members: "create", staff: "create" } as const;
    const built = await tx.select().from(groups);
    await tx.insert(categoryRights).values(built.flatMap(({ id, kind }) => (kind === "custom" ? [] : [{ categoryId: category!.id, groupId: id, level: levels[kind] }])));
    await refreshAccess(tx);
    const [wiki] = await tx.insert(wikis).values({ slug, name, description, categoryId: category!.id }).returning();
    await record(tx, { type: "places.changed" });
    return wiki!;
  });
}
