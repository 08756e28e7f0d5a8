import { and, eq, inArray, sql } from "drizzle-orm";
import { ConflictError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member } from "#app/core/viewer.ts";
import { db } from "#db/client.ts";
import { pages } from "#db/schema/wikis.ts";
import { lockTree } from "./move-page.ts";
import { accessPage, type AccessedPage } from "./pages.ts";
import { canModerate, canRemovePage } from "./policy.ts";
import { branchOf } from "./tree-lines.ts";

/**
 * Takes a page out of sight. With pages below it, it is refused unless they shall go along.
 *
 * @throws ConflictError when there are pages below and they shall not
 */
export function removePage(actor: Member, pageId: number, { reason, children }: { reason: string; children: "refuse" | "take" }): Promise<AccessedPage> {
  return db.transaction(async (tx) => {
    const page = await accessPage(tx, actor, pageId);
    await lockTree(tx, page.wikiId);
    // Sent again by who has just done it, because the answer was lost: it is answered as before.
    if (page.removedAt && page.removedById === actor.id) return page;
    enforce(canRemovePage(actor, page));
    const gone = (await branchOf(tx, pageId)).filter(({ isRemoved }) => !isRemoved).map(({ id }) => id);
    if (gone.length > 1 && children === "refuse") throw new ConflictError("wikis.hasChildren", { count: gone.length - 1 });
    if (gone.length > 1) enforce(canModerate(actor, page));

    const removed = await tx
      .update(pages)
      .set({ removedAt: sql`now()`, removedById: actor.id, removedReason: reason, reviewAskedAt: null, reviewAskedById: null })
      .where(inArray(pages.id, gone))
      .returning({ pageId: pages.id, categoryId: pages.categoryId });
    for (const each of removed) await record(tx, { type: "page.removed", ...each, wikiId: page.wikiId, actorId: actor.id });
    return page;
  });
}

/**
 * Brings a page back, with the pages that went in the same moment. What stands above it must be there.
 *
 * @throws InvalidInputError when another page has taken its title meanwhile
 */
export function restorePage(actor: Member, pageId: number): Promise<AccessedPage> {
  return db.transaction(async (tx) => {
    const page = await accessPage(tx, actor, pageId);
    await lockTree(tx, page.wikiId);
    enforce(canModerate(actor, page));
    if (!page.removedAt) return page;
    const [parent] = page.parentId === null ? [] : await tx.select({ removedAt: pages.removedAt }).from(pages).where(eq(pages.id, page.parentId));
    if (parent?.removedAt) throw new ConflictError("wikis.restoreParentFirst");

    const branch = (await branchOf(tx, pageId)).map(({ id }) => id);
    const together = sql`${pages.removedAt} = (select gone.removed_at from pages gone where gone.id = ${pageId})`;
    const restored = await refuseTaken(
      "title",
      "wikis.titleTakenMeanwhile",
      tx.update(pages).set({ removedAt: null, removedById: null, removedReason: "" }).where(and(inArray(pages.id, branch), together)).returning({ pageId: pages.id, categoryId: pages.categoryId }),
    );
    for (const each of restored) await record(tx, { type: "page.restored", ...each, wikiId: page.wikiId, actorId: actor.id });
    return accessPage(tx, actor, pageId);
  });
}
