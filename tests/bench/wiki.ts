import { performance, monitorEventLoopDelay } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { diffDocuments } from "#app/core/document-diff.ts";
import { markdownToDocument } from "#app/core/rich-text.ts";
import { readMember } from "#app/core/session.ts";
import { listRevisions } from "#app/wikis/revisions.ts";
import { movePage } from "#app/wikis/move-page.ts";
import { accessPage, readWords } from "#app/wikis/pages.ts";
import { outlined } from "#app/wikis/outline.ts";
import { renderedBody } from "#app/core/render-rich-text.ts";
import { db } from "#db/client.ts";
import { pages } from "#db/schema/wikis.ts";

// Wikis at their largest: a page of 20,000 words with 500 revisions, a branch of 200 pages moved, two long revisions
// compared. DATABASE_URL names a community with a wiki; everything is done in it and left there. BASE_URL, if given, is
// asked for the page and its history too.

const words = (seed: number, count = 20_000) => {
  const lines: string[] = [];
  for (let at = 0; at < count / 25; at++) lines.push(`${at % 20 === 0 ? `## Part ${at / 20}\n\n` : ""}${Array.from({ length: 25 }, (_, word) => `word${(at * 31 + word * seed) % 4999}`).join(" ")}.`);
  return lines.join("\n\n");
};
const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1]!.toFixed(1);
async function timed(what: string, run: () => Promise<unknown>, times = 21): Promise<void> {
  const took: number[] = [];
  for (let at = 0; at < times; at++) {
    const from = performance.now();
    await run();
    took.push(performance.now() - from);
  }
  console.log(`${what}: p50 ${median(took)} ms, slowest ${took.at(-1)!.toFixed(1)} ms`);
}

const [place] = await db.execute<{ wiki: string; category: string; member: string; slug: string }>(sql`
  select wikis.id as wiki, category_id as category, slug, (select member_id from member_roles where role = 'owner' limit 1) as member from wikis limit 1`);
const [wikiId, categoryId, memberId] = [Number(place!.wiki), Number(place!.category), Number(place!.member)];
const member = (await readMember(memberId))!;
const stamp = Date.now();
const add = async (title: string, parentId: number | null) =>
  (await db.insert(pages).values({ wikiId, categoryId, parentId, title: `${title} ${stamp}`, slug: "bench", createdById: memberId, lastEditorId: memberId, publishedRevision: 1, ...renderedBody(markdownToDocument("Short.")) }).returning())[0]!.id;

const [body, other] = [markdownToDocument(words(7)), markdownToDocument(words(11))];
const long = await add("Long", null);
await db.update(pages).set({ ...renderedBody(body), revision: 500, publishedRevision: 500 }).where(sql`id = ${long}`);
await db.execute(sql`insert into page_revisions (page_id, revision, title, body, body_text, editor_id, reason)
  select ${long}, number, 'Long', ${JSON.stringify(body)}::jsonb, 'x', ${memberId}, 'because' from generate_series(1, 500) number`);

await timed("a page of 20,000 words with 500 revisions, read", async () => outlined((await readWords(db, (await accessPage(db, member, long)).id)).bodyHtml));
await timed("the first 50 of its history", async () => listRevisions(db, member, await accessPage(db, member, long)));
const base = process.env.BASE_URL;
for (const under of base ? ["", "/history", "/history?to=500"] : []) await timed(`GET ${under || "the page"}`, async () => (await fetch(`${base}/w/${place!.slug}/bench-${long}${under}`)).arrayBuffer());

const top = await add("Branch", null);
const parents = [top];
for (let at = 0; at < 199; at++) parents.push(await add(`Leaf ${at}`, parents[at >> 3]!));
const open = await add("Open", null);
await timed("200 pages moved", () => movePage(member, top, { parentId: open, beforeId: null }), 1);
const [{ id: part } = { id: 0 }] = await db.execute<{ id: number }>(sql`insert into categories (division_id, holds, parent_id, slug, name, inherits_rights) select division_id, 'wiki', id, ${`bench-${stamp}`}, 'Bench', true from categories where id = ${categoryId} returning id`);
await db.execute(sql`insert into category_access select ${part}, group_id, level from category_access where category_id = ${categoryId}`);
const closed = await add("Closed", null);
await db.execute(sql`update pages set category_id = ${part} where id = ${closed}`);
await timed("200 pages moved into a part with rights of its own", () => movePage(member, top, { parentId: closed, beforeId: null }), 1);

for (const [what, after] of [["two long revisions that share little", other], ["two long revisions, one word apart in each tenth paragraph", markdownToDocument(words(7).replace(/word\d+(?=\.\n\n(?:[^\n]+\n\n){9})/g, "changed"))]] as const) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await timed(`compared: ${what}`, () => diffDocuments(body, after), 1);
  delay.disable();
  console.log(`  others waited at most ${(delay.max / 1e6).toFixed(0)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms`);
}
process.exit(0);
