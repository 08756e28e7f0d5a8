import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { filesIn } from "#app/core/rich-text.ts";
import { nodesOf } from "#app/core/rich-text/walk.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import type { PageLinkAttributes } from "#app/ui/rich-text/page-link.ts";
import type { Executor, Tx } from "#db/client.ts";
import { files } from "#db/schema/files.ts";
import type { RichText, RichTextNode } from "#db/schema/rich-text.ts";
import { pageFiles, pageLinks, pageRevisions, pages } from "#db/schema/wikis.ts";
import { filesOfSources } from "./sources.ts";

/** Links beyond this many are not followed up; nobody reads a page with more. */
const MAX_LINKS = 500;

type Place = { wikiId: number; categoryId: number };

/**
 * The document with every link to a page given its end: by the id it had in one of the texts `before`, else by title
 * among the pages of the wiki that its writer sees, else as wished for. What a page is called is taken over only where
 * both lie in the same category: elsewhere a later title could be one that readers here must not learn.
 */
export async function withPageLinks(on: Executor, writer: Viewer, place: Place, body: RichText, before: RichText[] = []): Promise<RichText> {
  const links = linksIn(body).slice(0, MAX_LINKS);
  if (links.length === 0) return body;
  const known = before.flatMap(linksIn).filter(({ pageId }) => pageId !== null);
  const ids = [...links, ...known].flatMap(({ pageId }) => (pageId === null ? [] : [pageId]));
  const titles = links.map(({ title }) => title.toLowerCase());
  const found = await on
    .select({ id: pages.id, wikiId: pages.wikiId, categoryId: pages.categoryId, title: pages.title, isVisible: sql<boolean>`${inArray(pages.categoryId, visibleCategoryIds(writer))} and ${pages.publishedRevision} > 0` })
    .from(pages)
    .where(and(isNull(pages.removedAt), or(ids.length > 0 ? inArray(pages.id, ids) : undefined, and(eq(pages.wikiId, place.wikiId), inArray(sql`lower(${pages.title})`, titles)))));
  const byId = new Map(found.map((page) => [page.id, page]));
  const byTitle = new Map(found.filter(({ wikiId, isVisible }) => isVisible && wikiId === place.wikiId).map((page) => [page.title.toLowerCase(), page]));
  const heldBefore = new Map(known.map(({ title, pageId }) => [title.toLowerCase(), pageId!]));
  const hadBefore = new Set(known.map(({ pageId }) => pageId));

  return withLinks(body, (link) => {
    const title = link.title.toLowerCase();
    const named = link.pageId === null ? undefined : byId.get(link.pageId);
    const page = (named && (named.isVisible || hadBefore.has(named.id)) ? named : undefined) ?? byId.get(heldBefore.get(title) ?? 0) ?? byTitle.get(title);
    if (!page) return { ...link, pageId: null, wikiId: place.wikiId };
    const isNear = page.categoryId === place.categoryId;
    return settledWords({ ...link, pageId: page.id, wikiId: page.wikiId, title: isNear ? page.title : link.title });
  });
}

/** Every link to a page in a document. */
export function linksIn(body: RichText): PageLinkAttributes[] {
  return [...nodesOf(body)].filter(({ type }) => type === "pageLink").map(({ attrs }) => attrs as PageLinkAttributes);
}

/** The document with its links to pages exchanged. */
export function withLinks(body: RichText, exchange: (link: PageLinkAttributes) => PageLinkAttributes): RichText {
  const walk = (node: RichTextNode): RichTextNode =>
    node.type === "pageLink" ? { ...node, attrs: exchange(node.attrs as PageLinkAttributes) } : node.content ? { ...node, content: node.content.map(walk) } : node;
  return { ...body, content: body.content?.map(walk) };
}

/** Keeps where a published page leads. A link to itself leads nowhere new. */
export async function writePageLinks(tx: Tx, pageId: number, body: RichText): Promise<void> {
  const links = linksIn(body).slice(0, MAX_LINKS);
  const targets = [...new Set(links.flatMap((link) => (link.pageId === null || link.pageId === pageId ? [] : [link.pageId])))];
  const wanted = [...new Map(links.flatMap((link) => (link.pageId === null ? [[link.title.toLowerCase(), link.title] as const] : []))).values()];
  await tx.delete(pageLinks).where(eq(pageLinks.pageId, pageId));
  const there = targets.length === 0 ? [] : await tx.select({ id: pages.id }).from(pages).where(inArray(pages.id, targets));
  const rows = [...there.map(({ id }) => ({ pageId, targetId: id })), ...wanted.map((wantedTitle) => ({ pageId, wantedTitle }))];
  if (rows.length > 0) await tx.insert(pageLinks).values(rows).onConflictDoNothing();
}

/**
 * Keeps which files a published page shows. A file joins when it belongs to one of those who wrote the page, was in it
 * before, or is shown by the page or the posts it began from: a guessed key gives nobody the sight of another's file.
 * Whoever brings pages in from files owns their pictures, and need not have written them.
 */
export async function writePageFiles(tx: Tx, pageId: number, body: RichText, { fromId = null, importerId = null }: { fromId?: number | null; importerId?: number | null } = {}): Promise<void> {
  const keys = filesIn(body);
  const shown = tx.select({ id: pageFiles.fileId }).from(pageFiles).where(fromId === null ? eq(pageFiles.pageId, pageId) : inArray(pageFiles.pageId, [pageId, fromId]));
  const writers = tx.select({ id: pageRevisions.editorId }).from(pageRevisions).where(eq(pageRevisions.pageId, pageId));
  const allowed = keys.length === 0 ? [] : await tx.select({ id: files.id }).from(files).where(and(inArray(files.storageKey, keys), or(inArray(files.ownerId, writers), importerId === null ? undefined : eq(files.ownerId, importerId), inArray(files.id, shown), inArray(files.id, filesOfSources(tx, pageId)))));
  await tx.delete(pageFiles).where(eq(pageFiles.pageId, pageId));
  if (allowed.length > 0) await tx.insert(pageFiles).values(allowed.map(({ id: fileId }) => ({ pageId, fileId }))).onConflictDoNothing();
}

/** Words that say just the title are none of the writer's own. */
function settledWords(link: PageLinkAttributes): PageLinkAttributes {
  return link.words === link.title ? { ...link, words: null } : link;
}
