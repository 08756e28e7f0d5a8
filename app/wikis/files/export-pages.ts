import { and, asc, eq, gt, inArray, isNull } from "drizzle-orm";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { originalName } from "#app/core/files/clean-image.ts";
import { accessFile } from "#app/core/files/files.ts";
import { openFile } from "#app/core/files/store.ts";
import { NotFoundError } from "#app/core/errors.ts";
import { documentToMarkdown } from "#app/core/rich-text.ts";
import { nodesOf } from "#app/core/rich-text/walk.ts";
import type { Viewer } from "#app/core/viewer.ts";
import { visibleCategoryIds } from "#app/core/visibility.ts";
import { readImageAddress } from "#app/ui/rich-text/image-address.ts";
import { pageLinkWords, type PageLinkAttributes } from "#app/ui/rich-text/page-link.ts";
import { db } from "#db/client.ts";
import { alias } from "drizzle-orm/pg-core";
import { members } from "#db/schema/accounts.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pages, type Wiki } from "#db/schema/wikis.ts";
import { mapLinks } from "./links.ts";
import { readMadeFrom } from "./credits.ts";
import { writePageFile } from "./page-file.ts";

type Leaf = Awaited<ReturnType<typeof readLeaves>>[number] & { file: string; above: string | null };
type Entry = { name: string; pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>; isPacked: boolean };

/** Stands for a page that comes along until it is written as a link to its file. The name can belong to nobody. */
const PAGE = "page.invalid/";
const pageMarks = /\[\[page\.invalid\/(\d+)\\?\|((?:\\.|[^\]\\])*)\]\]/g;

/**
 * What the viewer sees of a wiki, or of one page and all below it, as a zip of Markdown files with its pictures. The
 * files can be read back by `importPages`.
 *
 * @throws NotFoundError when there is no such page for them
 */
export async function exportPages(viewer: Viewer, wiki: Pick<Wiki, "id">, topId?: number): Promise<AsyncGenerator<Uint8Array>> {
  const leaves = inOrder(await readLeaves(viewer, wiki.id), topId);
  if (topId !== undefined && leaves.length === 0) throw new NotFoundError("page");
  return zipped(entriesOf(viewer, leaves));
}

function readLeaves(viewer: Viewer, wikiId: number) {
  const owner = alias(members, "owner");
  return db
    .select({
      id: pages.id, parentId: pages.parentId, title: pages.title, slug: pages.slug, date: pages.createdAt, template: pages.isTemplate, verifiedUntil: pages.verifiedUntil,
      author: members.username, owner: owner.username,
    })
    .from(pages)
    .innerJoin(members, eq(members.id, pages.createdById))
    .leftJoin(owner, eq(owner.id, pages.ownerId))
    .where(and(eq(pages.wikiId, wikiId), inArray(pages.categoryId, visibleCategoryIds(viewer)), isNull(pages.removedAt), gt(pages.publishedRevision, 0)))
    .orderBy(asc(pages.position), asc(pages.id));
}

/** As the tree is read, each in a file named for its place, so that siblings keep their order. What lies below a page that the viewer does not see lies at the top. */
function inOrder(rows: Awaited<ReturnType<typeof readLeaves>>, topId: number | undefined): Leaf[] {
  const ids = new Set(rows.map(({ id }) => id));
  const below = new Map<number | null, typeof rows>();
  for (const row of rows) {
    const above = row.parentId !== null && ids.has(row.parentId) ? row.parentId : null;
    below.set(above, [...(below.get(above) ?? []), row]);
  }
  const leaves: Leaf[] = [];
  const walk = (row: (typeof rows)[number], above: string | null): void => {
    leaves.push({ ...row, above, file: `${String(leaves.length + 1).padStart(4, "0")}-${row.slug}.md` });
    for (const child of below.get(row.id) ?? []) walk(child, row.title);
  };
  for (const row of topId === undefined ? (below.get(null) ?? []) : rows.filter(({ id }) => id === topId)) walk(row, null);
  return leaves;
}

async function* entriesOf(viewer: Viewer, leaves: Leaf[]): AsyncGenerator<Entry> {
  const files = new Map(leaves.map(({ id, file }) => [id, file]));
  const pictures = new Map<string, string>();
  for (const { id, file, above, title, author, date, owner, verifiedUntil, template } of leaves) {
    // One at a time: a page can be long, and there can be many.
    const [row] = await db.select({ body: pages.body }).from(pages).where(eq(pages.id, id));
    if (!row) continue;
    const source = documentToMarkdown(withNamedPages(row.body, files)).replace(pageMarks, (_, id: string, words: string) => `[${words}](${files.get(Number(id))})`);
    for (const key of keysIn(source)) {
      const picture = pictures.has(key) ? undefined : await accessFile(db, viewer, key).catch(() => undefined);
      if (picture) pictures.set(key, originalName(picture.contentType));
    }
    const body = mapLinks(source, ({ isPicture, words, target }) => {
      const key = isPicture ? readImageAddress(target)?.key : undefined;
      return key && pictures.has(key) ? `![${words}](${pictureName(key, pictures.get(key)!)})` : undefined;
    });
    const madeFrom = await readMadeFrom(db, viewer, id);
    yield { name: file, isPacked: false, pieces: [Buffer.from(writePageFile({ title, parent: above, author, date, owner, verifiedUntil, template, madeFrom, body }))] };
  }
  for (const [key, part] of pictures) {
    const found = await openFile(key, part);
    if (found) yield { name: pictureName(key, part), isPacked: true, pieces: found.stream as AsyncIterable<Uint8Array> };
  }
}

function keysIn(source: string): Set<string> {
  const keys = new Set<string>();
  mapLinks(source, ({ isPicture, target }) => {
    const key = isPicture ? readImageAddress(target)?.key : undefined;
    if (key) keys.add(key);
    return undefined;
  });
  return keys;
}

function pictureName(key: string, part: string): string {
  return `files/${key}.${part.split(".").at(-1)}`;
}

/** The document with links to pages that come along named for the stand-in; others stay `[[Title]]`. */
function withNamedPages(body: RichText, files: Map<number, string>): RichText {
  const copy = structuredClone(body);
  for (const { type, attrs } of nodesOf(copy)) {
    const link = attrs as PageLinkAttributes | undefined;
    if (type === "pageLink" && link && files.has(link.pageId ?? 0)) Object.assign(link, { title: `${PAGE}${link.pageId}`, words: pageLinkWords(link) });
  }
  return copy;
}

async function* zipped(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failure: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  for await (const { name, pieces, isPacked } of entries) {
    const file = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    zip.add(file);
    for await (const piece of pieces) {
      file.push(piece);
      if (failure) throw failure;
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
