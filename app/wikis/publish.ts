import { and, eq, sql } from "drizzle-orm";
import { record } from "#app/core/events.ts";
import { enqueue } from "#app/core/jobs.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { slugOf } from "#app/core/slug.ts";
import { refuseTaken } from "#app/core/unique.ts";
import type { Member } from "#app/core/viewer.ts";
import type { Tx } from "#db/client.ts";
import { pageRevisions, pages, type Page } from "#db/schema/wikis.ts";
import { freshenLinks } from "./freshen-links.ts";
import { writePageFiles, writePageLinks } from "./page-links.ts";

type Published = Pick<Page, "id" | "wikiId" | "categoryId" | "title" | "publishedRevision">;

/** Shows a saved revision to readers, for the commands that have checked that it may be. @throws InvalidInputError when another page has its title */
export async function publishRevision(tx: Tx, actor: Pick<Member, "id">, page: Published, revision: number, { fromId = null }: { fromId?: number | null } = {}): Promise<void> {
  const [saved] = await tx.select().from(pageRevisions).where(and(eq(pageRevisions.pageId, page.id), eq(pageRevisions.revision, revision)));
  const { title, body, editorId, isMinor } = saved!;
  const values = {
    title, slug: pageSlug(title), ...renderedBody(body), publishedRevision: revision, lastEditorId: editorId, editedAt: sql`now()`, reviewAskedAt: null, reviewAskedById: null, reviewNote: "",
  };
  await refuseTaken("title", "wikis.titleTaken", tx.update(pages).set(values).where(eq(pages.id, page.id)));
  await writePageLinks(tx, page.id, body);
  await writePageFiles(tx, page.id, body, { fromId });
  // Pages that wished for it, or call it by its title, shall know.
  if (page.publishedRevision === 0 || page.title !== title) await enqueue(tx, freshenLinks, { pageId: page.id, actorId: actor.id, after: 0 }, { key: page.id });
  await record(tx, { type: "page.published", pageId: page.id, wikiId: page.wikiId, categoryId: page.categoryId, actorId: actor.id, revision, isMinor });
}

/** The readable part of a page's address. A title without a Latin letter leaves none. */
export function pageSlug(title: string): string {
  return slugOf(title, "page");
}
