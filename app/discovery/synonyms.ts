import { asc, eq } from "drizzle-orm";
import { audit } from "#app/core/audit.ts";
import { ConflictError, InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { searchSynonyms } from "#db/schema/search.ts";
import { canManageSynonyms } from "./policy.ts";

const MOST_GROUPS = 500;

/** The words that mean the same here, as admins entered them. */
export function listSynonyms(on: Executor) {
  return on.select({ id: searchSynonyms.id, words: searchSynonyms.words }).from(searchSynonyms).orderBy(asc(searchSynonyms.id));
}

/**
 * Makes words find each other. They do at once in PostgreSQL, and in Meilisearch with its next round, a second later.
 *
 * @throws InvalidInputError when one of them stands in another group already
 */
export function addSynonyms(admin: Member, words: string[]): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageSynonyms(admin));
    const groups = await tx.select().from(searchSynonyms).for("update");
    if (groups.length >= MOST_GROUPS) throw new ConflictError("discovery.tooManySynonyms");
    const taken = words.find((word) => groups.some((group) => group.words.includes(word)));
    if (taken) throw new InvalidInputError("words", "discovery.synonymTaken", { word: taken });
    await tx.insert(searchSynonyms).values({ words });
    await audit(tx, { actorId: admin.id, action: "search.synonyms-added", target: `words:${words[0]!}`, detail: { words } });
  });
}

export function removeSynonyms(admin: Member, id: number): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canManageSynonyms(admin));
    const [gone] = await tx.delete(searchSynonyms).where(eq(searchSynonyms.id, id)).returning();
    if (!gone) throw new NotFoundError("synonyms");
    await audit(tx, { actorId: admin.id, action: "search.synonyms-removed", target: `words:${gone.words[0]!}`, detail: { words: gone.words } });
  });
}
