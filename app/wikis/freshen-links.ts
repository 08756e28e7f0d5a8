import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import { defineJob, enqueue } from "#app/core/jobs.ts";
import { RENDER_VERSION, renderedBody } from "#app/core/render-rich-text.ts";
import { record } from "#app/core/events.ts";
import { db } from "#db/client.ts";
import { pageLinks, pages } from "#db/schema/wikis.ts";
import { withLinks, writePageLinks } from "./page-links.ts";

const BATCH = 50;

/**
 * Makes pages that lead to a page say what it is called now, where their writer had left that to us, and turns wishes
 * for a page of its title into links to it. Only pages of its own category: in others its title may be a secret.
 * Running it twice changes nothing.
 */
export const freshenLinks = defineJob({
  name: "wikis.freshen-links",
  input: z.object({ pageId: z.number(), actorId: z.number(), after: z.number().default(0) }),
  maxAttempts: 5,
  async run({ pageId, actorId, after }) {
    const [target] = await db.select({ id: pages.id, wikiId: pages.wikiId, categoryId: pages.categoryId, title: pages.title }).from(pages).where(and(eq(pages.id, pageId), gt(pages.publishedRevision, 0), isNull(pages.removedAt)));
    if (!target) return;
    const isWished = sql`lower(${pageLinks.wantedTitle}) = lower(${target.title})`;
    const naming = await db
      .selectDistinct({ id: pages.id })
      .from(pages)
      .innerJoin(pageLinks, eq(pageLinks.pageId, pages.id))
      .where(and(gt(pages.id, after), eq(pages.wikiId, target.wikiId), eq(pages.categoryId, target.categoryId), or(eq(pageLinks.targetId, pageId), isWished)))
      .orderBy(asc(pages.id))
      .limit(BATCH);
    for (const { id } of naming) await freshenOne(id, target, actorId);
    if (naming.length === BATCH) await enqueue(db, freshenLinks, { pageId, actorId, after: naming.at(-1)!.id }, { key: `${pageId}:${naming.at(-1)!.id}` });
  },
});

async function freshenOne(id: number, target: { id: number; wikiId: number; categoryId: number; title: string }, actorId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [page] = await tx.select({ body: pages.body, bodyHtml: pages.bodyHtml }).from(pages).where(and(eq(pages.id, id), eq(pages.categoryId, target.categoryId))).for("update");
    if (!page) return;
    const body = withLinks(page.body, (link) => {
      const isMeant = link.pageId === target.id || (link.pageId === null && link.title.toLowerCase() === target.title.toLowerCase());
      return isMeant ? { ...link, pageId: target.id, wikiId: target.wikiId, title: target.title } : link;
    });
    const rendered = renderedBody(body);
    await writePageLinks(tx, id, body);
    if (rendered.bodyHtml === page.bodyHtml) return;
    await tx.update(pages).set(rendered).where(eq(pages.id, id));
    await record(tx, { type: "page.changed", pageId: id, wikiId: target.wikiId, categoryId: target.categoryId, actorId });
  });
}

/** Renders pages that an older renderer made, a batch at a time. Running it twice changes nothing. */
export const renderPages = defineJob({
  name: "wikis.render-pages",
  input: z.object({ version: z.number() }),
  maxAttempts: 5,
  async run() {
    await db.transaction(async (tx) => {
      const old = await tx.select({ id: pages.id, body: pages.body }).from(pages).where(sql`${pages.renderVersion} < ${RENDER_VERSION}`).orderBy(asc(pages.renderVersion)).limit(BATCH).for("update");
      for (const { id, body } of old) await tx.update(pages).set(renderedBody(body)).where(eq(pages.id, id));
      if (old.length === BATCH) await renderOldPages(tx);
    });
  },
});

/** Asks for it. The worker does, whenever it starts. */
export function renderOldPages(on: Parameters<typeof enqueue>[0]): Promise<void> {
  return enqueue(on, renderPages, { version: RENDER_VERSION }, { key: "old" });
}
