import { and, desc, eq, lt, lte } from "drizzle-orm";
import { ConflictError, ForbiddenError, NotFoundError } from "#app/core/errors.ts";
import { enforce } from "#app/core/policy.ts";
import { isModeratorOf, type Member, type Viewer } from "#app/core/viewer.ts";
import { db, type Executor } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pageRevisions } from "#db/schema/wikis.ts";
import { translate } from "#app/core/messages.ts";
import { accessPage, lockPage, type AccessedPage } from "./pages.ts";
import { canModerate } from "./policy.ts";
import { savePage, type Saved } from "./save-page.ts";

/** One saved state in a history. A hidden one tells those who do not moderate nothing but that it was. */
export type RevisionLine = { revision: number; title: string; by: { username: string; name: string; avatarFileId: number | null }; reason: string; isMinor: boolean; revertOf: number | null; isHidden: boolean; at: Date };

/** The history of a page the viewer has been given, the latest first. Drafts that nobody published are for those who edit. */
export async function listRevisions(on: Executor, viewer: Viewer, page: AccessedPage, { before = 2 ** 31 - 1, limit = 50 } = {}): Promise<RevisionLine[]> {
  const rows = await on
    .select({
      revision: pageRevisions.revision, title: pageRevisions.title, reason: pageRevisions.reason, isMinor: pageRevisions.isMinor, revertOf: pageRevisions.revertOf,
      removedAt: pageRevisions.removedAt, at: pageRevisions.createdAt, by: { username: members.username, name: members.name, avatarFileId: members.avatarFileId },
    })
    .from(pageRevisions)
    .innerJoin(members, eq(members.id, pageRevisions.editorId))
    .where(and(eq(pageRevisions.pageId, page.id), lt(pageRevisions.revision, before), lte(pageRevisions.revision, lastSeen(page))))
    .orderBy(desc(pageRevisions.revision))
    .limit(limit);
  const mayLook = isModeratorOf(viewer, page.divisionId);
  return rows.map(({ removedAt, ...row }) => ({ ...row, isHidden: removedAt !== null, ...(removedAt && !mayLook && { title: "", reason: "" }) }));
}

/**
 * One saved state of a page the viewer has been given.
 *
 * @throws NotFoundError when it never had so many, or that one is no reader's to see
 * @throws ForbiddenError when moderators have hidden it
 */
export async function readRevision(on: Executor, viewer: Viewer, page: AccessedPage, revision: number): Promise<{ title: string; body: RichText; at: Date; isHidden: boolean }> {
  if (revision > lastSeen(page)) throw new NotFoundError("revision");
  const [row] = await on
    .select({ title: pageRevisions.title, body: pageRevisions.body, at: pageRevisions.createdAt, removedAt: pageRevisions.removedAt })
    .from(pageRevisions)
    .where(and(eq(pageRevisions.pageId, page.id), eq(pageRevisions.revision, revision)));
  if (!row) throw new NotFoundError("revision");
  if (row.removedAt && !isModeratorOf(viewer, page.divisionId)) throw new ForbiddenError("wikis.revisionHidden");
  return { title: row.title, body: row.body, at: row.at, isHidden: row.removedAt !== null };
}

/**
 * Saves what an earlier revision said as a new one.
 *
 * @throws ForbiddenError for a hidden one: what was hidden is not brought back by a side door
 * @throws ConflictError when someone saved meanwhile
 * @throws InvalidInputError at `knowsReaders` when it quotes what fewer people may read, and the text of now does not
 */
export async function revertPage(actor: Member, pageId: number, { revision, base, knowsReaders = false }: { revision: number; base: number; knowsReaders?: boolean }): Promise<Saved> {
  const page = await accessPage(db, actor, pageId);
  const { title, body, isHidden } = await readRevision(db, actor, page, revision);
  if (isHidden) throw new ForbiddenError("wikis.revertHidden");
  const reason = translate(actor.locale, "wikis.revertReason", { number: revision });
  const saved = await savePage(actor, pageId, { title, body, reason, base, isMinor: false, intent: "publish", knowsReaders, draftId: undefined }, { revertOf: revision });
  if (saved.isStale) throw new ConflictError("wikis.changedMeanwhile");
  return saved;
}

/** Hides a revision's words, or shows them again. What readers see, and what the next edit begins from, cannot be hidden. */
export function hideRevision(actor: Member, pageId: number, { revision, hide }: { revision: number; hide: boolean }): Promise<AccessedPage> {
  return db.transaction(async (tx) => {
    const page = await lockPage(tx, actor, pageId);
    enforce(canModerate(actor, page));
    if (hide && (revision === page.publishedRevision || revision === page.revision)) throw new ConflictError("wikis.hideCurrent");

    const [row] = await tx
      .update(pageRevisions)
      .set(hide ? { removedAt: new Date(), removedById: actor.id } : { removedAt: null, removedById: null })
      .where(and(eq(pageRevisions.pageId, pageId), eq(pageRevisions.revision, revision)))
      .returning({ revision: pageRevisions.revision });
    if (!row) throw new NotFoundError("revision");
    return page;
  });
}

function lastSeen(page: AccessedPage): number {
  return page.level === "create" ? page.revision : page.publishedRevision;
}
