import { asc, eq } from "drizzle-orm";
import { db } from "#db/client.ts";
import { divisions } from "#db/schema/community.ts";
import { wikis, type Wiki } from "#db/schema/wikis.ts";
import { addWiki } from "../wikis.ts";

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
    // After all other places of its division.
    return addWiki(tx, { slug, name, description, divisionId: place.id, editors: "members", position: 1000 });
  });
}
