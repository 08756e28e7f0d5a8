import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { discardDraft } from "#app/core/drafts.ts";
import { InvalidInputError, NotFoundError } from "#app/core/errors.ts";
import { record } from "#app/core/events.ts";
import { once } from "#app/core/idempotency.ts";
import { withKnownMentions } from "#app/core/known-mentions.ts";
import { enforce } from "#app/core/policy.ts";
import { holdQuotes, withTrueQuotes } from "#app/core/quotes.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { BLANK, documentToMarkdown, plainText, quotedPostsIn } from "#app/core/rich-text.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member } from "#app/core/viewer.ts";
import { db, type Executor, type Tx } from "#db/client.ts";
import { pageRevisions, pages } from "#db/schema/wikis.ts";
import type { EditPageInput, NewPageInput } from "./inputs.ts";
import { withPageLinks } from "./page-links.ts";
import { accessPage, lockPage, readLatest, readWords, type AccessedPage } from "./pages.ts";
import { canEdit, canPublish } from "./policy.ts";
import { pageSlug, publishRevision } from "./publish.ts";
import { accessSource, creditSource, listWiderThan, type Source, type SourceRef } from "./sources.ts";
import { depthOf, MAX_DEPTH } from "./tree-lines.ts";
import { accessWikiById } from "./wikis.ts";

/** What a new page is made from, and whether its writer has said that they know who will read it from now on. */
export type MadeFrom = SourceRef & { knowsReaders: boolean };

/**
 * A new page, at the end of those under its parent or at the top. Readers see it when it is published; until then its
 * words stand in its first revision only, so that nothing that shows pages can show them.
 *
 * @throws NotFoundError when its wiki or its parent is hidden from the author
 * @throws ForbiddenError when they may see it but not edit there
 * @throws InvalidInputError when another page has its title, or it is made from what they do not see, or would be read by
 * more people than that without their knowing
 */
export function createPage(author: Member, wikiId: number, { key, draftId, fromId, knowsReaders = false, ...input }: NewPageInput, madeFrom: MadeFrom | null = null): Promise<{ id: number; slug: string; wikiSlug: string; isPublished: boolean }> {
  return db.transaction((tx) =>
    once(tx, author.id, key, { wikiId, madeFrom, ...input }, async () => {
      const { wiki, place } = await placeFor(tx, author, wikiId, input.parentId);
      enforce(canEdit(author, place));
      const source = madeFrom && (await sourceFor(tx, author, madeFrom, place.categoryId));
      const from = fromId === null ? null : await accessPage(tx, author, fromId);
      const quoting = await withTrueQuotes(tx, author, input.body, { categoryId: place.categoryId, knowsReaders });
      const body = await withPageLinks(tx, author, { wikiId, categoryId: place.categoryId }, await withKnownMentions(tx, quoting), from ? [(await readWords(tx, from.id)).body] : []);

      const beside = sql`(select coalesce(max(position), 0) + 1 from pages where wiki_id = ${wikiId} and parent_id is not distinct from ${input.parentId}::bigint)`;
      const values = { wikiId, categoryId: place.categoryId, parentId: input.parentId, position: beside, title: input.title, slug: pageSlug(input.title), isTemplate: input.isTemplate, createdById: author.id, lastEditorId: author.id, ...renderedBody(BLANK) };
      const [page] = await refuseTaken("title", "wikis.titleTaken", tx.insert(pages).values(values).returning());
      await tx.insert(pageRevisions).values({ pageId: page!.id, revision: 1, title: input.title, body, bodyText: plainText(body), editorId: author.id });
      if (source) await creditSource(tx, author, { id: page!.id, body }, source);
      const accessed = await accessPage(tx, author, page!.id);
      const isPublished = await settle(tx, author, accessed, 1, input.intent, from?.id ?? null);
      await discardDraft(tx, author, source ? source.draftKey : `page-new:${wikiId}`, draftId);
      return { id: page!.id, slug: page!.slug, wikiSlug: wiki.slug, isPublished };
    }),
  );
}

/** What came of a save: `isStale` when someone saved meanwhile and nothing was written. */
export type Saved = { page: AccessedPage; isStale: boolean };

/**
 * Saves a page as its next revision, if nobody has saved one since its editor began: over what they have not seen,
 * nothing is ever written.
 *
 * @throws ForbiddenError when they may not edit it
 * @throws InvalidInputError when another page has its title
 */
export function savePage(editor: Member, pageId: number, input: EditPageInput, { revertOf = null }: { revertOf?: number | null } = {}): Promise<Saved> {
  return db.transaction(async (tx) => {
    if (quotedPostsIn(input.body).length > 0) await holdQuotes(tx);
    const page = await lockPage(tx, editor, pageId);
    enforce(canEdit(editor, page));
    if (page.removedAt) throw new NotFoundError("page");
    if (input.base !== page.revision) return { page, isStale: true };
    const latest = await readLatest(tx, page);
    const { body: published } = await readWords(tx, pageId);
    const quoting = await withTrueQuotes(tx, editor, input.body, { categoryId: page.categoryId, knowsReaders: input.knowsReaders ?? false, before: latest.body });
    const body = await withPageLinks(tx, editor, { wikiId: page.wikiId, categoryId: page.categoryId }, await withKnownMentions(tx, quoting), [latest.body, published]);
    await refuseTitle(tx, page, input.title);
    await discardDraft(tx, editor, `page-edit:${pageId}`, input.draftId);

    let { revision } = page;
    if (input.title !== latest.title || documentToMarkdown(body) !== documentToMarkdown(latest.body)) {
      revision++;
      await tx.insert(pageRevisions).values({ pageId, revision, title: input.title, body, bodyText: plainText(body), editorId: editor.id, reason: input.reason, isMinor: input.isMinor, baseRevision: input.base, revertOf });
      await tx.update(pages).set({ revision, ...(page.publishedRevision === 0 && { title: input.title, slug: pageSlug(input.title), lastEditorId: editor.id }) }).where(eq(pages.id, pageId));
    }
    if (revision > page.publishedRevision) await settle(tx, editor, { ...page, revision }, revision, input.intent);
    return { page: await accessPage(tx, editor, pageId), isStale: false };
  });
}

/** What becomes of a saved revision. Whoever may not publish asks for a review instead. Answers whether readers see it. */
async function settle(tx: Tx, editor: Member, page: AccessedPage, revision: number, intent: EditPageInput["intent"], fromId: number | null = null): Promise<boolean> {
  if (intent === "publish" && canPublish(editor, page).allowed) {
    await publishRevision(tx, editor, page, revision, { fromId });
    return true;
  }
  if (intent !== "draft" && page.wiki.needsReview) {
    await tx.update(pages).set({ reviewAskedAt: sql`now()`, reviewAskedById: editor.id, reviewNote: "" }).where(eq(pages.id, page.id));
    await record(tx, { type: "page.review-asked", pageId: page.id, wikiId: page.wikiId, categoryId: page.categoryId, actorId: editor.id, revision });
  }
  return false;
}

/** Said at the form, where the text is kept: what was read when it was begun may be out of sight by now. */
async function sourceFor(tx: Tx, author: Member, { knowsReaders, ...ref }: MadeFrom, categoryId: number): Promise<Source> {
  const source = await accessSource(tx, author, ref).catch((error: unknown) => {
    throw error instanceof NotFoundError ? new InvalidInputError("form", "wikis.sourceGone") : error;
  });
  if (!knowsReaders && (await listWiderThan(tx, source, [categoryId])).size > 0) throw new InvalidInputError("knowsReaders", "wikis.confirmReaders");
  return source;
}

async function placeFor(on: Executor, author: Member, wikiId: number, parentId: number | null) {
  if (parentId === null) {
    const wiki = await accessWikiById(on, author, wikiId);
    return { wiki, place: wiki };
  }
  const parent = await accessPage(on, author, parentId);
  if (parent.wikiId !== wikiId || parent.removedAt) throw new InvalidInputError("parentId", "core.invalid");
  if ((await depthOf(on, parentId)) >= MAX_DEPTH) throw new InvalidInputError("parentId", "wikis.tooDeep", { maximum: MAX_DEPTH });
  return { wiki: parent.wiki, place: parent };
}

/** Said at once, also for a draft that changes no title yet. The index has the last word. */
async function refuseTitle(on: Executor, page: AccessedPage, title: string): Promise<void> {
  const [other] = await on.select({ id: pages.id }).from(pages).where(and(eq(pages.wikiId, page.wikiId), sql`lower(${pages.title}) = lower(${title})`, ne(pages.id, page.id), isNull(pages.removedAt)));
  if (other) throw new InvalidInputError("title", "wikis.titleTaken");
}
