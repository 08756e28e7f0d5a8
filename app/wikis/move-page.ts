import { and, asc, eq, isNull, sql, type SQL } from "drizzle-orm";
import { refuseWiderQuotes } from "#app/core/carried-quotes.ts";
import { InvalidInputError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { enforce } from "#app/core/policy.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Tx } from "#db/client.ts";
import { pages, wikis } from "#db/schema/wikis.ts";
import { accessPage, type AccessedPage } from "./pages.ts";
import { canEdit, canEditPage } from "./policy.ts";
import { listTree } from "./tree.ts";
import { branchOf, lineOf, MAX_DEPTH } from "./tree-lines.ts";
import { accessWikiById } from "./wikis.ts";

/** Where a page goes: under a parent or to the top (null), before a page there or to the end (null). */
export type Target = { parentId: number | null; beforeId: number | null; /** Told that pages quote what fewer people read than will there. */ knowsReaders?: boolean };

/**
 * Moves a page with all below it. What had no rights of its own takes those of its new place with it, in the same
 * transaction.
 *
 * @throws ForbiddenError when they may not edit the page, or not where it goes
 * @throws InvalidInputError when it would stand under itself, or too deep, or, at `knowsReaders`, when it would carry
 * quotes of a private place to more readers
 */
export function movePage(actor: Member, pageId: number, target: Target): Promise<AccessedPage> {
  return db.transaction((tx) => moveIn(tx, actor, pageId, target));
}

/** A step among the pages the actor sees: up or down beside its siblings, into the one above it, or out behind its parent. */
export function shiftPage(actor: Member, pageId: number, direction: "up" | "down" | "in" | "out", { knowsReaders }: Pick<Target, "knowsReaders"> = {}): Promise<AccessedPage> {
  return db.transaction(async (tx) => {
    const page = await accessPage(tx, actor, pageId);
    await lockTree(tx, page.wikiId);
    const tree = await listTree(tx, actor, page.wikiId);
    const siblings = tree.filter(({ parentId }) => parentId === page.parentId);
    const at = siblings.findIndex(({ id }) => id === pageId);
    const to = targetOf(direction);
    return to ? moveIn(tx, actor, pageId, { ...to, knowsReaders }) : page;

    function targetOf(step: typeof direction): Target | undefined {
      if (at < 0) return undefined;
      if (step === "up") return at > 0 ? { parentId: page.parentId, beforeId: siblings[at - 1]!.id } : undefined;
      if (step === "down") return at < siblings.length - 1 ? { parentId: page.parentId, beforeId: siblings[at + 2]?.id ?? null } : undefined;
      if (step === "in") return at > 0 ? { parentId: siblings[at - 1]!.id, beforeId: null } : undefined;
      const parent = tree.find(({ id }) => id === page.parentId);
      if (!parent) return undefined;
      const uncles = tree.filter(({ parentId }) => parentId === parent.parentId);
      return { parentId: parent.parentId, beforeId: uncles[uncles.findIndex(({ id }) => id === parent.id) + 1]?.id ?? null };
    }
  });
}

async function moveIn(tx: Tx, actor: Member, pageId: number, { parentId, beforeId, knowsReaders }: Target): Promise<AccessedPage> {
  const page = await accessPage(tx, actor, pageId);
  await lockTree(tx, page.wikiId);
  enforce(canEditPage(actor, page));
  const place = parentId === null ? await accessWikiById(tx, actor, page.wikiId) : await accessParent(tx, actor, page, parentId);
  enforce(canEdit(actor, place));
  const above = parentId === null ? [] : await lineOf(tx, parentId);
  if (above.includes(pageId)) throw new InvalidInputError("parentId", "wikis.intoItself");
  const branch = await branchOf(tx, pageId);
  if (above.length + Math.max(...branch.map(({ depth }) => depth)) > MAX_DEPTH) throw new InvalidInputError("parentId", "wikis.tooDeep", { maximum: MAX_DEPTH });

  const isPart = page.categoryId !== (await categoryAbove(tx, page));
  if (!isPart && !knowsReaders) await refuseWiderQuotes(tx, actor, { pageIds: await holdSharing(tx, pageId, page.categoryId) }, { from: page.categoryId, to: place.categoryId });
  await tx.update(pages).set({ parentId }).where(eq(pages.id, pageId));
  await placeAmong(tx, page.wikiId, pageId, parentId, beforeId);
  if (!isPart && place.categoryId !== page.categoryId) await rewriteCategory(tx, pageId, page.categoryId, place.categoryId);

  await record(tx, { type: "page.changed", pageId, wikiId: page.wikiId, categoryId: isPart ? page.categoryId : place.categoryId, actorId: actor.id });
  return accessPage(tx, actor, pageId);
}

/** One change of a tree at a time: two that are right alone could make a ring together. */
export async function lockTree(tx: Tx, wikiId: number): Promise<void> {
  await tx.select({ id: wikis.id }).from(wikis).where(eq(wikis.id, wikiId)).for("no key update");
}

/** The category a page would have without rights of its own: that of the page above, or of the wiki. */
export async function categoryAbove(tx: Tx, page: Pick<AccessedPage, "parentId" | "wiki">): Promise<number> {
  if (page.parentId === null) return page.wiki.categoryId;
  const [parent] = await tx.select({ categoryId: pages.categoryId }).from(pages).where(eq(pages.id, page.parentId));
  return parent!.categoryId;
}

/** A page and what is below it in the same category lies in another one from now on. Parts with rights of their own stay as they are. */
export async function rewriteCategory(tx: Tx, pageId: number, from: number, to: number): Promise<void> {
  await tx.execute(sql`${branchSharing(pageId, from)} update pages set category_id = ${to} from branch where pages.id = branch.id`);
}

/** The same pages, held: nobody saves other words in them until they are moved. */
async function holdSharing(tx: Tx, pageId: number, categoryId: number): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`${branchSharing(pageId, categoryId)} select id from pages where id in (select id from branch) order by id for update`);
  return rows.map(({ id }) => Number(id));
}

function branchSharing(pageId: number, categoryId: number): SQL {
  return sql`
    with recursive branch as (
      select id from pages where id = ${pageId} and category_id = ${categoryId}
      union all select child.id from pages child join branch on child.parent_id = branch.id where child.category_id = ${categoryId}
    )`;
}

async function accessParent(tx: Tx, actor: Member, page: AccessedPage, parentId: number): Promise<AccessedPage> {
  const parent = await accessPage(tx, actor, parentId);
  if (parent.wikiId !== page.wikiId || parent.removedAt) throw new InvalidInputError("parentId", "core.invalid");
  return parent;
}

/** Numbers the siblings anew, with the page where it shall stand. */
async function placeAmong(tx: Tx, wikiId: number, pageId: number, parentId: number | null, beforeId: number | null): Promise<void> {
  const beside = await tx.select({ id: pages.id }).from(pages).where(and(eq(pages.wikiId, wikiId), parentId === null ? isNull(pages.parentId) : eq(pages.parentId, parentId))).orderBy(asc(pages.position), asc(pages.id));
  const others = beside.map(({ id }) => id).filter((id) => id !== pageId);
  const at = beforeId === null ? others.length : others.indexOf(beforeId);
  others.splice(at < 0 ? others.length : at, 0, pageId);
  await tx.execute(sql`
    update pages set position = numbered.at from unnest(${sql.param(others)}::bigint[]) with ordinality as numbered (id, at)
    where pages.id = numbered.id and pages.position <> numbered.at`);
}
