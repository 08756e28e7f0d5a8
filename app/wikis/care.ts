import { and, asc, eq, gt, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import { InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import { readMember } from "#app/core/session.ts";
import type { Member } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import { levelIn, lockPage, type AccessedPage } from "./pages.ts";
import { canCareFor } from "./policy.ts";

/** How many days before it is due a page stands in its owner's queue. */
const DUE_SOON_DAYS = 14;

/** Says who answers for a page; an empty name, that nobody does. @throws InvalidInputError for someone who does not see it */
export function setOwner(actor: Member, pageId: number, username: string): Promise<void> {
  return changed(actor, pageId, async (tx, page) => {
    const [owner] = username === "" ? [] : await tx.select({ id: members.id }).from(members).where(eq(sql`lower(${members.username})`, username.replace(/^@/, "").toLowerCase()));
    const member = owner && (await readMember(owner.id));
    if (username !== "" && (!member || (await levelIn(tx, member, page.categoryId)) === null)) throw new InvalidInputError("owner", "wikis.unknownOwner");
    await tx.update(pages).set({ ownerId: owner?.id ?? null }).where(eq(pages.id, pageId));
  });
}

/** "Still true": vouches for a page for so many days from today. Null: nobody vouches for it any more. */
export function verifyPage(actor: Member, pageId: number, days: number | null): Promise<void> {
  return changed(actor, pageId, async (tx) => {
    const vouched = days === null ? { verifiedUntil: null, verifiedById: null, verifiedAt: null } : { verifiedUntil: sql`current_date + ${days}::int`, verifiedById: actor.id, verifiedAt: sql`now()` };
    await tx.update(pages).set(vouched).where(eq(pages.id, pageId));
  });
}

/** Makes a page one that others begin from, or an ordinary one again. */
export function markTemplate(actor: Member, pageId: number, isTemplate: boolean): Promise<void> {
  return changed(actor, pageId, async (tx) => void (await tx.update(pages).set({ isTemplate }).where(eq(pages.id, pageId))));
}

/** A member's own pages that are due or soon will be, the longest overdue first. */
export async function listToVerify(on: Executor, member: Member, { limit = 100 } = {}) {
  return on
    .select({ id: pages.id, slug: pages.slug, title: pages.title, verifiedUntil: pages.verifiedUntil, isOverdue: sql<boolean>`${pages.verifiedUntil} < current_date`, wikiSlug: wikis.slug, wikiName: wikis.name })
    .from(pages)
    .innerJoin(wikis, eq(wikis.id, pages.wikiId))
    .where(and(eq(pages.ownerId, member.id), isNotNull(pages.verifiedUntil), isNull(pages.removedAt), lte(pages.verifiedUntil, sql`current_date + ${DUE_SOON_DAYS}::int`), sql`${pages.categoryId} in ${visibleCategoryIds(member)}`))
    .orderBy(asc(pages.verifiedUntil), asc(pages.id))
    .limit(limit);
}

/** Every page whose owner has not vouched for it in time, by id, for whoever reminds them. It changes nothing. */
export async function readOverdue(on: Executor, { after = 0, limit = 500 } = {}): Promise<{ id: number; ownerId: number; categoryId: number; verifiedUntil: string }[]> {
  const rows = await on
    .select({ id: pages.id, ownerId: pages.ownerId, categoryId: pages.categoryId, verifiedUntil: pages.verifiedUntil })
    .from(pages)
    .where(and(gt(pages.id, after), isNotNull(pages.ownerId), lt(pages.verifiedUntil, sql`current_date`), isNull(pages.removedAt)))
    .orderBy(asc(pages.id))
    .limit(limit);
  return rows as { id: number; ownerId: number; categoryId: number; verifiedUntil: string }[];
}

function changed(actor: Member, pageId: number, change: (tx: Tx, page: AccessedPage) => Promise<void>): Promise<void> {
  return db.transaction(async (tx) => {
    const page = await lockPage(tx, actor, pageId);
    enforce(canCareFor(actor, page));
    await change(tx, page);
    await record(tx, { type: "page.changed", pageId, wikiId: page.wikiId, categoryId: page.categoryId, actorId: actor.id });
  });
}
