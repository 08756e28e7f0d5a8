import { inArray } from "drizzle-orm";
import { meantTagIds } from "#app/core/tags.ts";
import type { Tx } from "#db/client.ts";
import { categoryTagGroups, postTemplates, tagGroups, tags } from "#db/schema/forums.ts";
import { seedForms } from "#db/seed/places.ts";
import type { Places } from "./seed-places.ts";

/** What new topics begin with, and the groups of tags that are asked for. */
export async function seedPostingForms(tx: Tx, places: Places): Promise<void> {
  for (const { category, kind, hint, body, requires: { tags: slugs, ...group } } of seedForms) {
    const categoryId = places.get(category)!;
    const [made] = await tx.insert(tagGroups).values({ ...group, isSingle: true }).returning();
    await tx.update(tags).set({ tagGroupId: made!.id }).where(inArray(tags.id, await meantTagIds(tx, [...slugs])));
    await tx.insert(categoryTagGroups).values({ categoryId, tagGroupId: made!.id, use: "required" });
    await tx.insert(postTemplates).values({ categoryId, kind, hint, body });
  }
}
