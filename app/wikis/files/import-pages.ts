import path from "node:path";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { storeImage } from "#app/core/files/files.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { BLANK, documentToMarkdown, markdownToDocument, parseRichText } from "#app/core/rich-text.ts";
import type { Member } from "#app/core/viewer.ts";
import { imageAddress } from "#app/ui/rich-text/image-address.ts";
import { db, type Tx } from "#db/client.ts";
import { members } from "#db/schema/accounts.ts";
import type { RichText } from "#db/schema/rich-text.ts";
import { pageRevisions, pages, type Page, type Wiki } from "#db/schema/wikis.ts";
import { withLinks, writePageFiles, writePageLinks } from "../page-links.ts";
import { pageSlug } from "../publish.ts";
import { restoreCredits } from "./credits.ts";
import { fileAt, mapLinks, pageMark } from "./links.ts";
import { versionsOf } from "./page-file.ts";
import { planPages, type PlannedPage } from "./plan-pages.ts";

export type ImportReport = { created: string[]; unchanged: string[]; /** Changed here since, or before: they were left as they are. */ kept: string[]; dropped: { name: string; why: string }[] };

type Options = {
  /** In whose name stands what names no member of this community. */
  importer: Member;
  now?: Date;
  /** Called in the transaction for each page that was made. */
  onPage?: (tx: Tx, page: Page) => Promise<void>;
};

/**
 * Makes pages of a wiki out of files. Safe to run again: a page whose title is there already is not touched, and said
 * to be. Whatever could not be taken is named with its reason.
 */
export async function importPages(wiki: Pick<Wiki, "id" | "categoryId">, folder: Map<string, Buffer | null>, { importer, now = new Date(), onPage }: Options): Promise<ImportReport> {
  const { planned, dropped } = planPages(folder, now);
  const report: ImportReport = { created: [], unchanged: [], kept: [], dropped };
  const present = new Map((await db.select({ id: pages.id, title: pages.title, body: pages.body, categoryId: pages.categoryId }).from(pages).where(and(eq(pages.wikiId, wiki.id), isNull(pages.removedAt)))).map((page) => [page.title.toLowerCase(), page]));
  const titles = new Map(planned.map(({ file, title }) => [file, title]));

  const fresh: { page: PlannedPage; texts: RichText[] }[] = [];
  for (const page of planned) {
    const old = present.get(page.title.toLowerCase());
    try {
      const texts = await textsOf(page, titles, folder, old ? null : importer);
      if (!old) fresh.push({ page, texts });
      else (documentToMarkdown(texts.at(-1)!) === documentToMarkdown(old.body) ? report.unchanged : report.kept).push(page.title);
    } catch (error) {
      report.dropped.push({ name: page.file, why: whyOf(error) });
    }
  }
  await db.transaction(async (tx) => {
    const names = await memberIds(tx, fresh.map(({ page }) => page));
    const who = (username: string | null) => names.get(username?.toLowerCase() ?? "") ?? importer.id;
    const made = new Map<string, Page>();
    for (const { page } of fresh) {
      const above = page.parent === null ? undefined : made.get(page.parent.toLowerCase()) ?? present.get(page.parent.toLowerCase());
      made.set(page.title.toLowerCase(), await insertPage(tx, wiki, page, above, who, now));
    }
    const ids = new Map([...present, ...made].map(([title, { id }]) => [title, id]));
    for (const { page, texts } of fresh) {
      const row = made.get(page.title.toLowerCase())!;
      await writeTexts(tx, row, page, texts.map((text) => withTargets(text, ids, wiki.id)), who, importer.id);
      await restoreCredits(tx, importer, row.id, page.madeFrom);
      await onPage?.(tx, row);
      report.created.push(page.title);
    }
  });
  return report;
}

/** Every version of a page as a document. With an importer, its pictures are stored as theirs. */
async function textsOf(page: PlannedPage, titles: Map<string, string>, folder: Map<string, Buffer | null>, importer: Member | null): Promise<RichText[]> {
  const pictures = new Map<string, string>();
  const versions = versionsOf(page);
  for (const name of importer ? picturesIn(versions, page.file) : []) {
    const bytes = folder.get(name);
    if (!bytes) continue;
    const { storageKey: key, width, height } = await storeImage(importer!, { name: path.posix.basename(name), bytes }, "post");
    pictures.set(name, imageAddress({ key, width, height }));
  }
  return versions.map((source) => parseRichText(markdownToDocument(mapLinks(source, ({ isPicture, words, target }) => {
    const file = fileAt(page.file, target);
    if (file === undefined) return undefined;
    if (isPicture) return pictures.has(file) ? `![${words}](${pictures.get(file)})` : words;
    const title = titles.get(file);
    return title === undefined ? undefined : pageMark(title, words);
  }))));
}

function picturesIn(versions: string[], from: string): Set<string> {
  const found = new Set<string>();
  for (const source of versions) {
    mapLinks(source, ({ isPicture, target }) => {
      const file = isPicture ? fileAt(from, target) : undefined;
      if (file !== undefined) found.add(file);
      return undefined;
    });
  }
  return found;
}

async function memberIds(tx: Tx, planned: PlannedPage[]): Promise<Map<string, number>> {
  const names = [...new Set(planned.flatMap(({ author, owner, changes }) => [author, owner, ...changes.map(({ editor }) => editor)]).flatMap((name) => (name ? [name.toLowerCase()] : [])))];
  if (names.length === 0) return new Map();
  const rows = await tx.select({ id: members.id, name: sql<string>`lower(${members.username})` }).from(members).where(inArray(sql`lower(${members.username})`, names));
  return new Map(rows.map(({ id, name }) => [name, id]));
}

async function insertPage(tx: Tx, wiki: Pick<Wiki, "id" | "categoryId">, page: PlannedPage, above: Pick<Page, "id" | "categoryId"> | undefined, who: (username: string | null) => number, now: Date): Promise<Page> {
  const revision = page.changes.length + 1;
  const editedAt = page.changes.at(-1)?.at ?? page.date ?? now;
  const [row] = await tx
    .insert(pages)
    .values({
      wikiId: wiki.id, categoryId: above?.categoryId ?? wiki.categoryId, parentId: above?.id ?? null, position: page.position, title: page.title, slug: pageSlug(page.title),
      ...renderedBody(BLANK), revision, publishedRevision: revision, isTemplate: page.isTemplate, ownerId: page.owner ? who(page.owner) : null, verifiedUntil: page.verifiedUntil,
      createdById: who(page.author), lastEditorId: who(page.changes.at(-1)?.editor ?? page.author), createdAt: page.date ?? now, editedAt,
    })
    .returning();
  return row!;
}

async function writeTexts(tx: Tx, row: Page, page: PlannedPage, texts: RichText[], who: (username: string | null) => number, importerId: number): Promise<void> {
  const versions = texts.map((text, at) => ({ ...renderedBody(text), at: page.changes[at - 1]?.at ?? row.createdAt, editorId: who(page.changes[at - 1]?.editor ?? page.author), reason: page.changes[at - 1]?.reason ?? "" }));
  await tx.insert(pageRevisions).values(versions.map(({ body, bodyText, at, editorId, reason }, index) => ({ pageId: row.id, revision: index + 1, title: row.title, body, bodyText, editorId, reason, baseRevision: index, createdAt: at })));
  const { body, bodyHtml, bodyText, renderVersion } = versions.at(-1)!;
  await tx.update(pages).set({ body, bodyHtml, bodyText, renderVersion }).where(eq(pages.id, row.id));
  await writePageLinks(tx, row.id, body);
  await writePageFiles(tx, row.id, body, { importerId });
}

/** The document with its links leading to the pages of those titles, or wishing for them. */
function withTargets(text: RichText, ids: Map<string, number>, wikiId: number): RichText {
  return withLinks(text, (link) => ({ ...link, pageId: ids.get(link.title.toLowerCase()) ?? null, wikiId }));
}

function whyOf(error: unknown): string {
  if (error instanceof RangeError) return "it is too large or too deeply nested";
  return error instanceof Error ? error.message.split("\n")[0]!.slice(0, 200) : "it cannot be read";
}
