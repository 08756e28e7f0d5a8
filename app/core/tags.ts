import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "#db/client.ts";
import { tags } from "#db/schema/forums.ts";

// Tags belong to the whole site: topics and articles bear the same ones, so that what belongs together is found together.

export const MAX_TAGS = 5;

/** Tags as typed, with commas between them: what is the same tag is named once. */
export const tagsField = z
  .string()
  .max(500, "core.tooLong")
  .transform((text) => [...new Set(text.split(/[,;\n]/).map(tagSlug).filter(Boolean))])
  .refine((slugs) => slugs.length <= MAX_TAGS, "forums.tooManyTags");

/** A tag as its address has it: lower case, words joined by hyphens, in any script. `c++`, `c#` and `4.2` stay what they are. */
export function tagSlug(text: string): string {
  const joined = text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}+#.]+/gu, "-");
  return [...joined].slice(0, 40).join("").replace(/^[-.]+|[-.]+$/g, "");
}

/** The ids of the tags meant, in order, making those that are new. A synonym gives the tag that is meant. */
export async function meantTagIds(tx: Tx, slugs: string[]): Promise<number[]> {
  const wanted = [...new Set(slugs.map(tagSlug).filter(Boolean))];
  if (wanted.length === 0) return [];
  // In one order everywhere, so that two that make the same new tags at once do not wait for each other.
  await tx.insert(tags).values([...wanted].sort().map((slug) => ({ slug, name: slug }))).onConflictDoNothing();
  const meant = await tx.selectDistinct({ id: sql<number>`coalesce(${tags.synonymOfId}, ${tags.id})`.mapWith(Number) }).from(tags).where(inArray(tags.slug, wanted)).orderBy(sql`1`);
  return meant.map(({ id }) => id);
}
