import { eq } from "drizzle-orm";
import { accessOf, recordAccessChange, refreshAccess } from "#app/community/rights.ts";
import { audit } from "#app/core/audit.ts";
import { refuseWiderQuotes } from "#app/core/carried-quotes.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { categories } from "#db/schema/community.ts";
import { topics } from "#db/schema/forums.ts";
import { pages } from "#db/schema/wikis.ts";
import { categoryAbove, lockTree, rewriteCategory } from "./move-page.ts";
import { accessPage, type AccessedPage } from "./pages.ts";
import { canSetRights } from "./policy.ts";
import { addPlace } from "./wikis.ts";

/** Whether a page begins a part of the tree with rights of its own. */
export async function beginsPart(tx: Tx, page: AccessedPage): Promise<boolean> {
  return page.categoryId !== (await categoryAbove(tx, page));
}

/**
 * Gives a page and all below it a place of its own, with the rights they had until now; the category's page sets others.
 * Answers that category.
 */
export function giveOwnRights(admin: Member, pageId: number): Promise<number> {
  return db.transaction(async (tx) => {
    enforce(canSetRights(admin));
    const page = await accessPage(tx, admin, pageId);
    await lockTree(tx, page.wikiId);
    if (await beginsPart(tx, page)) return page.categoryId;

    const place = { divisionId: page.divisionId, parentId: page.wiki.categoryId, slug: `page-${pageId}`, name: page.title.slice(0, 60) };
    const categoryId = await addPlace(tx, place, await accessOf(tx, page.categoryId));
    await rewriteCategory(tx, pageId, page.categoryId, categoryId);
    await audit(tx, { actorId: admin.id, action: "page.rights-apart", target: `page:${pageId}`, detail: { title: page.title, categoryId } });

    await record(tx, { type: "page.changed", pageId, wikiId: page.wikiId, categoryId, actorId: admin.id });
    return categoryId;
  });
}

/**
 * Lets such a part have the rights of what is above it again, from the next request on.
 *
 * @throws InvalidInputError at `knowsReaders` when that opens quotes of a private place to more readers
 */
export function inheritRights(admin: Member, pageId: number, { knowsReaders = false } = {}): Promise<void> {
  return db.transaction(async (tx) => {
    enforce(canSetRights(admin));
    const page = await accessPage(tx, admin, pageId);
    await lockTree(tx, page.wikiId);
    const above = await categoryAbove(tx, page);
    if (page.categoryId === above) throw new InvalidInputError("intent", "wikis.inheritsAlready");
    if (!knowsReaders) await refuseWiderQuotes(tx, admin, { categoryIds: [page.categoryId] }, { from: page.categoryId, to: above });

    await recordAccessChange(tx, page.categoryId);
    await tx.update(pages).set({ categoryId: above }).where(eq(pages.categoryId, page.categoryId));
    // Talk goes with its page. Whatever else may lie there keeps its place.
    const isEmpty = (await tx.$count(topics, eq(topics.categoryId, page.categoryId))) === 0;
    if (isEmpty) await tx.delete(categories).where(eq(categories.id, page.categoryId));
    await refreshAccess(tx);
    await audit(tx, { actorId: admin.id, action: "page.rights-inherited", target: `page:${pageId}`, detail: { title: page.title } });

    await record(tx, { type: "page.changed", pageId, wikiId: page.wikiId, categoryId: above, actorId: admin.id });
  });
}
