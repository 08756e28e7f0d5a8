import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { ConflictError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member, Viewer } from "#app/core/viewer.ts";
import { rightsOf } from "#app/core/visibility.ts";
import { db, type Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { pageRevisions, pages } from "#db/schema/wikis.ts";
import { accessPage, lockPage, type AccessedPage } from "./pages.ts";
import { canReview } from "./policy.ts";
import { publishRevision } from "./publish.ts";

/**
 * Lets a draft through: readers see it from now on.
 *
 * @throws ConflictError when it was changed, or settled, after the reviewer looked
 */
export function approvePage(reviewer: Member, pageId: number, revision: number): Promise<AccessedPage> {
  return db.transaction(async (tx) => {
    const page = await lockPage(tx, reviewer, pageId);
    enforce(canReview(reviewer, page));
    refuseStale(page, revision);

    await tx.update(pageRevisions).set({ reviewedById: reviewer.id }).where(and(eq(pageRevisions.pageId, pageId), eq(pageRevisions.revision, revision)));
    await publishRevision(tx, reviewer, page, revision);
    return accessPage(tx, reviewer, pageId);
  });
}

/** Gives a draft back to those who write it, with what has to change. */
export function sendBack(reviewer: Member, pageId: number, revision: number, note: string): Promise<AccessedPage> {
  return db.transaction(async (tx) => {
    const page = await lockPage(tx, reviewer, pageId);
    enforce(canReview(reviewer, page));
    refuseStale(page, revision);

    await tx.update(pages).set({ reviewAskedAt: null, reviewNote: note }).where(eq(pages.id, pageId));
    await record(tx, { type: "page.changed", pageId, wikiId: page.wikiId, categoryId: page.categoryId, actorId: reviewer.id });
    return accessPage(tx, reviewer, pageId);
  });
}

/** The drafts of a wiki that wait for a reviewer, the longest waiting first, among those the viewer may edit. */
export async function listInReview(on: Executor, viewer: Viewer, wikiId: number, { limit = 50 } = {}) {
  const rights = rightsOf(viewer);
  return on
    .select({ id: pages.id, slug: pages.slug, title: pages.title, ownerId: pages.ownerId, publishedRevision: pages.publishedRevision, revision: pages.revision, askedAt: pages.reviewAskedAt, askedBy: members.name })
    .from(pages)
    .innerJoin(rights, eq(rights.categoryId, pages.categoryId))
    .leftJoin(members, eq(members.id, pages.reviewAskedById))
    .where(and(eq(pages.wikiId, wikiId), isNotNull(pages.reviewAskedAt), isNull(pages.removedAt), sql`${rights.level} = 'create'`))
    .orderBy(asc(pages.reviewAskedAt))
    .limit(limit);
}

function refuseStale(page: AccessedPage, revision: number): void {
  if (page.revision !== revision || page.publishedRevision >= revision) throw new ConflictError("wikis.reviewedMeanwhile");
}
